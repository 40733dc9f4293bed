import { samplers } from '../../core/samplers/index.ts';
import { varianceOf } from '../../core/samplers/variances.ts';
import { shapingNumbers, stepRule, usesTimeGrid } from './parameters.ts';
import type { ReverseStage } from './stage.ts';

/** What of a stage's sampler shapes its samples, besides its number of steps; what changes nothing there is made equal. */
export function shapingSettings(stage: ReverseStage) {
  const sampler = samplers.get(stage.sampler);
  return {
    timeGrid: usesTimeGrid(stage.sampler) ? stage.timeGrid : 'linear',
    eta: sampler.uses.includes('eta') ? stage.eta : 0,
    variance: varianceOf(sampler, stage.variance),
    clip: stage.clip,
    tweedie: stage.tweedie,
    parameters: shapingNumbers(stage),
    ...(stepRule(stage) === 'list' && { tau: stage.tau }),
  };
}
