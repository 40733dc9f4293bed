/**
 * Error functions to about 1e-15 relative: W. J. Cody, Rational Chebyshev approximations for the error function,
 * Math. Comp. 23 (1969) 631–637; coefficients of his CALERF, highest powers as his loops order them.
 */
const A = [3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694, 0.18577770618460315];
const B = [23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171];
const C = [
  0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769,
  1712.0476126340707, 2051.0783778260716, 1230.3393547979972, 2.1531153547440383e-8,
];
const D = [
  15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
];
const P = [
  0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275, 0.0006587491615298378,
  0.016315387137302097,
];
const Q = [
  2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918,
];

const INVERSE_SQRT_PI = 0.5641895835477563;
const SMALL = 0.46875;

/** numerator/denominator, where the numerator's leading coefficient stands last and the denominator's is 1. */
function rational(numerator: readonly number[], denominator: readonly number[], y: number): number {
  const last = denominator.length - 1;
  let top = numerator[last + 1]! * y;
  let bottom = y;
  for (let i = 0; i < last; i++) {
    top = (top + numerator[i]!) * y;
    bottom = (bottom + denominator[i]!) * y;
  }
  return (top + numerator[last]!) / (bottom + denominator[last]!);
}

/** exp(x²)·erfc(x) for x ≥ 0: the tail of the normal without its exponential. */
export function erfcx(x: number): number {
  if (x <= SMALL) return Math.exp(x * x) * (1 - erf(x));
  if (x <= 4) return rational(C, D, x);
  const inverse = 1 / (x * x);
  return (INVERSE_SQRT_PI - inverse * rational(P, Q, inverse)) / x;
}

/** P(N(0, 1) < x) */
export const normalCdf = (x: number): number => (1 + erf(x / Math.SQRT2)) / 2;

/** (2/√π)∫₀ˣ exp(−u²) du. */
export function erf(x: number): number {
  if (Math.abs(x) <= SMALL) return x * rational(A, B, x * x);
  return Math.sign(x) * (1 - Math.exp(-x * x) * erfcx(Math.abs(x)));
}
