import { curveDensity } from './curveDensity.ts';
import { defineDataset } from './defineDataset.ts';

const NOISE = 0.1;
const END = 3 * Math.PI;

/** Before noise, uniform jitter on [0, ½] is added to each coordinate; all is divided by 3. */
const JITTER = 0.5;
const DIVISOR = 3;
const JITTER_STD = JITTER / DIVISOR / Math.sqrt(12);

/** The spiral of sign ±1 at n, in the middle of its jitter. */
const spiral =
  (sign: number) =>
  (n: number): readonly [number, number] => [
    (sign * (-n * Math.cos(n) + JITTER / 2)) / DIVISOR,
    (sign * (n * Math.sin(n) + JITTER / 2)) / DIVISOR,
  ];

/**
 * Two spirals: n = 3π√u, ±(−n cos n + u′/2, n sin n + u″/2)/3 + 0.1 N. Density: at most 200 Gaussians along each,
 * with the jitter (uniform, std 0.048) taken as a Gaussian of its variance. Median (95 %) relative error over the
 * draws: 3e-3 (9e-3) at noise 1, 2 % (7 %) at 0.5, 13 % (42 %) at 0.1, where the true profile across the spiral is
 * flatter.
 */
export const twoSpirals = defineDataset({
  id: 'two-spirals',
  label: 'Two spirals',
  summary: 'Two arms that wind around each other without touching.',
  shape: 'the two spirals',
  noisy: true,
  point(rng, noise) {
    const sign = rng.uniform() < 0.5 ? 1 : -1;
    const n = END * Math.sqrt(rng.uniform());
    const x = (sign * (-n * Math.cos(n) + JITTER * rng.uniform())) / DIVISOR;
    const y = (sign * (n * Math.sin(n) + JITTER * rng.uniform())) / DIVISOR;
    return [x + NOISE * noise * rng.normal(), y + NOISE * noise * rng.normal(), sign === 1 ? 0 : 1];
  },
  classes: {
    names: ['first arm', 'second arm'],
    parts(noise) {
      const std = Math.hypot(NOISE * noise, JITTER_STD);
      // n = 3π√u has a density proportional to n.
      return [1, -1].map((sign) =>
        curveDensity({ from: 0, to: END, point: spiral(sign), density: (n) => n }, std, 0.5, 200),
      );
    },
  },
});
