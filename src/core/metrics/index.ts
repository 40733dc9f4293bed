import { registry } from '../registry.ts';
import { energy } from './energy.ts';
import { slicedW2 } from './slicedW2.ts';

export { energyDistance, energyDistanceUnbiased } from './energy.ts';
export { perfectDistance } from './perfectDistance.ts';
export { slicedWasserstein2 } from './slicedW2.ts';

export const metrics = registry('metric', [slicedW2, energy]);
