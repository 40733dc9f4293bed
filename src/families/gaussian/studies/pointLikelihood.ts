import { exactLogDensity } from '../../../core/exact.ts';
import { toScaled } from '../../../core/standardize.ts';
import { badRequest } from '../../../protocol/errors.ts';
import type { PointLikelihood } from '../../../protocol/studies.ts';
import type { Study } from '../../family.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { type Answerer, exactAnswerer, flowLogDensity, predictedAnswerer } from '../likelihood/flow.ts';
import { networkPredictor } from '../likelihood/predictor.ts';

/** Points that are followed at once. */
const AT_ONCE = 200;

/** @throws EngineError 'bad-request' that names the first point whose flow has no end */
function requireNumbers(logDensity: Float64Array, points: ArrayLike<number>, from: number): void {
  const wrong = logDensity.findIndex(Number.isNaN);
  if (wrong < 0) return;
  const k = from + wrong;
  throw badRequest(
    `The flow from point ${k}, (${points[2 * k]}, ${points[2 * k + 1]}), has no end that is a number.`,
    'Ask nearer to the data; a network that has blown up must be trained again.',
  );
}

/** ln p of each point by the model's probability flow and by that of the exact answer, a few points at a time, in bits and data units. */
export const pointLikelihood: Study<'pointLikelihood', GaussianExperiment> = async function* (
  { points },
  { model, experiment },
  report,
) {
  const { standardization, density } = experiment;
  const x = toScaled(standardization, Float64Array.from(points));
  const n = x.length / 2;
  const toBits = (log: number) => (log - 2 * Math.log(standardization.scale)) / Math.LN2;
  const truth = exactLogDensity(density, { alpha: 1, sigma: 0 }, x);
  const found = { model: new Float32Array(n), exact: new Float32Array(n) };
  let stepError = 0;
  const soFar = (known: number): PointLikelihood => ({
    model: found.model.slice(0, known),
    exact: found.exact.slice(0, known),
    density: Float32Array.from(truth.subarray(0, known), toBits),
    stepError,
  });
  const answers: readonly (readonly ['model' | 'exact', Answerer])[] = [
    ['model', predictedAnswerer(networkPredictor(model, experiment), experiment)],
    ['exact', exactAnswerer(experiment)],
  ];
  for (let from = 0; from < n; from += AT_ONCE) {
    const part = x.subarray(2 * from, 2 * Math.min(n, from + AT_ONCE));
    for (const [whose, answer] of answers) {
      const flow = yield* flowLogDensity(experiment, part, answer);
      requireNumbers(flow.logDensity, points, from);
      found[whose].set(flow.logDensity.map(toBits), from);
      stepError = Math.max(stepError, flow.stepError);
    }
    const known = Math.min(n, from + AT_ONCE);
    report(soFar(known), known / n);
    yield;
  }
  return soFar(n);
};
