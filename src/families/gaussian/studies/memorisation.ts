import { memorisedFraction, nearestNeighbourRatio } from '../../../core/metrics/index.ts';
import { mean, standardDeviation } from '../../../core/metrics/measured.ts';
import { toData } from '../../../core/standardize.ts';
import type { Vector } from '../../../core/types.ts';
import { CUSTOM_DATASET, FIELDS } from '../../../experiment/fields.ts';
import { badRequest, requireInteger } from '../../../protocol/errors.ts';
import type { MemorisationRow } from '../../../protocol/studies.ts';
import type { Learned, Study } from '../../family.ts';
import { freshData, type GaussianExperiment } from '../experiment.ts';
import { drawSamples } from '../quality.ts';
import { lookAtDraw, qualityOfDraws, truePoints } from '../yardstick.ts';
import { standardInSteps } from './judge.ts';

const DRAWS = 4;
/** Draws of one seed are numbered from a multiple of this, far from those that measure the page's own model. */
const DRAWS_PER_SEED = 128;
/** Of the work of one size, what training is of it. */
const TRAINING = 0.8;

/**
 * Trains on ever more points and says how near samples lie to those: a network that has seen few points makes copies of them,
 * one that has seen many makes points as new as fresh draws.
 */
export const memorisation: Study<'memorisation', GaussianExperiment> = async function* (request, of, report) {
  const { sizes, trainSteps, n, seed } = request;
  const { min, max } = FIELDS.nPoints.codec;
  for (const size of sizes) requireInteger('sizes', size, min, max);
  requireInteger('trainSteps', trainSteps, 1, 100_000);
  requireInteger('n', n, 100, 10_000);
  requireInteger('seed', seed, 0, 2 ** 32 - 1);
  if (of.config.dataset === CUSTOM_DATASET) {
    throw badRequest(
      'Points of your own are all used, whatever their number.',
      'Choose a data set of the list.',
    );
  }
  let rows: readonly MemorisationRow[] = [];
  for (const [k, nPoints] of sizes.entries()) {
    const told = (step: number) => report({ rows }, (k + (TRAINING * step) / trainSteps) / sizes.length);
    const learned = yield* of.learn({ ...of.config, nPoints }, trainSteps, told);
    if (typeof learned !== 'string') {
      try {
        rows = [...rows, yield* rowOf(learned, nPoints, n, seed)];
      } finally {
        learned.release();
      }
    }
    report({ rows }, (k + 1) / sizes.length);
  }
  return { rows };
};

async function* rowOf(
  { experiment, model, weights, seconds, curve }: Learned<GaussianExperiment>,
  nPoints: number,
  n: number,
  seed: number,
): AsyncGenerator<void, MemorisationRow, void> {
  const standard = yield* standardInSteps(experiment, n);
  const training = toData(experiment.standardization, experiment.points);
  const draws: Vector[] = [];
  for (let k = 0; k < DRAWS; k++) {
    draws.push(yield* drawSamples(model, experiment, DRAWS_PER_SEED * (1 + seed) + k, n));
  }
  const fresh = (k: number) => freshData(experiment, n, DRAWS_PER_SEED * (1 + seed) + k);
  const ratios = draws.map((samples, k) => nearestNeighbourRatio(samples, training, fresh(k)));
  const { slicedW2, strays } = qualityOfDraws(
    draws.map((samples, k) => lookAtDraw(samples, truePoints(experiment, k, n), standard)),
    standard,
  );
  return {
    ...{ nPoints, step: model.step, weights, seconds, curve },
    ratio: mean(ratios),
    ratioError: standardDeviation(ratios) / Math.sqrt(DRAWS),
    copies: mean(draws.map((samples) => memorisedFraction(samples, training))),
    copiesOfFresh: mean(draws.map((_, k) => memorisedFraction(fresh(k), training))),
    w2: slicedW2.value,
    perfect: slicedW2.perfect,
    strays: strays.value,
  };
}
