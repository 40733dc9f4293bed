import { registry } from '../registry.ts';
import { ddim } from './ddim.ts';
import { ddpm } from './ddpm.ts';
import { dpmSolverPlusPlus } from './dpmSolverPlusPlus.ts';

export const samplers = registry('sampler', [ddpm, ddim, dpmSolverPlusPlus]);
