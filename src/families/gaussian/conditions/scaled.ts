import {
  type GaussianFactor,
  type Line,
  type Region,
  type RegionDensity,
  regionDensity,
} from '../../../core/guidance/index.ts';
import type { Standardization } from '../../../core/standardize.ts';
import { scaledDensity } from '../../../core/standardize.ts';
import type { Density, LabelledDensity } from '../../../core/types.ts';
import {
  covarianceOf,
  directionOf,
  type FactorCondition,
  type KnownCondition,
  type RegionCondition,
} from '../../../experiment/conditions/types.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { densityFor } from '../guidance.ts';

/** Conditions are in data units; samplers and exact answers in scaled ones. */

export function scaledFactor(condition: FactorCondition, { centre, scale }: Standardization): GaussianFactor {
  const [x, y] = condition.centre;
  const [xx, xy, yy] = covarianceOf(condition);
  const area = scale ** 2;
  return {
    mean: [(x - centre[0]) / scale, (y - centre[1]) / scale],
    covariance: [xx / area, xy / area, yy / area],
  };
}

export function scaledLine(condition: KnownCondition, { centre, scale }: Standardization): Line {
  const direction = directionOf(condition);
  const [ux, uy] = direction;
  return { direction, value: (condition.value - ux * centre[0] - uy * centre[1]) / scale };
}

export const scaledRegion = ({ outline }: RegionCondition, { centre, scale }: Standardization): Region =>
  outline.map(([x, y]) => [(x - centre[0]) / scale, (y - centre[1]) / scale]);

const cut = new WeakMap<
  Density,
  { readonly outline: RegionCondition['outline']; readonly found: RegionDensity }
>();

/** p restricted to an outline, scaled units; that of the last outline is kept, since every recording asks for it. @param ofClass 1…K, or 0 for any */
export function regionOf(
  condition: RegionCondition,
  experiment: GaussianExperiment,
  ofClass: number,
): RegionDensity {
  const density = densityFor(experiment, ofClass);
  const last = cut.get(density);
  if (last && last.outline === condition.outline) return last.found;
  const found = regionDensity(density, scaledRegion(condition, experiment.standardization));
  cut.set(density, { outline: condition.outline, found });
  return found;
}

const known = new WeakMap<GaussianExperiment, LabelledDensity>();

/** p(x, y) of the data, scaled units, whether or not the network is taught the classes. @throws RangeError where there are none */
export function labelledOf(experiment: GaussianExperiment): LabelledDensity {
  const made = known.get(experiment);
  if (made) return made;
  const { density, labels } = experiment.dataset.labelledDensity(experiment.noise);
  const labelled = { density: scaledDensity(experiment.standardization, density), labels };
  known.set(experiment, labelled);
  return labelled;
}
