import { registry } from '../registry.ts';
import { eps } from './eps.ts';

export const parameterizations = registry('parameterization', [eps]);
