import type { Model } from '../../backends/model.ts';
import { requireInteger } from '../../protocol/errors.ts';
import type { QualityRequest, QualityResult } from '../../protocol/protocol.ts';
import type { GaussianExperiment } from './experiment.ts';
import { drawSamples, measuringSampler } from './quality.ts';
import { requireSampler } from './requests.ts';
import {
  DRAW_SIZE,
  type DrawnQuality,
  lookAtDraw,
  measureStandard,
  qualityOfDraws,
  truePoints,
} from './yardstick.ts';

const USUAL_DRAWS = 4;
const MOST_DRAWS = 100;
/** Draws of one seed are numbered from a multiple of this. */
const DRAWS_PER_SEED = 128;

/** Measures how good the samples of a model are, pausing after every step; `report` gets the result. */
export async function* measureOnRequest(
  request: QualityRequest,
  model: Model,
  experiment: GaussianExperiment,
  report: (result: QualityResult) => void,
): AsyncGenerator<void, void, void> {
  const { n = DRAW_SIZE, draws = USUAL_DRAWS, seed = 0, ...settings } = request;
  const usual = measuringSampler(experiment);
  const { sampler = usual.sampler, nSteps = usual.nSteps, timeGrid = usual.timeGrid } = settings;
  const by = { ...settings, sampler, nSteps, timeGrid };
  requireInteger('n', n, 100, 10_000);
  requireInteger('draws', draws, 1, MOST_DRAWS);
  requireInteger('seed', seed, 0, 2 ** 32 - 1);
  requireSampler(by, experiment.nChain);
  const steps = measureStandard(experiment, n);
  let next = steps.next();
  for (; !next.done; next = steps.next()) yield;
  const standard = next.value;
  const first = DRAWS_PER_SEED * (1 + seed);
  const found: DrawnQuality[] = [];
  for (let draw = first; draw < first + draws; draw++) {
    const samples = yield* drawSamples(model, experiment, draw, n, by);
    found.push(lookAtDraw(samples, truePoints(experiment, draw, n), standard));
    yield;
  }
  const { step, source } = model;
  report({ step, source: by.denoiser === 'exact' ? 'exact' : source, ...qualityOfDraws(found, standard) });
}
