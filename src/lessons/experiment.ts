import type { FieldName } from '../experiment/field.ts';
import { defaultConfig, sameField } from '../experiment/fields.ts';
import { applyPatch, type ConfigPatch, validatePatch } from '../experiment/patch.ts';
import type { ExperimentConfig } from '../experiment/types.ts';

/** The questions that experiments answer, in the order of the menu. */
export const QUESTIONS = {
  steps: 'Why so many steps?',
  paths: 'Which way does a sample take?',
  fewer: 'How can fewer steps do?',
  schedule: 'How is noise added?',
  process: 'Which process?',
  score: 'Is the score enough?',
  learning: 'What does the network learn?',
  data: 'What do the data decide?',
  guidance: 'How is a sample steered?',
} as const;

export type Question = keyof typeof QUESTIONS;

/** A ready set-up with one thing to see. */
export interface Experiment {
  /** In links, `?experiment=id`, and the name of its picture, `experiments/id.webp`. */
  readonly id: string;
  readonly group: Question;
  readonly title: string;
  /** One plain sentence: what to look for. */
  readonly lookFor: string;
  /** What differs from the default experiment. */
  readonly settings: ConfigPatch;
  /** The time t that its picture shows. */
  readonly picture: number;
  /** What a test measures, so that `lookFor` stays true. */
  readonly claim: string;
}

/** What a person has chosen for the page and not for the experiment; it stays when one is opened. */
const KEPT = ['theme', 'panel', 'backend', 'speed', 'loop'] as const satisfies readonly FieldName[];

/** The whole experiment, on the page of someone who had `config`. @throws ConfigError where the settings are not valid */
export function configOf(
  { settings }: Pick<Experiment, 'settings'>,
  config = defaultConfig,
): ExperimentConfig {
  const kept = Object.fromEntries(KEPT.map((name) => [name, config[name]]));
  const base = { ...defaultConfig, ...kept };
  return applyPatch(base, validatePatch(settings, base));
}

/** What may change without leaving an experiment: where one is in it, and what is drawn beside it. */
const LOOKS: readonly FieldName[] = ['time', 'charts', 'overlays', ...KEPT];

/** Whether an experiment is still what it was opened as. */
export function holds({ settings }: Pick<Experiment, 'settings'>, config: ExperimentConfig): boolean {
  const opened = configOf({ settings }, config);
  const names = Object.keys(settings) as readonly FieldName[];
  return names.every((name) => LOOKS.includes(name) || sameField(name, opened, config));
}
