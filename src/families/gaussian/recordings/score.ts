import type { Model } from '../../../backends/model.ts';
import { exactScore } from '../../../core/exact.ts';
import { toScaled } from '../../../core/standardize.ts';
import type { Vector } from '../../../core/types.ts';
import { badRequest, requireInteger } from '../../../protocol/errors.ts';
import type { ScoreRequest } from '../../../protocol/protocol.ts';
import type { AskedClass } from '../../../views/types.ts';
import { levelAt, scalingsAt } from '../deviceDenoiser.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { ANY_CLASS, askable, densityFor, guidedArray } from '../guidance.ts';
import { fromDrawn, shrinkAt } from './view.ts';

/** Whose score, and of which class. */
export type ScoreQuestion = { readonly source: 'learned' | 'exact' } & Partial<AskedClass>;

/** The same for a request, in one step. */
export async function* scoreOnRequest(
  { t, points, ...question }: ScoreRequest,
  model: Model,
  experiment: GaussianExperiment,
  report: (score: Float32Array) => void,
): AsyncGenerator<void, void, void> {
  if (!(t > 0 && t <= 1)) throw badRequest(`t is ${t}.`, 'Give a time above 0 (data) and up to 1 (noise).');
  requireInteger('ofClass', question.ofClass ?? 0, 0, experiment.classes.length);
  report(await scoreAt(question, t, Float64Array.from(points), model, experiment));
  yield;
}

/**
 * The score at points in data units, per data unit: ∇ log p_t(x). t > 0.
 * @throws EngineError 'bad-request' where it is not finite
 */
export async function scoreAt(
  question: ScoreQuestion,
  t: number,
  points: Vector,
  model: Model,
  experiment: GaussianExperiment,
): Promise<Float32Array> {
  const units = experiment.standardization;
  const scaled = await scaledScore(question, t, toScaled(units, points), model, experiment);
  const score = Float32Array.from(scaled, (value) => value / units.scale);
  if (score.every(Number.isFinite)) return score;
  throw badRequest(
    `The ${question.source} score at t = ${t} is not a finite number at each of these points.`,
    'Ask at a larger t or nearer to the data; a network that has blown up must be trained again.',
  );
}

/**
 * The same in scaled units. With guidance it is the same combination as that of what the network answers, in which the
 * score is affine (Ho & Salimans 2022, Eq. 6).
 * @param x [n][2] scaled units
 */
async function scaledScore(
  question: ScoreQuestion,
  t: number,
  x: Vector,
  model: Model,
  experiment: GaussianExperiment,
): Promise<ArrayLike<number>> {
  const asked = askable({ ...ANY_CLASS, ...question }, experiment);
  const scoreFor = (ofClass: number): ArrayLike<number> | Promise<ArrayLike<number>> =>
    question.source === 'exact'
      ? exactScore(densityFor(experiment, ofClass), experiment.process.kernel(t), x)
      : learned(x, t, model, experiment, ofClass);
  return guidedArray(asked, scoreFor);
}

/** The score of the points as they are drawn, y = s·x, at places y: ∇_y ln p = ∇_x ln p/s, per data unit. */
export async function drawnScore(
  question: ScoreQuestion,
  t: number,
  drawn: Vector,
  model: Model,
  experiment: GaussianExperiment,
): Promise<Float32Array> {
  const units = experiment.standardization;
  const shrink = shrinkAt(experiment.process, t);
  const score = await scaledScore(question, t, fromDrawn(units, drawn, shrink), model, experiment);
  return Float32Array.from(score, (value) => value / (shrink * units.scale));
}

/** s_θ = (α x̂₀ − x)/σ² with x̂₀ = skip·x + out·F; for ε that is −ε_θ/σ. */
async function learned(
  x: Vector,
  t: number,
  { backend, network }: Model,
  experiment: GaussianExperiment,
  ofClass: number,
): Promise<Float32Array> {
  const { alpha, sigma } = experiment.process.kernel(t);
  const { skip, out } = scalingsAt(experiment, t);
  const input = backend.upload(Float32Array.from(x));
  const { output, variance } = network.evaluate(
    input,
    levelAt({ alpha, sigma }, experiment.task.shape, ofClass),
  );
  try {
    const values = await backend.read(output);
    return values.map((value, i) => ((alpha * skip - 1) * x[i]! + alpha * out * value) / sigma ** 2);
  } finally {
    for (const made of [input, output, variance]) if (made !== null) backend.release(made);
  }
}
