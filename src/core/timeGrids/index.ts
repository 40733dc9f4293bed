import { registry } from '../registry.ts';
import type { TimeGrid } from '../types.ts';
import { karras, logSnr, polyexponential } from './levels.ts';
import { linear } from './linear.ts';
import { list } from './list.ts';
import { quadratic } from './quadratic.ts';

export const timeGrids = registry<TimeGrid>('time grid', [
  linear,
  quadratic,
  logSnr,
  karras,
  polyexponential,
  list,
]);

/** Those that choose among the steps of the chain by a rule. */
export const chainGrids = registry('time grid', [linear, quadratic]);
