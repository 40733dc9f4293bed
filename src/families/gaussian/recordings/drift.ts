import type { Model } from '../../../backends/model.ts';
import { jumpOf } from '../../../core/exact/jump.ts';
import { exactDenoiser } from '../../../core/exact.ts';
import type { Vector } from '../../../core/types.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { ANY_CLASS, askable, densityFor, guidedArray } from '../guidance.ts';
import { networkPredictor } from '../likelihood/predictor.ts';
import type { ScoreQuestion } from './score.ts';
import { fromDrawn, shrinkAt } from './view.ts';

/**
 * μ(x, t) − x, how far one step of the chain moves the mean (the third row of Sohl-Dickstein et al. 2015, Fig. 1), of points as they are
 * drawn; data units of the picture. t > 0.
 */
export async function drawnDrift(
  question: ScoreQuestion,
  t: number,
  drawn: Vector,
  model: Model,
  experiment: GaussianExperiment,
): Promise<Float32Array> {
  const { process, standardization, nChain } = experiment;
  const shrink = shrinkAt(process, t);
  const x = fromDrawn(standardization, drawn, shrink);
  const { ofX0, ofX } = jumpOf(process.kernel(t), process.kernel(Math.max(0, t - 1 / nChain)), 1);
  const asked = askable({ ...ANY_CLASS, ...question }, experiment);
  const x0HatFor = async (ofClass: number): Promise<Vector> =>
    question.source === 'exact'
      ? exactDenoiser(densityFor(experiment, ofClass), process)(x, t)
      : (await networkPredictor(model, experiment, ofClass)(x, t)).x0Hat;
  const x0Hat = await guidedArray(asked, x0HatFor);
  const unit = shrink * standardization.scale;
  return Float32Array.from(x, (value, i) => unit * (ofX0 * x0Hat[i]! + (ofX - 1) * value));
}
