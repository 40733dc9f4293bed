import { type TruncatedNormal, truncatedNormal } from './truncatedNormal.ts';

const HALVINGS = 50;
const part: TruncatedNormal = { logMean: 0, mean: 0, offset: 0 };

/**
 * Where a share of the mass of a standard normal on [a, a + w] lies below, as a distance from a; by bisection.
 * @param a lower end, any size; w width, positive; share 0…1
 */
export function truncatedNormalQuantile(a: number, w: number, share: number): number {
  if (!(share > 0)) return 0;
  const logMass = (width: number) => truncatedNormal(a, width, part).logMean + Math.log(width);
  const wanted = logMass(w) + Math.log(share);
  let low = 0;
  let high = w;
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2;
    if (logMass(middle) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
