import { exactDenoiser, exactLogDensity } from '../../../core/exact.ts';
import {
  betas2015,
  bound2015 as boundOf,
  denoiserReverse,
  gaussianLogLikelihood,
  posterior2015,
} from '../../../core/likelihood/bound2015.ts';
import { chainKernel } from '../../../core/posterior.ts';
import { createRng } from '../../../core/rng.ts';
import type { Kernel, Rng, Vector } from '../../../core/types.ts';
import { requireInteger } from '../../../protocol/errors.ts';
import type { Bound2015Result, Bound2015Row } from '../../../protocol/studies.ts';
import type { Study } from '../../family.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { heldOut } from '../likelihood/levelPoints.ts';
import { networkPredictor } from '../likelihood/predictor.ts';

/** Independent parts, whose scatter is the error. */
const PARTS = 4;
const TRUTH_POINTS = 4000;

/** x̂₀ of points x_t of a kernel. */
type Answer = (x: Vector, kernel: Kernel) => Promise<Vector> | Vector;

/**
 * The bound of Sohl-Dickstein et al. 2015 with their schedule of T steps, of the network and of the exact answer, bits per point of the
 * standardised data. The network is asked at the time of its own process where the noise is as strong beside the signal.
 */
export const bound2015: Study<'bound2015', GaussianExperiment> = async function* (
  { nSteps, n, seed },
  { model, experiment },
  report,
) {
  requireInteger('n', n, PARTS, 10_000);
  for (const steps of nSteps) requireInteger('nSteps', steps, 2, 1000);
  const rng = createRng(seed).fork('bound of 2015');
  const { density } = experiment;
  const many = heldOut(experiment, TRUTH_POINTS, rng.fork('truth'));
  const logs = exactLogDensity(density, { alpha: 1, sigma: 0 }, many);
  const truth = logs.reduce((sum, log) => sum + log, 0) / logs.length / Math.LN2;
  const sets = Array.from({ length: PARTS }, (_, k) =>
    heldOut(experiment, Math.ceil(n / PARTS), rng.fork(k)),
  );
  const answers = { model: networkAnswer(model, experiment), exact: exactAnswer(experiment) };
  const rows: Bound2015Row[] = [];
  const soFar = (): Bound2015Result => ({ rows, truth, lNull: gaussianLogLikelihood(many) });
  const total = nSteps.reduce((sum, steps) => sum + steps, 0);
  let done = 0;
  for (const steps of nSteps) {
    const k: Record<'model' | 'exact', number[]> = { model: [], exact: [] };
    for (const [part, x0] of sets.entries()) {
      for (const whose of ['model', 'exact'] as const) {
        k[whose].push(yield* boundFrom(x0, betas2015(steps), answers[whose], rng.fork(`noise ${part}`)));
      }
    }
    rows.push({ nSteps: steps, model: estimate(k.model), exact: estimate(k.exact) });
    done += steps;
    report(soFar(), done / total);
    yield;
  }
  return soFar();
};

async function* boundFrom(
  x0: Vector,
  betas: Float64Array,
  answer: Answer,
  rng: Rng,
): AsyncGenerator<void, number, void> {
  const nSteps = betas.length;
  const noiseAt = (t: number) => {
    const stream = rng.fork(t);
    return x0.map(() => stream.normal());
  };
  let product = 1;
  const alphaBars = betas.map((beta) => (product *= 1 - beta));
  const answered = new Map<number, Vector>();
  for (let t = 2; t <= nSteps; t++) {
    const { xNoisy } = posterior2015(betas, x0, noiseAt(t), t);
    answered.set(t, await answer(xNoisy, chainKernel(alphaBars, t)));
    yield;
  }
  const reverse = denoiserReverse(betas, (_, time) => answered.get(Math.round(time * nSteps))!);
  return boundOf(betas, x0, reverse, noiseAt).k;
}

const exactAnswer =
  ({ density }: GaussianExperiment): Answer =>
  (x, kernel) =>
    exactDenoiser(density, { kernel: () => kernel, drift: () => 0, diffusion2: () => 0 })(x, 0);

function networkAnswer(
  model: Parameters<typeof networkPredictor>[0],
  experiment: GaussianExperiment,
): Answer {
  const { process } = experiment;
  const predict = networkPredictor(model, experiment);
  return async (x, { alpha, sigma }) => {
    const t = Math.min(1, process.timeOf(sigma / alpha));
    const own = process.kernel(t).alpha / alpha;
    return (
      await predict(
        x.map((value) => own * value),
        t,
      )
    ).x0Hat;
  };
}

function estimate(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(square / (values.length * (values.length - 1))) };
}
