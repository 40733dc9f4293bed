import type { Family } from '../../family.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { bound2015 } from './bound2015.ts';
import { budget } from './budget.ts';
import { condition } from './condition.ts';
import { memorisation } from './memorisation.ts';
import { pointLikelihood } from './pointLikelihood.ts';
import { race } from './race.ts';
import { roundTrip } from './roundTrip.ts';
import { table } from './table.ts';

/** The comparisons of points of the plane: one line each. */
export const studies: NonNullable<Family<GaussianExperiment>['studies']> = {
  race,
  condition,
  budget,
  table,
  pointLikelihood,
  bound2015,
  roundTrip,
  memorisation,
};
