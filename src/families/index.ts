import type { FamilyId } from '../experiment/families.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { Experiment, Family } from './family.ts';
import { gaussian } from './gaussian/family.ts';

/** The families of models: one line each. */
const families = { gaussian } satisfies Readonly<Record<FamilyId, { readonly id: string }>>;

/** The family of an experiment, to be asked about its own experiments alone. */
export function familyOf({ family }: Pick<ExperimentConfig, 'family'>): Family<Experiment> {
  return families[family] as unknown as Family<Experiment>;
}
