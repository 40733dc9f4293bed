import { samplers } from '../../core/samplers/index.ts';
import { isChain } from '../../experiment/scheduled.ts';
import { withGuidance } from '../classes.ts';
import type { View } from '../types.ts';
import { withCondition } from './condition/words.ts';
import { keepNumbers, usualSteps } from './parameters.ts';
import { REVERSE_STAGE } from './parts.ts';
import { requestsOf } from './requests.ts';
import { agree, conflict, followChain } from './rules.ts';
import type { ReverseRequest, ReverseStage } from './stage.ts';
import { reverseName, reverseText } from './text.ts';

/** A sampler at work. */
export const reverse: View<ReverseStage, ReverseRequest> = {
  kind: 'reverse',
  letter: 'r',
  label: 'Noise → data (reverse)',
  summary: 'A sampler at work, from noise to data.',
  shows: 'reverse',
  parts: REVERSE_STAGE,
  layers: [
    'points',
    'density',
    'trails',
    'x0-hat',
    'arrows',
    'mesh',
    'data',
    'contours',
    'score',
    'streamlines',
  ],
  fill: (stage, isGiven) => (isGiven('nSteps') ? stage : { ...stage, nSteps: usualSteps(stage.sampler) }),
  agree,
  conflict,
  followChain,
  keep: (stage) => ({ parameters: keepNumbers(stage) }),
  requests: requestsOf,
  text: reverseText,
  name: reverseName,
  formula(stage, { process }) {
    const { label, equation } = samplers.get(stage.sampler);
    const lines = [{ tex: equation, label: `the update rule of ${label}` }];
    const step = withGuidance({ title: `One step of ${label}`, lines }, stage);
    return withCondition(step, stage.condition, isChain(process));
  },
};
