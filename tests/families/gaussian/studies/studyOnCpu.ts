import { onTestFinished } from 'vitest';
import type { ExperimentConfig } from '../../../../src/experiment/types.ts';
import type { Study, StudyAsked } from '../../../../src/families/family.ts';
import { createExperiment, type GaussianExperiment } from '../../../../src/families/gaussian/experiment.ts';
import type { StudyKind, StudyRequest, StudyResult } from '../../../../src/protocol/studies.ts';
import { learnBeside } from '../../../../src/runtime/learnBeside.ts';
import { openSimd } from '../../../backends/simdInNode.ts';
import { openModelsOnCpu } from '../../../runtime/modelsOnCpu.ts';

/** What a study is asked of: an untrained network of `config`, on tfjs by default, until the test has finished. */
export async function askedOf(
  config: ExperimentConfig,
  open = openSimd,
): Promise<StudyAsked<GaussianExperiment>> {
  const { models } = await openModelsOnCpu(config, null, 0, open);
  const { model, release } = models.acquire('own');
  onTestFinished(release);
  const learn: StudyAsked<GaussianExperiment>['learn'] = (other, steps, told) =>
    learnBeside(models.device, other, steps, told) as ReturnType<StudyAsked<GaussianExperiment>['learn']>;
  return { model, experiment: createExperiment(config), config, learn };
}

/** Runs a study to its end; `heard` is what it told on the way, `done` also the shares of which it had nothing to tell. */
export async function studied<K extends StudyKind>(
  study: Study<K, GaussianExperiment>,
  request: StudyRequest<K>,
  of: StudyAsked<GaussianExperiment>,
) {
  const heard: { soFar: StudyResult<K>; done: number }[] = [];
  const done: number[] = [];
  const steps = study(request, of, (soFar, share) => {
    done.push(share);
    if (soFar) heard.push({ soFar, done: share });
  });
  let next = await steps.next();
  while (!next.done) next = await steps.next();
  return { result: next.value, heard, done };
}
