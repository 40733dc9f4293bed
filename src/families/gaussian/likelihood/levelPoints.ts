import { secondOrder } from '../../../core/exact/secondOrder.ts';
import type { PosteriorMoments } from '../../../core/likelihood/expectedBound.ts';
import { toScaled } from '../../../core/standardize.ts';
import type { Rng, Vector } from '../../../core/types.ts';
import type { GaussianExperiment } from '../experiment.ts';

/** Points x_t that no network was trained on, and what is exactly known of the x_0 behind them. Scaled units. */
export interface LevelPoints {
  readonly t: number;
  /** [n][2] */
  readonly x: Vector;
  readonly posterior: PosteriorMoments;
}

/** Fresh data, each point noised to time t. */
export function drawLevelPoints(experiment: GaussianExperiment, t: number, n: number, rng: Rng): LevelPoints {
  const { density, process } = experiment;
  const kernel = process.kernel(t);
  const noise = rng.fork('noise');
  const x = heldOut(experiment, n, rng).map((value) => kernel.alpha * value + kernel.sigma * noise.normal());
  const at = secondOrder(density, kernel);
  const mean = new Float64Array(2 * n);
  const variance = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    const { x0, covariance } = at(x[2 * i]!, x[2 * i + 1]!);
    mean.set(x0, 2 * i);
    variance.set([covariance[0], covariance[2]], 2 * i);
  }
  return { t, x, posterior: { mean, variance } };
}

/** A fresh draw of the data, [n][2], scaled units. */
export function heldOut(
  { dataset, noise, standardization }: GaussianExperiment,
  n: number,
  rng: Rng,
): Vector {
  return toScaled(standardization, dataset.sample(n, rng.fork('held out'), noise));
}
