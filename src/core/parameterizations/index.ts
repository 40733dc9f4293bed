import { registry } from '../registry.ts';
import { eps } from './eps.ts';
import { flow } from './flow.ts';
import { mu } from './mu.ts';
import { edm } from './preconditioning.ts';
import { score } from './score.ts';
import { v } from './v.ts';
import { x0 } from './x0.ts';

export const parameterizations = registry('parameterization', [eps, x0, v, score, mu, flow, edm]);
