import { registry } from '../registry.ts';
import { linear } from './linear.ts';
import { quadratic } from './quadratic.ts';

export const timeGrids = registry('time grid', [linear, quadratic]);
