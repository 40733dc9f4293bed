import { integerCodec, numberCodec } from '../experiment/codecs.ts';
import type { CommonSettings, FieldsOf } from './world.ts';

/** How a world's network is trained. */
export interface TrainingSettings extends CommonSettings {
  readonly learningRate: number;
  readonly batchSize: number;
  readonly emaDecay: number;
}

/** @param usual the defaults that are the world's own */
export const trainingFields = (
  usual: Pick<TrainingSettings, 'learningRate' | 'budgetSteps'>,
): FieldsOf<TrainingSettings> => ({
  learningRate: {
    name: 'Learning rate',
    key: 'lr',
    default: usual.learningRate,
    codec: numberCodec(1e-5, 0.1, { logarithmic: true, decimals: 7 }),
    keepsModel: true,
  },
  batchSize: {
    name: 'Batch size',
    key: 'bat',
    default: 256,
    codec: integerCodec(8, 2048, true),
    keepsModel: true,
  },
  emaDecay: {
    name: 'EMA decay',
    key: 'ema',
    default: 0.995,
    codec: numberCodec(0, 0.9999, { decimals: 5 }),
    keepsModel: true,
  },
  budgetSteps: {
    name: 'Training budget',
    key: 'n',
    default: usual.budgetSteps,
    codec: integerCodec(1, 1_000_000, true),
    keepsModel: true,
  },
  seed: { name: 'Seed', key: 'seed', default: 1, codec: integerCodec(0, 2 ** 32 - 1) },
});
