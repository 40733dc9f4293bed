import { datasets } from '../../core/datasets/index.ts';
import {
  MATRICES,
  MATRIX_SCHEDULES,
  type MatrixId,
  type MatrixScheduleId,
} from '../../core/discrete/matrices.ts';
import { choiceCodec, integerCodec, numberCodec } from '../../experiment/codecs.ts';
import { ConfigError } from '../../experiment/errors.ts';
import { type TrainingSettings, trainingFields } from '../trainingFields.ts';
import type { World } from '../world.ts';

export interface CategoriesSettings extends TrainingSettings {
  readonly dataset: string;
  /** Multiplies the data set's own noise. */
  readonly noise: number;
  readonly matrix: MatrixId;
  readonly schedule: MatrixScheduleId;
  /** T */
  readonly nChain: number;
  /** Two variables of 32 values, answered independently, or one of 1 024. */
  readonly variables: 'two' | 'one';
  /** L_vb + λ·cross-entropy, or the cross-entropy of x_0 alone. */
  readonly loss: 'ce' | 'hybrid';
  readonly lambda: number;
  readonly width: number;
  readonly depth: number;
  readonly nParticles: number;
}

/** Whether the hops become Gaussian noise as cells and steps get finer. */
export const hasGaussianLimit = ({ matrix }: Pick<CategoriesSettings, 'matrix'>): boolean =>
  matrix === 'gaussian' || matrix === 'neighbour';

/** What a matrix is used with in D3PM. */
const USUAL: Readonly<Record<MatrixId, MatrixScheduleId>> = {
  uniform: 'cosine',
  absorbing: 'jsd',
  gaussian: 'linear',
  neighbour: 'mutual-information',
};

export const categories: World<CategoriesSettings> = {
  id: 'categories',
  name: 'Categories',
  sentence:
    'The plane is cut into 32 × 32 cells: points hop from cell to cell by a transition matrix, as letters of a text would, and a network learns where they came from.',
  fields: {
    dataset: {
      name: 'Data set',
      key: 'd',
      default: 'swiss-roll',
      codec: choiceCodec(datasets.entries.map(({ id }) => id)),
    },
    noise: { name: 'Data noise', key: 'dn', default: 0.5, codec: numberCodec(0.1, 3, { decimals: 3 }) },
    matrix: { name: 'Transition matrix', key: 'm', default: 'absorbing', codec: choiceCodec(MATRICES) },
    schedule: { name: 'β schedule', key: 'b', default: 'jsd', codec: choiceCodec(MATRIX_SCHEDULES) },
    nChain: { name: 'Steps T', key: 'T', default: 200, codec: integerCodec(10, 1000, true) },
    variables: { name: 'Variables', key: 'x', default: 'two', codec: choiceCodec(['two', 'one']) },
    loss: { name: 'Loss', key: 'ls', default: 'ce', codec: choiceCodec(['ce', 'hybrid']) },
    lambda: {
      name: 'λ of the cross-entropy',
      key: 'la',
      default: 0.001,
      codec: numberCodec(0, 1, { decimals: 4 }),
    },
    width: { name: 'Width', key: 'w', default: 128, codec: integerCodec(8, 256, true) },
    // In equal time two layers come nearer to the best than one, three or four.
    depth: { name: 'Depth', key: 'l', default: 2, codec: integerCodec(1, 6) },
    ...trainingFields({ learningRate: 0.004, budgetSteps: 2000 }),
    nParticles: {
      name: 'Particles',
      key: 'k',
      default: 800,
      codec: integerCodec(50, 4000, true),
      keepsModel: true,
    },
  },
  stages: [
    { kind: 'forward', title: 'Noising' },
    { kind: 'continuous', title: 'Gaussian noising', suits: hasGaussianLimit },
    { kind: 'reverse', title: 'Learned reverse' },
    { kind: 'perfect', title: 'Perfect reverse' },
    { kind: 'matrix', title: 'Transition matrices' },
  ],
  measures: ['exactBound', 'learnedGap'],
  agree(settings, asked) {
    const { matrix, schedule, variables, loss } = settings;
    const usual = asked.matrix && !asked.schedule ? { ...settings, schedule: USUAL[matrix] } : settings;
    if (usual.matrix === 'gaussian' && usual.schedule === 'mutual-information') {
      if (!asked.schedule) return { ...usual, schedule: USUAL.gaussian };
      const allowed = 'jsd, cosine or linear; or another matrix';
      throw new ConfigError('schedule', `= ${schedule} is not to be had with the Gaussian matrix`, allowed);
    }
    if (variables === 'one' && loss === 'hybrid') {
      if (asked.loss) {
        throw new ConfigError('loss', '= hybrid is for two variables', 'ce, or variables = two');
      }
      return { ...usual, loss: 'ce' };
    }
    return usual;
  },
};
