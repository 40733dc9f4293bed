import { mean, standardDeviation } from '../../../core/metrics/measured.ts';
import type { Vector } from '../../../core/types.ts';
import type { TruthBand } from '../../../protocol/studies.ts';
import type { Asked } from '../../family.ts';
import type { GaussianExperiment, Target } from '../experiment.ts';
import { sharedStreams, startingPoints } from '../recordings/start.ts';
import { lookAtDraw, measureStandard, type Quality, qualityOfDraws, type Standard } from '../yardstick.ts';
import type { Begun } from './runs.ts';

/** The standard that samples of a size are held against, pausing often. */
export async function* standardInSteps(target: Target, n: number): AsyncGenerator<void, Standard, void> {
  const steps = measureStandard(target, n);
  let next = steps.next();
  for (; !next.done; next = steps.next()) yield;
  return next.value;
}

/** How good one draw of samples is. @param samples, truth [n][2] each, data units */
export function judge(samples: Vector, truth: Vector, standard: Standard): Quality {
  return qualityOfDraws([lookAtDraw(samples, truth, standard)], standard);
}

export function truthOf({ distances, strayTest }: Standard): TruthBand {
  return {
    w2: mean(distances),
    w2Deviation: standardDeviation(distances),
    strays: strayTest.perfect,
  };
}

/** x_T and the stream of noise of a study, those of a stage of the same seed. */
export function beginRuns(
  { model, experiment }: Pick<Asked<GaussianExperiment>, 'model' | 'experiment'>,
  n: number,
  seed: number,
): Begun {
  const streams = sharedStreams(seed);
  const start = startingPoints(n, false, streams.start, experiment.process);
  return { model, experiment, noise: streams.noise, start };
}
