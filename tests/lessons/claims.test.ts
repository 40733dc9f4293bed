import { expect, it } from 'vitest';
import { exactLogDensity, exactScore } from '../../src/core/exact.ts';
import { memorisedFraction, slicedWasserstein2 } from '../../src/core/metrics/index.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Vector } from '../../src/core/types.ts';
import { processOf } from '../../src/experiment/noise.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { createExperiment, freshData } from '../../src/families/gaussian/experiment.ts';
import { configOf } from '../../src/lessons/experiment.ts';
import { experiments } from '../../src/lessons/experiments/index.ts';
import { LEARNED_CLAIMS } from './learnedClaims.ts';
import * as m from './measure.ts';

/** Particles, so that a share of strays is good to a percent. */
const N = 1500;
/** Of the claims that hold by so much that a third of the particles tell. */
const FEW = 500;
const CLEAR: readonly string[] = [
  'one-step',
  'eta',
  'folded-sheet',
  'variance-exploding',
  'langevin',
  'best-guess',
  'own-data',
  'guidance',
  'clipping',
];

/** Of those that compare small shares: as many as hold at any seed. */
const MANY = 4000;
const CLOSE: readonly string[] = ['signal-left', 'edm-heun'];

/** How many particles a claim is tried with. */
function particles(id: string): number {
  if (CLOSE.includes(id)) return MANY;
  return CLEAR.includes(id) ? FEW : N;
}

type Measurement = (config: ExperimentConfig) => Promise<void> | void;

const straysOf = async (config: ExperimentConfig): Promise<number[]> =>
  (await m.endsOf(config)).map((ends) => m.strayShare(config, ends));
const trajectoriesOf = (config: ExperimentConfig) =>
  Promise.all(config.stages.map((_, index) => m.trajectoryOf(config, index)));
const signalAt = (config: ExperimentConfig, t: number): number => processOf(config).kernel(t).alpha ** 2;

function falling(values: readonly number[]): void {
  expect(values).toEqual([...values].sort((a, b) => b - a));
}

/** Each claim about samplers, schedules and exact answers, by the experiment that makes it. */
const MEASURED: Readonly<Record<string, Measurement>> = {
  async 'one-step'(config) {
    const [one] = await m.endsOf(config);
    expect(m.spread(one!)).toBeLessThan(0.1 * m.spread(freshData(createExperiment(config), N, 1)));
    const [first, second, third] = await straysOf(config);
    expect(first).toBeGreaterThan(0.95);
    expect(second).toBeGreaterThan(0.15);
    expect(third).toBeLessThan(0.03);
  },
  async 'ddpm-steps'(config) {
    const strays = await straysOf(config);
    falling(strays);
    expect(strays[0]).toBeGreaterThan(0.5);
    expect(strays[1]).toBeLessThan(0.05);
  },
  async 'ddim-steps'(config) {
    falling(await straysOf(config));
    const [ten, , all] = await m.endsOf(config);
    // The clouds are 1.2 apart.
    expect(m.apart(ten!, all!)).toBeLessThan(0.6);
  },
  async 'ten-each'(config) {
    const truth = freshData(createExperiment(config), N, 1);
    const [ddpm, ddim] = await m.endsOf(config);
    const distance = (samples: Vector) => slicedWasserstein2(samples, truth);
    expect(distance(ddpm!)).toBeGreaterThan(1.2 * distance(ddim!));
  },
  async 'same-noise'(config) {
    const [few, , many] = await m.endsOf(config);
    const stage = { ...config.stages[2]!, sampler: 'ddpm' } as ExperimentConfig['stages'][number];
    const [other] = await m.endsOf({ ...config, stages: [stage] });
    expect(m.apart(few!, many!)).toBeLessThan(m.apart(many!, other!) / 8);
  },
  async eta(config) {
    const [none, half, full] = (await trajectoriesOf(config)).map(m.detour);
    expect(half).toBeGreaterThan(4 * none!);
    expect(full).toBeGreaterThan(1.3 * half!);
    for (const strays of await straysOf(config)) expect(strays).toBeLessThan(0.03);
  },
  async 'ode-sde'(config) {
    const [smooth, ...rough] = (await trajectoriesOf(config)).map(m.detour);
    for (const length of rough) expect(length).toBeGreaterThan(10 * smooth!);
    for (const strays of await straysOf(config)) expect(strays).toBeLessThan(0.03);
  },
  async 'folded-sheet'(config) {
    const flat = await m.trajectoryOf(config, 1);
    expect(m.unfoldedShare(flat, -1)).toBeGreaterThan(0.99);
  },
  async 'encode-decode'(config) {
    const [noise] = await m.endsOf(config);
    const start = m.framePoints(await m.trajectoryOf(config, 0), 0);
    const units = createExperiment(config).standardization;
    expect(Math.abs(m.spread(noise!) / (units.scale * Math.SQRT2) - 1)).toBeLessThan(0.05);
    const back = await m.endsFrom(config, 1, noise!);
    expect(m.apart(start, back)).toBeLessThan(0.05 * m.spread(start));
  },
  async 'where-steps'(config) {
    const [even, ...shrinking] = await straysOf(config);
    expect(even).toBeGreaterThan(0.5);
    for (const strays of shrinking) expect(strays).toBeLessThan(even! / 5);
  },
  async 'step-list'(config) {
    const [doubling, noisy] = await straysOf(config);
    expect(doubling).toBeLessThan(noisy! / 3);
  },
  async 'second-order'(config) {
    const [first, ...second] = await straysOf(config);
    const error = Math.sqrt(first! / N);
    for (const strays of second) expect(strays).toBeLessThan(first! - 3 * error);
  },
  async heun(config) {
    const nfe = (await trajectoriesOf(config)).map((each) => each.nfe.at(-1));
    expect(nfe).toEqual([9, 9]);
    const [ddim, heun] = await straysOf(config);
    expect(heun).toBeLessThan(ddim! / 2);
  },
  async 'own-steps'(config) {
    const nfe = (await trajectoriesOf(config)).map((each) => -each.nfe.at(-1)!);
    falling(nfe);
    expect(nfe[2]).toBeLessThan(1.5 * nfe[0]!);
    const [, three, five] = await m.endsOf(config);
    expect(m.apart(three!, five!)).toBeLessThan(0.1);
  },
  'linear-cosine'(config) {
    const [cosine, linear] = [config, { ...config, schedule: 'linear' }].map((each) => signalAt(each, 0.5));
    expect(cosine).toBeGreaterThan(5 * linear!);
  },
  async 'one-jump'(config) {
    const [chain, jump] = await trajectoriesOf(config);
    expect(m.detour(chain!)).toBeGreaterThan(5 * m.detour(jump!));
    for (const t of [0.1, 0.3, 0.5, 1]) {
      const [a, b] = [chain!, jump!].map((each) => m.spread(m.framePoints(each, m.frameAt(each, t))));
      expect(Math.abs(a! - b!)).toBeLessThan(0.05 * b!);
    }
  },
  async 'signal-left'(config) {
    expect(signalAt(config, 1)).toBeGreaterThan(0.5);
    const [, left] = await straysOf(config);
    const [, none] = await straysOf({ ...config, zeroTerminalSnr: true });
    expect(left).toBeGreaterThan(2 * none!);
  },
  async 'zero-terminal'(config) {
    expect(signalAt(config, 1)).toBeLessThan(1.1e-6);
    const [, ddim] = await straysOf(config);
    expect(ddim).toBeLessThan(0.025);
  },
  async 'variance-exploding'(config) {
    const { kernel } = processOf(config);
    for (const t of [0, 0.5, 1]) expect(kernel(t).alpha).toBe(1);
    expect(kernel(1).sigma).toBeCloseTo(50, 6);
    for (const strays of (await straysOf(config)).slice(1)) expect(strays).toBeLessThan(0.04);
  },
  async 'rectified-flow'(config) {
    const kernels = [0.1, 0.4, 0.9].map((t) => processOf(config).kernel(t));
    for (const { alpha, sigma } of kernels) expect(alpha + sigma).toBeCloseTo(1, 12);
    const straight = await straysOf(config);
    const bent = await straysOf({ ...config, process: 'vp' });
    expect(straight[1]).toBeLessThan(bent[1]! / 4);
  },
  async 'edm-heun'(config) {
    expect((await trajectoriesOf(config)).map((each) => each.nfe.at(-1))).toEqual([35, 35]);
    const [euler, heun] = await straysOf(config);
    expect(heun).toBeLessThan(euler! - Math.sqrt((euler! + heun!) / MANY));
  },
  async langevin(config) {
    const [one, all] = await straysOf(config);
    expect(one).toBeGreaterThan(1 / 3);
    expect(all).toBeLessThan(0.05);
  },
  async 'blurred-target'(config) {
    const [blurred] = await m.endsOf(config);
    expect(m.strayShare(config, blurred!)).toBeGreaterThan(0.2);
    const forward = await m.trajectoryOf(
      { ...config, stages: [{ id: 1, kind: 'forward', mode: 'closed-form', layers: [], run: '' }] },
      0,
    );
    const noised = m.spread(m.framePoints(forward, m.frameAt(forward, 0.3)));
    expect(Math.abs(m.spread(blurred!) - noised)).toBeLessThan(0.07 * noised);
  },
  uphill(config) {
    const { density, process } = createExperiment(config);
    const rng = createRng(1);
    const x = Float64Array.from({ length: 400 }, () => 1.5 * rng.normal());
    for (const t of [0.1, 0.2, 0.5]) {
      const kernel = process.kernel(t);
      const score = exactScore(density, kernel, x);
      const gain = (angle: number): Vector => {
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const moved = x.map((value, i) => {
          const [a, b] = [score[i - (i % 2)]!, score[i - (i % 2) + 1]!];
          const length = Math.hypot(a, b);
          return value + ((i % 2 === 0 ? c * a - s * b : s * a + c * b) / length) * 1e-4;
        });
        const before = exactLogDensity(density, kernel, x);
        return exactLogDensity(density, kernel, moved).map((value, i) => value - before[i]!);
      };
      const uphill = gain(0);
      expect(Math.min(...uphill)).toBeGreaterThan(0);
      for (let k = 1; k < 16; k++) {
        const other = gain((2 * Math.PI * k) / 16);
        expect(uphill.every((value, i) => value > other[i]!)).toBe(true);
      }
    }
  },
  async 'best-guess'(config) {
    const trajectory = await m.trajectoryOf(config, 0);
    const data = m.spread(freshData(createExperiment(config), N, 1));
    const guesses = (frame: number) => m.spread(m.framePoints(trajectory, frame, trajectory.x0Hat));
    expect(guesses(0)).toBeLessThan(0.1 * data);
    expect(guesses(-1)).toBeGreaterThan(0.9 * data);
  },
  async 'few-data'(config) {
    const [, , ends] = await m.endsOf(config);
    expect(memorisedFraction(ends!, Float64Array.from(config.customPoints))).toBeGreaterThan(0.7);
  },
  async 'own-data'(config) {
    const ends = m.framePoints(await m.trajectoryOf(config, 2), -1);
    expect(m.mean(m.nearest(ends, config.customPoints))).toBeLessThan(0.1);
  },
  async 'thin-lines'(config) {
    const [even, quadratic] = await straysOf(config);
    const [usual] = await straysOf({ ...config, noise: 1, stages: config.stages.slice(0, 1) });
    expect(even).toBeGreaterThan(1.2 * usual!);
    expect(even).toBeGreaterThan(3 * quadratic!);
  },
  async guidance(config) {
    const spreads = (await m.endsOf(config)).map(m.spread);
    falling(spreads);
    expect(spreads[2]).toBeLessThan(spreads[0]! / 2);
  },
  async clipping(config) {
    const farthest = (await trajectoriesOf(config)).map(({ x0Hat, nParticles, times }): number =>
      // The last frame has no guess, but the samples.
      x0Hat
        .subarray(0, 2 * nParticles * (times.length - 1))
        .reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    );
    const { standardization } = createExperiment(config);
    const limit = 2 * standardization.scale + Math.max(...standardization.centre.map(Math.abs));
    expect(farthest[0]).toBeGreaterThan(1.5 * limit);
    expect(farthest[1]).toBeLessThanOrEqual(limit + 1e-5);
    expect(farthest[2]).toBeLessThanOrEqual(limit + 1e-5);
  },
};

it.each(experiments.entries)('$id: $claim', async ({ id, settings }) => {
  const measure = MEASURED[id];
  if (measure === undefined) {
    expect(LEARNED_CLAIMS, 'measured in tests/browser/experiments.spec.ts').toContain(id);
    return;
  }
  await measure({ ...configOf({ settings }), nParticles: particles(id) });
});

it('measures no experiment that there is not', () => {
  const ids = experiments.entries.map(({ id }) => id).sort();
  expect([...Object.keys(MEASURED), ...LEARNED_CLAIMS].sort()).toEqual(ids);
  expect(Object.keys(MEASURED)).toEqual(expect.arrayContaining([...CLEAR, ...CLOSE]));
});
