import { registry } from '../registry.ts';
import { energy } from './energy.ts';
import { histogramJsMetric } from './histogram.ts';
import { slicedW2 } from './slicedW2.ts';

export { energyDistance, energyDistanceUnbiased } from './energy.ts';
export { exactWasserstein2 } from './exactW2.ts';
export { histogramJs, histogramKl } from './histogram.ts';
export { wasserstein1OnLine } from './line.ts';
export { type Measured, mean, pooled, standardDeviation } from './measured.ts';
export { memorisedFraction, nearestNeighbourRatio } from './memorisation.ts';
export { expectedMissed, missed } from './missed.ts';
export { mmdSquared, mmdSquaredUnbiased } from './mmd.ts';
export { perfectDistance, trueVersusTrue } from './perfectDistance.ts';
export { precisionRecall } from './precisionRecall.ts';
export { slicedWasserstein2 } from './slicedW2.ts';
export { densityTest, neighbourTest, type StrayTest, strays, strayTest } from './strays.ts';

/** Distances that take less than 50 ms for 2 000 points a set. */
export const metrics = registry('metric', [slicedW2, energy, histogramJsMetric]);
