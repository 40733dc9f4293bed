import { bracketAt } from '../../canvas/frames.ts';
import { scratchBuffer } from '../../canvas/scratch.ts';
import type { StageScene } from '../../canvas/types.ts';
import { klOfMoments } from '../../core/exact/gaussianFit.ts';
import { type Factors, factorsOf, type Round } from '../../core/exact/jump.ts';
import type { Answers, OneStep } from '../../protocol/oneStep.ts';
import type { OneStepStage } from './view.ts';

type Pair = readonly [number, number];

/** What is known of the step that leaves a time; positions in data units as drawn, x_0 where the data are. */
export interface StepAt {
  readonly s: number;
  readonly mean: Pair;
  readonly covariance: readonly [number, number, number];
  /** Borrowed buffer: [resolution][resolution]. */
  readonly density: Float32Array;
  /** Borrowed buffer: [nDraws][2]. */
  readonly draws: Float32Array;
  readonly x0: Pair;
  readonly origin: Pair;
  readonly factors: Factors;
  /** Null before the network has answered. */
  readonly model: { readonly step: Round; readonly x0: Pair } | null;
  /** KL(true ‖ its best Gaussian) and KL(true ‖ the model's step), bits; null before the network has answered. */
  readonly kl: { readonly gaussian: number; readonly model: number | null };
}

export function recordingsOf({ recordings }: Pick<StageScene, 'recordings'>): {
  readonly exact: OneStep | null;
  readonly learned: Answers | null;
} {
  return {
    exact: (recordings.find((recording) => recording?.kind === 'one-step') as OneStep | undefined) ?? null,
    learned: (recordings.find((recording) => recording?.kind === 'answers') as Answers | undefined) ?? null,
  };
}

/** Rows of numbers by time, between the two around t. */
function between(times: Float32Array, rows: Float32Array, t: number, name: string): Float32Array {
  const size = rows.length / times.length;
  const { before, after, weight } = bracketAt(times, t);
  const out = scratchBuffer(`one step ${name}`, size).subarray(0, size);
  for (let k = 0; k < size; k++) {
    const start = rows[before * size + k]!;
    out[k] = start + weight * (rows[after * size + k]! - start);
  }
  return out;
}

const pair = (values: ArrayLike<number>, at = 0): Pair => [values[2 * at]!, values[2 * at + 1]!];

/** The step that a stage shows at a time; null while it is not known. */
export function stepAt(
  scene: Pick<StageScene<OneStepStage>, 'recordings' | 'config'>,
  t: number,
): StepAt | null {
  const { exact, learned } = recordingsOf(scene);
  if (exact === null) return null;
  const { config } = scene;
  const at = (rows: Float32Array, name: string) => between(exact.times, rows, t, name);
  const [alphaS, sigmaS, ofX0, ofX, deviation, rootBeta] = at(
    exact.coefficients,
    'coefficients',
  ) as unknown as readonly [number, number, number, number, number, number];
  const { centre } = exact;
  const fromCentre = (place: Pair): Pair => [place[0] - centre[0], place[1] - centre[1]];
  const inPlane = ({ mean, variance }: Round): Round => ({
    mean: [mean[0] + centre[0], mean[1] + centre[1]],
    variance,
  });
  const from = { alpha: 0, sigma: 1 };
  const jump = {
    from,
    to: { alpha: alphaS, sigma: sigmaS },
    ofX0,
    ofX,
    variance: deviation ** 2,
    beta: rootBeta ** 2,
  };
  const xt = fromCentre([config.x, config.y]);
  const draws = at(exact.draws, 'draws');
  const origin = pair(draws, config.origin - 1);
  const { prior, likelihood, product } = factorsOf(jump, fromCentre(origin), xt);
  const mean = pair(at(exact.mean, 'mean'));
  const covariance = Array.from(at(exact.covariance, 'covariance')) as [number, number, number];
  const x0Model = learned && pair(between(learned.times, learned.x0Hat, t, 'answer'));
  const variance = config.variance === 'beta' ? jump.beta : jump.variance;
  const step = x0Model && inPlane({ ...factorsOf(jump, fromCentre(x0Model), xt).product, variance });
  const gaussian = between(exact.times, exact.kl, t, 'kl')[0]!;
  return {
    s: at(exact.earlier, 'earlier')[0]!,
    mean,
    covariance,
    density: at(exact.density, 'density'),
    draws,
    x0: pair(at(exact.x0, 'x0')),
    origin,
    factors: {
      prior: inPlane(prior),
      likelihood: likelihood && inPlane(likelihood),
      product: inPlane(product),
    },
    model: step && x0Model && { step, x0: x0Model },
    kl: {
      gaussian: gaussian / Math.LN2,
      model: step && (gaussian + klOfMoments({ mean, covariance }, step)) / Math.LN2,
    },
  };
}
