import { registry } from '../registry.ts';
import { ddim } from './ddim.ts';
import { ddpm } from './ddpm.ts';

export const samplers = registry('sampler', [ddpm, ddim]);
