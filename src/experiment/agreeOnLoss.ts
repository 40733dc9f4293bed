import { needsSlope, trainedLosses } from '../core/losses/trained.ts';
import { timeSamplings } from '../core/timeSampling/index.ts';
import { field } from './fields.ts';
import type { ExperimentConfig } from './types.ts';

/** What a loss that asks for the slope of the score cannot do with. */
const EXCLUDED = [
  {
    field: 'activation',
    excludes: (activation: unknown) => activation === 'relu',
    why: 'needs an activation without kinks',
    allowed: 'silu, gelu or tanh',
  },
  {
    field: 'learnedVariance',
    excludes: (learns: unknown) => learns === true,
    why: 'teaches no variance',
    allowed: 'false',
  },
  {
    field: 'timeSampling',
    excludes: (id: unknown) => timeSamplings.get(String(id)).followsLosses === true,
    why: 'has no errors that draws of t could follow',
    allowed: 'any that does not follow the losses',
  },
] as const;

type Restricted = (typeof EXCLUDED)[number]['field'];

export interface LossConflict {
  readonly field: Restricted;
  /** "Implicit score matching needs an activation without kinks" */
  readonly problem: string;
  /** In words. */
  readonly allowed: string;
}

/** Whether a value of a field cannot be had with a loss, by its id. */
export function excludedBy<K extends Restricted>(loss: string, name: K, value: ExperimentConfig[K]): boolean {
  return needsSlope(loss) && EXCLUDED.some((rule) => rule.field === name && rule.excludes(value));
}

/** The fields with which the experiment's loss cannot be had. */
export function lossConflicts(config: ExperimentConfig): readonly LossConflict[] {
  return EXCLUDED.filter(({ field: name }) => excludedBy(config.loss, name, config[name])).map((rule) => ({
    field: rule.field,
    problem: `${trainedLosses.get(config.loss).label} ${rule.why}`,
    allowed: rule.allowed,
  }));
}

/** The experiment with its usual values where the loss needs them. */
export function agreeOnLoss(
  config: ExperimentConfig,
  warn: (conflict: LossConflict) => void,
): ExperimentConfig {
  let agreed = config;
  for (const conflict of lossConflicts(config)) {
    warn(conflict);
    agreed = { ...agreed, [conflict.field]: field(conflict.field).default };
  }
  return agreed;
}
