import type { Density, DensityComponent } from '../types.ts';
import { weightedMoments } from './curveDensity.ts';
import { defineDataset } from './defineDataset.ts';

const ARMS = 5;
const SCALE = 2;
const RADIAL_MEAN = 1;
const RADIAL_STD = 0.3;
const TANGENTIAL_STD = 0.1;

/** The angle by which a point at distance r along its arm is turned, clockwise. */
const turn = (arm: number, r: number) => (2 * Math.PI * arm) / ARMS + 0.25 * Math.exp(r);

/** Radial quadrature: N(1, 0.3²) is a mixture of narrower normals, spread over ±REACH standard deviations. */
const nodesPerArm = (noise: number) => Math.min(80, Math.round(48 / Math.sqrt(noise)));
const REACH = 4.6;
/** Spacing of the nodes in widths of a narrow normal: the ripple 2·exp(−2π²/1.25²) is 7e-6. */
const SPACING = 1.25;

/** Gauss–Hermite for a standard normal, 5 nodes. */
const HERMITE = [
  { z: -2.8569700138728056, mass: 0.01125741132772069 },
  { z: -1.355626179974266, mass: 0.22207592200561266 },
  { z: 0, mass: 0.5333333333333333 },
  { z: 1.355626179974266, mass: 0.22207592200561266 },
  { z: 2.8569700138728056, mass: 0.01125741132772069 },
];

/** The arms before noise: r along the first axis, turned. */
function spine(arm: number, r: number): readonly [number, number] {
  const angle = turn(arm, r);
  return [SCALE * r * Math.cos(angle), -SCALE * r * Math.sin(angle)];
}

/** One narrow normal N(r, width²) of the radius, carried to the plane and blurred across the arm. */
function component(
  arm: number,
  r: number,
  width: number,
  noiseStd: number,
  weight: number,
): DensityComponent {
  const { mean, covariance } = weightedMoments(
    HERMITE.map(({ z, mass }) => ({ mass, at: spine(arm, r + width * z) })),
  );
  // The tangential noise lies along the turned second axis, averaged over the piece.
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (const { z, mass } of HERMITE) {
    const angle = turn(arm, r + width * z);
    const variance = mass * (SCALE * noiseStd) ** 2;
    xx += variance * Math.sin(angle) ** 2;
    xy += variance * Math.sin(angle) * Math.cos(angle);
    yy += variance * Math.cos(angle) ** 2;
  }
  return {
    kind: 'gaussian',
    weight,
    mean,
    covariance: [covariance[0] + xx, covariance[1] + xy, covariance[2] + yy],
  };
}

function arms(noise: number): readonly Density[] {
  const nNodes = nodesPerArm(noise);
  const spacing = (2 * REACH * RADIAL_STD) / nNodes;
  const width = spacing / SPACING;
  const spread = RADIAL_STD ** 2 - width ** 2; // variance left to the nodes
  const nodes = Array.from({ length: nNodes }, (_, k) => {
    const offset = (k - (nNodes - 1) / 2) * spacing;
    return { r: RADIAL_MEAN + offset, share: Math.exp((-offset * offset) / (2 * spread)) };
  });
  const total = ARMS * nodes.reduce((sum, { share }) => sum + share, 0);
  return Array.from({ length: ARMS }, (_, arm) =>
    nodes.map(({ r, share }) => component(arm, r, width, TANGENTIAL_STD * noise, share / total)),
  );
}

/**
 * Five curved arms (Johnson et al. 2016, code; FFJORD's toy data): (1 + 0.3 N, 0.1 N), turned clockwise by
 * 2πk/5 + ¼·exp(first coordinate), times 2. Clockwise, because the code multiplies rows by the matrix of the turn.
 * `noise` multiplies the 0.1 across the arm; the 0.3 along it is the arm's shape. Density: 240 to 400 Gaussians, a
 * quadrature over the radius. Median (95 %) relative error over the draws: 1e-3 (1e-2) at noise 1, 5e-3 (4e-2) at
 * 0.1, from the bending of the arms.
 */
export const pinwheel = defineDataset({
  id: 'pinwheel',
  label: 'Pinwheel',
  summary: 'Five bent arms that turn about the centre.',
  shape: 'the pinwheel',
  noisy: true,
  point(rng, noise) {
    const arm = rng.integer(ARMS);
    const r = RADIAL_MEAN + RADIAL_STD * rng.normal();
    const across = TANGENTIAL_STD * noise * rng.normal();
    const cos = Math.cos(turn(arm, r));
    const sin = Math.sin(turn(arm, r));
    return [SCALE * (r * cos + across * sin), SCALE * (across * cos - r * sin), arm];
  },
  classes: { names: ['first arm', 'second arm', 'third arm', 'fourth arm', 'fifth arm'], parts: arms },
});
