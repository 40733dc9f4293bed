import type { Family } from '../family.ts';
import { createExperiment, freshData, type GaussianExperiment } from './experiment.ts';
import { createMeasurements } from './measurements.ts';
import { measureOnRequest } from './qualityRequest.ts';
import { tracePath } from './recordings/path.ts';
import { scoreOnRequest } from './recordings/score.ts';
import { drawSamples } from './requests.ts';
import { studies } from './studies/index.ts';

/** Points of the plane under Gaussian noise: x_t = α x_0 + σ ε. */
export const gaussian: Family<GaussianExperiment> = {
  id: 'gaussian',
  build: createExperiment,
  sample: (request, { model, experiment }, report) => drawSamples(request, model, experiment, report),
  quality: (request, { model, experiment }, report) => measureOnRequest(request, model, experiment, report),
  path: (request, { model, experiment, config }, report) =>
    tracePath(request, model, experiment, config.seed, report),
  score: (request, { model, experiment }, report) => scoreOnRequest(request, model, experiment, report),
  studies,
  async *exact(request, { experiment }, report) {
    const { drawExact } = await import('./conditions/target.ts');
    yield;
    report(Float32Array.from(drawExact(request, experiment)));
  },
  data: freshData,
  measurements: createMeasurements,
};
