import { clips } from '../../core/samplers/clips.ts';
import { samplers } from '../../core/samplers/index.ts';
import { timeGrids } from '../../core/timeGrids/index.ts';
import { booleanCodec, choiceCodec, integerCodec, numberCodec } from '../../experiment/codecs.ts';
import { conditionCodec } from '../../experiment/conditions/codec.ts';
import { letterCodec } from '../../experiment/letterCodecs.ts';
import { ASKED_CLASS } from '../classes.ts';
import { layersPart } from '../parts.ts';
import { SHOWN_RUN } from '../shownRun.ts';
import type { Parts } from '../types.ts';
import { MOST_STEPS } from './mostSteps.ts';
import { stageNumbersCodec, usualSteps } from './parameters.ts';
import type { ReverseStage } from './stage.ts';
import { tauCodec } from './tauCodec.ts';

/** Settings of a reverse stage, for controls to read ranges and choices from. */
export const REVERSE_STAGE = {
  sampler: {
    name: 'sampler',
    word: 'sampler',
    codec: choiceCodec(samplers.entries.map(({ id }) => id)),
    fallback: 'ddim',
  },
  nSteps: {
    name: 'steps S',
    word: 'steps',
    codec: integerCodec(1, MOST_STEPS),
    fallback: usualSteps('ddim'),
  },
  eta: { name: 'η', word: 'eta', codec: numberCodec(0, 1, { decimals: 3 }), fallback: 0 },
  variance: {
    name: 'variance',
    word: 'variance',
    codec: letterCodec({ beta: 'b', 'beta-tilde': 'bt', learned: 'lv', optimal: 'ov' }),
    fallback: 'beta-tilde',
  },
  timeGrid: {
    name: 'τ',
    word: 'grid',
    codec: choiceCodec(timeGrids.entries.map(({ id }) => id)),
    fallback: 'linear',
  },
  denoiser: {
    name: 'denoiser',
    word: 'denoiser',
    codec: letterCodec({ learned: 'l', exact: 'e' }),
    fallback: 'learned',
  },
  layers: layersPart(['points']),
  tau: { name: 'listed steps', codec: tauCodec, fallback: [], word: 'tau' },
  clip: {
    name: 'clipping',
    codec: choiceCodec(clips.entries.map(({ id }) => id)),
    fallback: 'none',
    word: 'clip',
  },
  tweedie: { name: 'last denoising', codec: booleanCodec, fallback: true, word: 'tweedie' },
  direction: {
    name: 'direction',
    codec: choiceCodec(['sample', 'encode']),
    fallback: 'sample',
    word: 'direction',
  },
  ...ASKED_CLASS,
  ...SHOWN_RUN,
  condition: { name: 'condition', codec: conditionCodec, fallback: null, word: 'condition' },
  parameters: { name: 'numbers', codec: stageNumbersCodec, fallback: {}, word: '*' },
} as const satisfies Parts<ReverseStage>;
