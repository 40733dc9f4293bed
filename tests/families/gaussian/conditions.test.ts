import { beforeAll, describe, expect, it } from 'vitest';
import type { Model } from '../../../src/backends/model.ts';
import { simdBackend } from '../../../src/backends/simd/backend.ts';
import { initialState } from '../../../src/backends/state.ts';
import { classPosterior } from '../../../src/core/exact/labelled.ts';
import { depthWithin } from '../../../src/core/guidance/index.ts';
import { slicedWasserstein2 } from '../../../src/core/metrics/index.ts';
import { toScaled } from '../../../src/core/standardize.ts';
import { checkCondition } from '../../../src/experiment/conditions/check.ts';
import type { ConditionInput } from '../../../src/experiment/conditions/types.ts';
import { defaultConfig } from '../../../src/experiment/fields.ts';
import { type LearnedClassifier, learn } from '../../../src/families/gaussian/conditions/classifier/train.ts';
import { labelledOf } from '../../../src/families/gaussian/conditions/scaled.ts';
import { drawExact } from '../../../src/families/gaussian/conditions/target.ts';
import { createExperiment, freshData } from '../../../src/families/gaussian/experiment.ts';
import { drawSamples } from '../../../src/families/gaussian/requests.ts';
import type { SampleRequest, SampleResult } from '../../../src/protocol/protocol.ts';

const experiment = createExperiment({ ...defaultConfig, nPoints: 1000, nChain: 100, width: 8, depth: 1 });
let model: Model;

beforeAll(async () => {
  const backend = await simdBackend();
  const { ema } = initialState(experiment);
  const network = backend.createNetwork(experiment.task.shape, ema);
  model = { backend, network, source: 'own', step: 0 } as unknown as Model;
});

async function sampled(condition: ConditionInput, patch: Partial<SampleRequest> = {}): Promise<SampleResult> {
  const request = { sampler: 'ddpm', nSteps: 100, n: 400, seed: 1, denoiser: 'exact' as const, ...patch };
  const results: SampleResult[] = [];
  const job = drawSamples(
    { ...request, condition: checkCondition(condition) },
    model,
    experiment,
    (result) => {
      results.push(result);
    },
  );
  for await (const _ of job);
  return results[0]!;
}

const exact = (condition: ConditionInput, seed: number, n = 400) =>
  drawExact({ condition: checkCondition(condition), n, seed }, experiment);

const OUTLINE = [
  [-0.5, -3],
  [3, -3],
  [2, 0.5],
  [0.5, -0.5],
] as const;
const R = { kind: 'r', centre: [1, -0.5], sd: 0.6 } as const;

describe('samples under a condition', () => {
  it.each([
    [{ ...R, way: 'exact' }],
    [{ kind: 'r', centre: [1, -0.5], covariance: [0.5, 0.2, 0.3], way: 'exact' }],
    [{ kind: 'region', outline: OUTLINE, way: 'exact' }],
    [{ kind: 'class', index: 2, way: 'exact' }],
    [{ kind: 'class', index: 1, way: 'exact', algorithm: 1, at: 'x' }],
  ] as const)('are draws of the exact target: %j', async (condition) => {
    const { points } = await sampled(condition);
    const own = slicedWasserstein2(Float64Array.from(points), exact(condition, 2));
    expect(own).toBeLessThan(2 * slicedWasserstein2(exact(condition, 3), exact(condition, 4)));
  });

  it('lie within an outline by the slope of x̂₀’s depth in it, too', async () => {
    const { points } = await sampled(
      { kind: 'region', outline: OUTLINE, way: 'reconstruction' },
      { n: 200, nSteps: 50 },
    );
    const depths = Array.from({ length: 200 }, (_, i) =>
      depthWithin(OUTLINE, points[2 * i]!, points[2 * i + 1]!),
    );
    expect(depths.filter((depth) => depth > 0).length).toBeGreaterThan(160);
    const all = drawExact({ condition: checkCondition({ ...R, sd: 100 }), n: 400, seed: 1 }, experiment);
    const others = Array.from({ length: 400 }, (_, i) => depthWithin(OUTLINE, all[2 * i]!, all[2 * i + 1]!));
    expect(others.filter((depth) => depth > 0).length).toBeLessThan(200);
  });

  it.each(['replacement', 'repaint', 'projection'] as const)(
    'keep the known coordinate by %s',
    async (way) => {
      const { points } = await sampled(
        { kind: 'known', direction: [0, 1], value: 0.5, way, repeats: 2 },
        { n: 50 },
      );
      for (let i = 1; i < points.length; i += 2) expect(points[i]).toBeCloseTo(0.5, 5);
    },
  );

  it('by exact guidance come to the known line', async () => {
    const { points } = await sampled({ kind: 'known', direction: [0.6, 0.8], value: 0.5, way: 'exact' });
    const off = Math.max(
      ...Array.from({ length: 400 }, (_, i) =>
        Math.abs(0.6 * points[2 * i]! + 0.8 * points[2 * i + 1]! - 0.5),
      ),
    );
    expect(off).toBeLessThan(1e-3);
  });

  it.each(['exact', '2015', 'product', 'reconstruction'] as const)(
    'through the network by %s are finite, and the same again',
    async (way) => {
      const ask = () => sampled({ ...R, way }, { denoiser: 'learned', n: 20, nSteps: 10 });
      const [a, b] = [await ask(), await ask()];
      expect(a.points).toEqual(b.points);
      expect(a.points.every(Number.isFinite)).toBe(true);
      expect(a.nfe).toBe(way === 'reconstruction' ? 50 : 10);
    },
  );

  it.each([
    ['ddim', {}],
    ['dpm-solver-pp-2m', {}],
    ['heun', {}],
    ['rk45', {}],
    ['predictor-corrector', {}],
  ] as const)('follow exact guidance by %s', async (sampler, patch) => {
    const { points } = await sampled(
      { ...R, way: 'exact' },
      { sampler, nSteps: 40, timeGrid: 'quadratic', ...patch },
    );
    const own = slicedWasserstein2(Float64Array.from(points), exact(R, 2));
    expect(own).toBeLessThan(2.5 * slicedWasserstein2(exact(R, 3), exact(R, 4)) + 0.02);
  });
});

describe('conditions that cannot be met', () => {
  const refused = (condition: ConditionInput, patch: Partial<SampleRequest> = {}) =>
    sampled(condition, patch).then(
      () => '',
      ({ message, advice }) => `${message} ${advice}`,
    );

  it('say what is wrong and what to do', async () => {
    expect(await refused({ kind: 'r', centre: [60, 0], sd: 0.1, way: 'exact' })).toMatch(
      /zero wherever.*Move/,
    );
    expect(await refused({ kind: 'region', outline: OUTLINE.map(([x, y]) => [x + 60, y] as const) })).toMatch(
      /Fewer than one in a thousand of the data lie within the outline/,
    );
    expect(await refused({ kind: 'known', direction: [1, 0], angle: 90, value: 0 })).toMatch(
      /has both direction and angle/,
    );
    expect(await refused({ kind: 'known', direction: [1, 0], value: 50 })).toMatch(
      /50 lies outside.*Choose a value/,
    );
    expect(await refused({ kind: 'class', index: 7 })).toMatch(/no class 7.*from 1 to 2/);
    expect(
      await refused({ kind: 'class', index: 1, way: 'classifier-free' }, { denoiser: 'learned' }),
    ).toMatch(/taught/);
    expect(await refused({ ...R, way: '2015' }, { sampler: 'ddim', nSteps: 5 })).toMatch(
      /DDIM draws from none.*η/,
    );
    expect(
      await refused({ kind: 'known', direction: [1, 0], value: 0, way: 'repaint' }, { sampler: 'rk45' }),
    ).toMatch(/chooses its own/);
    expect(await refused({ ...R, way: 'exact' }, { sampler: 'langevin', nSteps: 5 })).toMatch(
      /one noise level/,
    );
    expect(() => exact({ kind: 'class', index: 3 }, 1)).toThrow(/no class 3/);
  });

  it.each([
    [null, /not an object/],
    [{ kind: 'q' }, /unknown; allowed: one of r, known, class/],
    [{ kind: 'r', centre: [0, 0] }, /one of sd and covariance/],
    [{ kind: 'r', centre: [0, 0], sd: 0 }, /sd = 0 is below/],
    [{ kind: 'r', centre: [0, 0], covariance: [1, 1, 1] }, /singular/],
    [{ kind: 'r', centre: [0, 0], covariance: [1, 2, 1] }, /singular/],
    [{ kind: 'r', centre: [0, Number.NaN], sd: 1 }, /centre\[1\]/],
    [{ kind: 'r', centre: [0, 0], sd: 1, way: 'magic' }, /way = "magic" is unknown/],
    [{ kind: 'r', centre: [0, 0], sd: 1, wy: 'exact' }, /wy is unknown/],
    [{ kind: 'known', direction: [1, 1], value: 0 }, /no unit vector/],
    [{ kind: 'known', direction: [1, 0] }, /value/],
    [{ kind: 'known', direction: [1, 0], value: 0, way: 'repaint', repeats: 11 }, /repeats = 11 is above 10/],
    [
      {
        kind: 'region',
        outline: [
          [0, 0],
          [1, 1],
        ],
      },
      /outline has 2 vertices/,
    ],
    [
      {
        kind: 'region',
        outline: [
          [0, 0],
          [1, 1],
          [2, 2],
        ],
      },
      /outline has no area/,
    ],
    [
      {
        kind: 'region',
        outline: [
          [0, 0],
          [1, 1],
          [2, Number.NaN],
        ],
      },
      /outline\[2\]\[1\]/,
    ],
    [{ kind: 'region' }, /outline = undefined is not a list/],
    [{ kind: 'class', index: 0 }, /index = 0 is below 1/],
    [{ kind: 'class', index: 1, scale: -1 }, /scale = -1 is below 0/],
  ])('%j is refused by its form', (value, message) => {
    expect(() => checkCondition(value)).toThrow(message);
  });
});

describe('the learned classifier', () => {
  let classifier: LearnedClassifier;
  beforeAll(async () => {
    const steps = learn(experiment, 400);
    for (let next = await steps.next(); ; next = await steps.next()) {
      if (next.done) {
        classifier = next.value;
        break;
      }
    }
  }, 60_000);

  it('comes near to the exact p(y|x_t)', () => {
    const x = toScaled(experiment.standardization, freshData(experiment, 500, 3));
    const kernel = experiment.process.kernel(0.2);
    const noised = x.map((value) => kernel.alpha * value);
    const truth = classPosterior(labelledOf(experiment), kernel, noised);
    const own = classifier.logPosterior(noised, kernel);
    const error = truth.reduce((sum, p, i) => sum + Math.abs(p - Math.exp(own[i]!)), 0) / truth.length;
    expect(error).toBeLessThan(0.08);
  });

  it('has the gradient that differences find', () => {
    const kernel = experiment.process.kernel(0.3);
    const x = Float64Array.of(0.3, -0.8, 1.1, 0.4);
    const slope = classifier.gradient(1)(x, kernel);
    const step = 1e-2;
    x.forEach((_, i) => {
      const [up, down] = [step, -step].map((by) => {
        const moved = x.slice();
        moved[i]! += by;
        return classifier.logPosterior(moved, kernel)[2 * (i >> 1) + 1]!;
      });
      expect(slope[i]!).toBeCloseTo((up! - down!) / (2 * step), 2);
    });
  });
});
