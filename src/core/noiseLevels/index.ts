import { registry } from '../registry.ts';
import { exponential } from './exponential.ts';
import { geometric } from './geometric.ts';
import { karras } from './karras.ts';
import { polyexponential } from './polyexponential.ts';
import { requireLevels } from './requireLevels.ts';
import type { NoiseLevelOptions, NoiseLevels } from './types.ts';
import { vp } from './vp.ts';

export const noiseLevels = registry('family of noise levels', [
  karras,
  exponential,
  polyexponential,
  geometric,
  vp,
]);

/**
 * n noise levels at equal steps of u, and a last one of 0, the data.
 * @param family an entry of `noiseLevels`
 * @param nLevels n, 1…100 000; one level is the greatest
 * @param options those left out are the family's defaults
 * @returns [n + 1] strictly decreasing, the last an exact 0
 * @throws RangeError when n or an option is out of range
 */
export function levelsOf(
  family: NoiseLevels,
  nLevels: number,
  options: Partial<NoiseLevelOptions> = {},
): Float64Array {
  requireLevels(nLevels);
  const all = { ...family.defaults, ...options };
  const levels = new Float64Array(nLevels + 1);
  for (let i = 0; i < nLevels; i++) levels[i] = family.sigma(i / Math.max(1, nLevels - 1), all);
  return levels;
}
