import type { Family } from '../../family.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { budget } from './budget.ts';
import { race } from './race.ts';
import { table } from './table.ts';

/** The comparisons of points of the plane: one line each. */
export const studies: NonNullable<Family<GaussianExperiment>['studies']> = { race, budget, table };
