import { DISCRETE_SCHEDULES, type DiscreteScheduleId } from '../../core/discrete/betas.ts';
import { BITS } from '../../core/discrete/bits.ts';
import { choiceCodec, integerCodec, numberCodec } from '../../experiment/codecs.ts';
import { type TrainingSettings, trainingFields } from '../trainingFields.ts';
import type { World } from '../world.ts';
import { bitListCodec, patternsCodec } from './codecs.ts';

export interface BitsSettings extends TrainingSettings {
  /** One to eight patterns of 20 letters 0 and 1, equally likely. */
  readonly patterns: readonly string[];
  readonly schedule: DiscreteScheduleId;
  /** T */
  readonly nChain: number;
  /** 2015's KL of the reverse step, or cross-entropy on x_0. */
  readonly loss: 'kl' | 'ce';
  readonly width: number;
  readonly depth: number;
  /** Rows that the stages show. */
  readonly nRows: number;
  /** r(x): the bits that are to be on, 1…20, and how certainly. */
  readonly rBits: readonly number[];
  readonly certainty: number;
}

/** A beat in five phases. */
export const HEARTBEAT_PATTERNS: readonly string[] = Array.from({ length: 5 }, (_, phase) =>
  Array.from({ length: BITS }, (_, i) => (i % 5 === phase ? '1' : '0')).join(''),
);

export const bits: World<BitsSettings> = {
  id: 'bits',
  name: 'Bits',
  sentence:
    'Rows of 20 bits are flipped at random until nothing is left of them; a network learns how to flip them back, as in the first diffusion paper of 2015.',
  fields: {
    patterns: { name: 'Patterns', key: 'd', default: HEARTBEAT_PATTERNS, codec: patternsCodec },
    schedule: { name: 'β schedule', key: 'b', default: 'jsd', codec: choiceCodec(DISCRETE_SCHEDULES) },
    nChain: { name: 'Steps T', key: 'T', default: 200, codec: integerCodec(10, 1000, true) },
    loss: { name: 'Loss', key: 'ls', default: 'ce', codec: choiceCodec(['kl', 'ce']) },
    width: { name: 'Width', key: 'w', default: 64, codec: integerCodec(8, 256, true) },
    depth: { name: 'Depth', key: 'l', default: 3, codec: integerCodec(1, 6) },
    ...trainingFields({ learningRate: 0.005, budgetSteps: 3000 }),
    nRows: { name: 'Rows', key: 'k', default: 40, codec: integerCodec(10, 200, true), keepsModel: true },
    rBits: {
      name: 'Bits that are to be on',
      key: 'r',
      default: [3, 8],
      codec: bitListCodec,
      keepsModel: true,
    },
    certainty: {
      name: 'Certainty of r(x)',
      key: 'c',
      default: 0.9,
      codec: numberCodec(0.5, 1, { decimals: 3 }),
      keepsModel: true,
    },
  },
  stages: [
    { kind: 'forward', title: 'Noising' },
    { kind: 'reverse', title: 'Learned reverse' },
    { kind: 'perfect', title: 'Perfect reverse' },
    { kind: 'product', title: 'Multiplied by r(x)' },
  ],
  measures: ['exactBound', 'learnedGap'],
};
