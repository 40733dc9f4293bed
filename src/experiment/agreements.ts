import { needsSlope, trainedLosses } from '../core/losses/trained.ts';
import { timeSamplings } from '../core/timeSampling/index.ts';
import { type StageConfig, viewOf } from '../views/index.ts';
import type { Surroundings } from '../views/types.ts';
import { agreeOnStage, surroundingsOf } from './agreeOnStage.ts';
import { classNamesOf } from './dataset.ts';
import { show } from './errors.ts';
import type { FieldName } from './field.ts';
import { CUSTOM_DATASET, FIELDS } from './fields.ts';
import { ownData } from './ownData.ts';
import { countDistinct, MIN_CUSTOM_POINTS } from './pointsCodec.ts';
import type { ExperimentConfig } from './types.ts';

/** What is wrong where fields do not agree, and what becomes of it. */
export interface Disagreement {
  /** For a program that asks for it: which field, what is wrong with it, what is allowed. null for what is only put in order. */
  readonly refusal: { readonly path: string; readonly problem: string; readonly allowed: string } | null;
  /** The fields with which it holds again. */
  readonly repaired: Partial<ExperimentConfig>;
  /** For whoever opens a link that says so; nothing where nobody needs to know. */
  readonly warnings: readonly string[];
}

/** A field that must agree with others. Links are repaired, programs refused, and controls do not offer what is not allowed. */
export interface Agreement {
  /** The field that gives way. */
  readonly field: FieldName;
  /** Whether a change itself asks for what it forbids; what was there before gives way instead. */
  isAskedBy(patch: Partial<ExperimentConfig>): boolean;
  /** null where it holds. */
  broken(config: ExperimentConfig): Disagreement | null;
}

/** What a loss that asks for the slope of the score cannot do with. */
function notWithSlopes<K extends 'activation' | 'learnedVariance' | 'timeSampling'>(
  name: K,
  isExcluded: (value: ExperimentConfig[K]) => boolean,
  why: string,
  allowed: string,
): Agreement {
  return {
    field: name,
    isAskedBy: (patch) => patch[name] !== undefined,
    broken(config) {
      if (!needsSlope(config.loss) || !isExcluded(config[name])) return null;
      const problem = `${trainedLosses.get(config.loss).label} ${why}`;
      const { name: label, default: usual } = FIELDS[name];
      return {
        refusal: { path: name, problem: `= ${show(config[name])}: ${problem}`, allowed },
        repaired: { [name]: usual },
        warnings: [`${problem}; using ${label} = ${usual}.`],
      };
    },
  };
}

const ELSEWHERE =
  'The data of this link are kept on the device where they were opened, and are not on this one; ' +
  `using ${FIELDS.dataset.default}. Ask for the experiment as a file.`;

/** Whether interleaved points can be a data set. */
export function hasEnoughPoints(points: readonly number[]): boolean {
  return countDistinct(points, MIN_CUSTOM_POINTS) >= MIN_CUSTOM_POINTS;
}

const hasOwnPoints = ({ customData, customPoints }: ExperimentConfig) =>
  ownData(customData) !== null || hasEnoughPoints(customPoints);

/** The first setting of a stage that the rest does not allow. */
function refusalOf(stages: readonly StageConfig[], around: Surroundings): Disagreement['refusal'] {
  for (const [i, stage] of stages.entries()) {
    const conflict = viewOf(stage).conflict?.(stage, around);
    if (conflict) return { ...conflict, path: `stages[${i}].${conflict.setting}` };
  }
  return null;
}

/** All that fields must agree on, in the order in which they are made to. */
export const AGREEMENTS: readonly Agreement[] = [
  {
    field: 'customData',
    isAskedBy: ({ customData }) => Boolean(customData),
    broken: ({ customData }) =>
      customData === '' || ownData(customData) !== null
        ? null
        : {
            refusal: {
              path: 'customData',
              problem: `= ${show(customData)} is not at hand`,
              allowed: 'the key of data that were imported on this device',
            },
            repaired: {},
            warnings: [],
          },
  },
  {
    field: 'dataset',
    isAskedBy: () => true,
    broken(config) {
      if (config.dataset !== CUSTOM_DATASET || hasOwnPoints(config)) return null;
      const { name, default: usual } = FIELDS.dataset;
      const needs = `${name} = ${CUSTOM_DATASET} needs ${MIN_CUSTOM_POINTS} different points or more; using ${usual}.`;
      return {
        refusal: {
          path: 'customPoints',
          problem: 'has too few different points',
          allowed: `${MIN_CUSTOM_POINTS} different points or more with dataset '${CUSTOM_DATASET}'`,
        },
        repaired: { dataset: usual },
        warnings: [config.customData === '' ? needs : ELSEWHERE],
      };
    },
  },
  {
    field: 'customPoints',
    isAskedBy: ({ customPoints }) => customPoints !== undefined,
    broken: ({ dataset, customPoints }) =>
      dataset === CUSTOM_DATASET || customPoints.length === 0
        ? null
        : {
            refusal: {
              path: 'customPoints',
              problem: `goes with dataset '${CUSTOM_DATASET}'`,
              allowed: 'no points with a preset',
            },
            repaired: { customPoints: [] },
            warnings: [],
          },
  },
  {
    field: 'conditional',
    isAskedBy: ({ conditional }) => conditional === true,
    broken: (config) =>
      !config.conditional || classNamesOf(config).length > 0
        ? null
        : {
            refusal: {
              path: 'conditional',
              problem: `needs classes, and ${config.dataset} has none`,
              allowed: 'false, or a data set with classes',
            },
            repaired: { conditional: false },
            warnings: [`${FIELDS.conditional.name}: ${config.dataset} has no classes; using off (0).`],
          },
  },
  notWithSlopes(
    'activation',
    (activation) => activation === 'relu',
    'needs an activation without kinks',
    'silu, gelu or tanh',
  ),
  notWithSlopes('learnedVariance', (learns) => learns, 'teaches no variance', 'false'),
  notWithSlopes(
    'timeSampling',
    (id) => timeSamplings.get(id).followsLosses === true,
    'has no errors that draws of t could follow',
    'any that does not follow the losses',
  ),
  {
    field: 'stages',
    isAskedBy: ({ stages }) => stages !== undefined,
    broken(config) {
      const around = surroundingsOf(config);
      const warnings: string[] = [];
      const stages = config.stages.map((stage, i) =>
        agreeOnStage(stage, around, (message) => warnings.push(`Stage ${i + 1}, ${message}`)),
      );
      if (stages.every((stage, i) => stage === config.stages[i])) return null;
      return {
        refusal: refusalOf(config.stages, around),
        repaired: { stages },
        warnings,
      };
    },
  },
];

/** Whether the experiment could not have this value of a field. */
export function excludes<K extends FieldName>(
  config: ExperimentConfig,
  name: K,
  value: ExperimentConfig[K],
): boolean {
  const wish = { ...config, [name]: value };
  return AGREEMENTS.some(({ field, broken }) => field === name && broken(wish) !== null);
}
