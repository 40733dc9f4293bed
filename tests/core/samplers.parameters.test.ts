import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arraySpace } from '../../src/core/arraySpace.ts';
import { exactDenoiser } from '../../src/core/exact.ts';
import { processes } from '../../src/core/processes/index.ts';
import type { Process } from '../../src/core/processes/process.ts';
import { samplePrior } from '../../src/core/processes/process.ts';
import { createRng } from '../../src/core/rng.ts';
import { noiseKeyOf, sample, samplingTimes } from '../../src/core/sample.ts';
import { buildSampler, samplers } from '../../src/core/samplers/index.ts';
import { thresholded, thresholdedDenoiser } from '../../src/core/samplers/thresholding.ts';
import { timeGrids } from '../../src/core/timeGrids/index.ts';
import type { Density, Sampler, SampleState, StepContext, Vector } from '../../src/core/types.ts';
import { expectClose } from './golden.ts';

const NCHAIN = 100;
const MEAN = 0.4;
const STD = 0.8;
const gaussian: Density = [
  { kind: 'gaussian', weight: 1, mean: [MEAN, MEAN], covariance: [STD ** 2, 0, STD ** 2] },
];

function contextOf(process: Process, seed = 1): StepContext<Vector> {
  return {
    space: arraySpace(createRng(seed)),
    process,
    denoise: exactDenoiser(gaussian, process),
    options: { eta: 0, variance: 'beta-tilde' },
    noiseKey: noiseKeyOf(NCHAIN),
  };
}

const last = (states: Iterable<SampleState<Vector>>): SampleState<Vector> => [...states].at(-1)!;
/** Every process that a person can choose, with the least noise at which its last step is small. */
const built = [
  ...processes.entries.map((family) => ({ id: family.id, process: family.build() })),
  { id: 'edm by the clock of the paper', process: processes.get('edm').build({ rho: 1 }) },
].map(({ id, process }) => {
  const start = process.kernel(0);
  return { id, process, tMin: process.timeOf(Math.max(0.02, (1.01 * start.sigma) / start.alpha)) };
});

/** Steps of first order in f and g², or with a score that has not settled, come only near with as many of them. */
const ROUGH = [
  'euler-maruyama',
  'reverse-diffusion',
  'predictor-corrector',
  'probability-flow',
  'annealed-langevin',
];

const momentsOf = (x: Vector) => {
  const average = x.reduce((sum, value) => sum + value, 0) / x.length;
  return { average, std: Math.sqrt(x.reduce((sum, value) => sum + (value - average) ** 2, 0) / x.length) };
};

describe.each(built)('with the process $id, the exact denoiser of a Gaussian', ({ id, process, tMin }) => {
  const cases = samplers.entries
    .filter(({ fixedTime }) => fixedTime === undefined)
    .flatMap((sampler) =>
      timeGrids.entries.map((timeGrid) => ({ sampler, timeGrid, name: `${sampler.id} on ${timeGrid.id}` })),
    );

  // Grids that come to the same times have the same samples: they are drawn once.
  const drawn = new Map<string, Vector>();
  const samplesAt = (sampler: Sampler, times: readonly number[]): Vector => {
    const key = `${sampler.id} ${times}`;
    const known = drawn.get(key);
    if (known) return known;
    // Bounds as wide as these are told from fewer points, but for one whose mean wanders.
    const wide = ROUGH.includes(sampler.id) && sampler.id !== 'annealed-langevin';
    const start = samplePrior(process, wide ? 600 : 1500, createRng(7));
    const { x } = last(sample(sampler, contextOf(process), times, start, { tweedie: true }));
    drawn.set(key, x);
    return x;
  };

  it.each(cases)('is sampled by $name', ({ sampler, timeGrid }) => {
    const tau = Array.from({ length: NCHAIN }, (_, i) => i);
    const nSteps = ROUGH.includes(sampler.id) || sampler.wholeChain ? NCHAIN : 60;
    const times = samplingTimes({ sampler, timeGrid, process, nSteps, nChain: NCHAIN }, { tau, tMin });
    const { average, std } = momentsOf(samplesAt(sampler, times));
    // The paper's σ at 1/T is most of the data's spread: what is left of it after one denoising is too narrow.
    const leapsToData = id === 'edm by the clock of the paper' && times.at(-2)! >= 1 / NCHAIN;
    const rough = ROUGH.includes(sampler.id) || leapsToData;
    // From σ_max = 80 in even steps of its clock, methods of first order are not there yet.
    const farOnEdm = id === 'edm' && !['log-snr', 'karras'].includes(timeGrid.id);
    // The variance of DDPM's step is of first order in its length, and Karras' steps are long where most noise goes.
    const far = farOnEdm || (sampler.id === 'ddpm' && timeGrid.id === 'karras');
    expect(Math.abs(average - MEAN)).toBeLessThan(rough ? 0.15 : 0.06);
    expect(Math.abs(std / STD - 1)).toBeLessThan(rough ? 0.6 : far ? 0.12 : 0.06);
  });
});

describe('numbers that shape a sampler', () => {
  const vp = built[0]!.process;
  const run = (sampler: Sampler, nSteps = 10) => {
    const choice = { sampler, timeGrid: timeGrids.get('linear'), process: vp, nSteps, nChain: NCHAIN };
    return last(sample(sampler, contextOf(vp), samplingTimes(choice), samplePrior(vp, 50, createRng(2))));
  };

  it.each(samplers.entries)(
    '$id is the registry’s with the initial ones, and takes any in range',
    (sampler) => {
      const parameters = sampler.parameters ?? [];
      const initial = Object.fromEntries(parameters.map(({ name, initial }) => [name, initial]));
      expect(run(buildSampler(sampler.id, initial, 10)).x).toEqual(run(sampler).x);
      expect(buildSampler(sampler.id, {}, 10)).toMatchObject({ id: sampler.id, label: sampler.label });
      const values = fc.tuple(
        ...parameters.map(({ name, low, high, whole }) =>
          fc.tuple(
            fc.constant(name),
            whole ? fc.integer({ min: low, max: high }) : fc.double({ min: low, max: high, noNaN: true }),
          ),
        ),
      );
      fc.assert(
        fc.property(values, (chosen) => {
          expect(run(buildSampler(sampler.id, Object.fromEntries(chosen), 10)).x.every(Number.isFinite)).toBe(
            true,
          );
        }),
        { numRuns: parameters.length === 0 ? 1 : 10 },
      );
    },
  );

  it.each(samplers.entries)('$id refuses numbers that it has not, or out of range', (sampler) => {
    expect(() => buildSampler(sampler.id, { magic: 1 }, 10)).toThrow(/no parameter 'magic'/);
    for (const { name, low, high } of sampler.parameters ?? []) {
      for (const bad of [low - 1, high + 1, Number.NaN]) {
        expect(() => buildSampler(sampler.id, { [name]: bad }, 10)).toThrow(RangeError);
      }
    }
  });

  it.each(samplers.entries.filter(({ adaptive }) => !adaptive))(
    '$id counts the evaluations of a step',
    (sampler) => {
      const times = [0.6, 0.4];
      const { nfe } = last(sample(sampler, contextOf(vp), times, samplePrior(vp, 5, createRng(2))));
      expect(nfe).toBe(sampler.nfePerStep ?? 1);
    },
  );

  it('share one range among samplers that have the same', () => {
    const all = samplers.entries.flatMap(({ parameters = [] }) => parameters);
    for (const { name, low, high, whole } of all) {
      for (const other of all.filter((parameter) => parameter.name === name)) {
        expect([other.low, other.high, other.whole]).toEqual([low, high, whole]);
      }
    }
  });

  it('churn stirs noise into Heun’s steps, but not outside its levels', () => {
    expect(buildSampler('heun', {}, 10).stochastic({ eta: 0, variance: 'beta' })).toBe(false);
    const churning = buildSampler('heun', { sChurn: 30 }, 10);
    expect(churning.stochastic({ eta: 0, variance: 'beta' })).toBe(true);
    expect(run(churning).x).not.toEqual(run(samplers.get('heun')).x);
    for (const nowhere of [
      { sTmin: 1000, sTmax: 1000 },
      { sTmin: 2, sTmax: 1 },
    ]) {
      expect(run(buildSampler('heun', { sChurn: 30, ...nowhere }, 10)).x).toEqual(
        run(samplers.get('heun')).x,
      );
    }
  });
});

describe.each(built)('Langevin dynamics at a fixed t of $id', ({ process }) => {
  it('draws from p_t, whatever times count its steps', () => {
    const fixedTime = 0.5;
    const sampler = buildSampler('langevin', { fixedTime, stepSize: 0.02 }, 400);
    const choice = { sampler, timeGrid: timeGrids.get('linear'), process, nSteps: 400, nChain: NCHAIN };
    const times = samplingTimes(choice);
    expect(times).toHaveLength(401);
    const { x, t } = last(
      sample(sampler, contextOf(process), times, samplePrior(process, 1500, createRng(7))),
    );
    expect(t).toBe(0);
    const { alpha, sigma } = process.kernel(fixedTime);
    const spread = Math.hypot(alpha * STD, sigma);
    const { average, std } = momentsOf(x);
    expect(Math.abs(average - alpha * MEAN)).toBeLessThan(0.07 * Math.max(1, spread));
    expect(Math.abs(std / spread - 1)).toBeLessThan(0.06);
  });

  it('needs noise there', () => {
    const clean = { ...process, kernel: () => ({ alpha: 1, sigma: 0 }) };
    const steps = sample(samplers.get('langevin'), contextOf(clean), [1, 0], Float64Array.of(0, 0));
    expect(() => last(steps)).toThrow(/needs noise; there is none at t = 0.3/);
  });
});

describe('learned variance', () => {
  const vp = built[0]!.process;
  const ancestral = (patch: Partial<StepContext<Vector>>) =>
    last(
      sample(
        samplers.get('ddpm'),
        { ...contextOf(vp), ...patch },
        [0.6, 0.4],
        samplePrior(vp, 5, createRng(2)),
      ),
    ).x;
  const between =
    (v: number): StepContext<Vector>['learnedNoise'] =>
    (_, __, { logLow, logHigh }, z) =>
      z.map((value) => value * Math.exp((v * logHigh + (1 - v) * logLow) / 2));
  const learned = { eta: 0, variance: 'learned' } as const;

  it('is β̃ at v = 0, β at v = 1, and in between between', () => {
    const low = ancestral({ options: { eta: 0, variance: 'beta-tilde' } });
    const high = ancestral({ options: { eta: 0, variance: 'beta' } });
    expectClose(ancestral({ options: learned, learnedNoise: between(0) }), low, { absolute: 1e-12 });
    expectClose(ancestral({ options: learned, learnedNoise: between(1) }), high, { absolute: 1e-12 });
    const half = ancestral({ options: learned, learnedNoise: between(0.5) });
    half.forEach((value, i) => {
      expect((value - low[i]!) * (value - high[i]!)).toBeLessThan(0);
    });
  });

  it.each([null, undefined])('is refused where none was learned (%s)', (learnedNoise) => {
    expect(() => ancestral({ options: learned, learnedNoise })).toThrow(/has learned no variance/);
  });
});

describe('the range of x̂₀', () => {
  const points = Float64Array.of(0.5, -3, 4, 2, -0.1, 0.2);

  it('is cut off at a limit, coordinate by coordinate', () => {
    expect([...thresholded(points, { kind: 'limit', limit: 1 })]).toEqual([0.5, -1, 1, 1, -0.1, 0.2]);
  });

  it('or shrunk point by point, where a point oversteps it', () => {
    const whole = { kind: 'dynamic', limit: 1, quantile: 1 } as const;
    expectClose(thresholded(points, whole), [1 / 6, -1, 1, 0.5, -0.1, 0.2], { absolute: 1e-12 });
  });

  it('holds for a denoiser on any space; none is the denoiser itself', () => {
    const space = arraySpace(createRng(1));
    const identity = (x: Vector) => x;
    expect(thresholdedDenoiser(identity, space, null)).toBe(identity);
    expect(Math.max(...thresholdedDenoiser(identity, space, { kind: 'limit', limit: 2 })(points, 1))).toBe(2);
    for (const limit of [0, -1, Number.NaN]) {
      for (const how of [
        { kind: 'limit', limit } as const,
        { kind: 'dynamic', limit, quantile: 1 } as const,
      ]) {
        expect(() => thresholdedDenoiser(identity, space, how)).toThrow(/must be a number from/);
      }
    }
  });
});
