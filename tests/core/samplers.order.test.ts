import { describe, expect, it } from 'vitest';
import { arraySpace } from '../../src/core/arraySpace.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { exactDenoiser } from '../../src/core/exact.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { createRng } from '../../src/core/rng.ts';
import { noiseKeyOf, sample, samplingTimes } from '../../src/core/sample.ts';
import { adaptiveFlow } from '../../src/core/samplers/adaptiveFlow.ts';
import { annealedLangevin } from '../../src/core/samplers/annealedLangevin.ts';
import { dpmSolver1 } from '../../src/core/samplers/dpmSolver.ts';
import { dpmSolverPlusPlus2M } from '../../src/core/samplers/dpmSolverPlusPlus.ts';
import { heun } from '../../src/core/samplers/heun.ts';
import { buildSampler, samplers } from '../../src/core/samplers/index.ts';
import { annealedStepSize, langevinAt, normStepSize } from '../../src/core/samplers/langevin.ts';
import { predictorCorrector } from '../../src/core/samplers/predictorCorrector.ts';
import { clippedDenoiser, dynamicThreshold } from '../../src/core/samplers/thresholding.ts';
import { type UniPCVariant, uniPC } from '../../src/core/samplers/uniPC.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { timeGrids } from '../../src/core/timeGrids/index.ts';
import type {
  Density,
  ForwardProcess,
  Sampler,
  SampleState,
  StepContext,
  Vector,
} from '../../src/core/types.ts';
import { expectClose } from './golden.ts';
import { exploding, linearVp, straight } from './samplerFixtures.ts';

const mean = 0.5;
const std = 0.3;
const one: Density = [
  { kind: 'gaussian', weight: 1, mean: [mean, mean], covariance: [std ** 2, 0, std ** 2] },
];
const vp = linearVp(0.1, 20);

/** Orders of convergence; UniPC-2's corrector raises its order by one (Zhao et al. 2023, Theorem 3.1). */
function contextOf(process: ForwardProcess, density: Density = one, seed = 1): StepContext<Vector> {
  return {
    space: arraySpace(createRng(seed)),
    process,
    denoise: exactDenoiser(density, process),
    options: { eta: 0, variance: 'beta-tilde' },
    noiseKey: noiseKeyOf(1000),
  };
}

const last = (states: Iterable<SampleState<Vector>>): SampleState<Vector> => [...states].at(-1)!;
const normals = (seed: number, n: number) => arraySpace(createRng(seed)).gaussian(new Float64Array(2 * n), 0);
const evenly = (from: number, to: number, nSteps: number) =>
  Array.from({ length: nSteps + 1 }, (_, i) => from + ((to - from) * i) / nSteps);

/** The probability flow keeps (x − αμ)/√(α²s² + σ²) (Song et al. 2021, Eq. 13, solved). */
function flowOf(process: ForwardProcess, from: number, to: number): (x: number) => number {
  const [a, b] = [process.kernel(from), process.kernel(to)];
  const grow = Math.hypot(b.alpha * std, b.sigma) / Math.hypot(a.alpha * std, a.sigma);
  return (x) => b.alpha * mean + grow * (x - a.alpha * mean);
}

describe('samplers without noise', () => {
  const deterministic: readonly (readonly [Sampler, number])[] = [
    ...samplers.entries
      .filter((sampler) => !sampler.stochastic({ eta: 0, variance: 'beta' }) && !sampler.adaptive)
      .map((sampler) => [sampler, sampler.order ?? Number.NaN] as const),
    [uniPC('bh1'), 3],
  ];
  const start = Float64Array.of(1.7, -0.4);

  it.each(
    deterministic.flatMap(([sampler, order]) => [
      { id: sampler.id, sampler, order, name: 'VP', process: vp },
      { id: sampler.id, sampler, order, name: 'rectified flow', process: straight },
      { id: sampler.id, sampler, order, name: 'VE', process: exploding(5) },
    ]),
  )('$id on $name converges to the flow of a Gaussian with order $order, and back', (entry) => {
    const { sampler, order, process } = entry;
    for (const [from, to] of [
      [0.6, 0.2],
      [0.2, 0.6],
    ] as const) {
      const exact = start.map(flowOf(process, from, to));
      const error = (nSteps: number) => {
        const { x } = last(sample(sampler, contextOf(process), evenly(from, to, nSteps), start));
        return Math.hypot(x[0]! - exact[0]!, x[1]! - exact[1]!);
      };
      const measured = Math.log2(error(160) / error(320));
      expect(measured).toBeGreaterThan(order - 0.2);
      expect(measured).toBeLessThan(order + 0.35);
    }
  });

  it.each(deterministic.map(([sampler]) => sampler))('$id decodes what it encodes', (sampler) => {
    const density = datasets.get('moons').density(1);
    const x0 = datasets.get('moons').sample(30, createRng(2), 1);
    const nChain = 1000;
    const process = discreteChain(schedules.get('linear').betas(nChain, { rescale: true }));
    const context = contextOf(process, density);
    const roundTrip = (nSteps: number) => {
      const times = samplingTimes({ sampler, timeGrid: timeGrids.get('quadratic'), process, nSteps, nChain });
      const encoded = last(sample(sampler, context, times.toReversed(), x0)).x;
      const decoded = last(sample(sampler, context, times, encoded)).x;
      return Math.sqrt(decoded.reduce((sum, value, i) => sum + (value - x0[i]!) ** 2, 0) / 30);
    };
    const [coarse, fine] = [roundTrip(50), roundTrip(400)];
    expect(fine).toBeLessThan(coarse / 2);
    expect(fine).toBeLessThan(0.2);
  });

  it('the adaptive flow keeps its tolerance, on every process and both ways', () => {
    for (const process of [vp, straight, exploding(5)]) {
      for (const times of [
        [0.9, 0.4, 0],
        [0, 0.4, 0.9],
      ]) {
        const { path, nfe } = adaptiveFlow(process, contextOf(process).denoise, start, times, {
          rtol: 1e-8,
          atol: 1e-10,
        });
        path.forEach((x, k) => {
          expectClose(x, start.map(flowOf(process, times[0]!, times[k]!)), { absolute: 1e-6 });
        });
        expect(nfe).toBeGreaterThan(10);
      }
    }
    expect(() => adaptiveFlow(vp, contextOf(vp).denoise, start, [])).toThrow(RangeError);
    expect(() => adaptiveFlow(vp, contextOf(vp).denoise, start, [2, 0])).toThrow(/from 0 to 1/);
  });

  it.each([2, 4, 6])(
    'RK45 keeps its %i digits, on every process and both ways, for more evaluations',
    (digits) => {
      for (const process of [vp, straight, exploding(5)]) {
        for (const times of [
          [0.9, 0.01],
          [0.01, 0.9],
        ] as const) {
          const sampler = buildSampler('rk45', { digits }, 1);
          const { x, nfe } = last(sample(sampler, contextOf(process), times, start));
          expectClose(x, start.map(flowOf(process, times[0], times[1])), { absolute: 30 * 10 ** -digits });
          expect(nfe).toBeGreaterThan(10);
          const more = buildSampler('rk45', { digits: Math.min(6, digits + 1) }, 1);
          expect(last(sample(more, contextOf(process), times, start)).nfe).toBeGreaterThanOrEqual(nfe);
        }
      }
    },
  );

  it('RK45 decodes what it encodes, and refuses to read points that must be awaited', () => {
    const nChain = 1000;
    const process = discreteChain(schedules.get('linear').betas(nChain, { rescale: true }));
    const context = contextOf(process, datasets.get('moons').density(1));
    const x0 = datasets.get('moons').sample(30, createRng(2), 1);
    const sampler = buildSampler('rk45', { digits: 5 }, 1);
    const timeGrid = timeGrids.get('linear');
    const times = samplingTimes({ sampler, timeGrid, process, nSteps: 1, nChain });
    const encoded = last(sample(sampler, context, times.toReversed(), x0)).x;
    expectClose(last(sample(sampler, context, times, encoded)).x, x0, { absolute: 0.2 });
    const { values: _, ...space } = context.space;
    expect(() => last(sample(sampler, { ...context, space }, times, encoded))).toThrow(/must be awaited/);
  });

  it('Euler is rectified flow’s step on straight paths, and DDIM and DPM-Solver-1 on every process', () => {
    for (const process of [vp, straight, exploding(5)]) {
      const context = contextOf(process);
      const times = evenly(0.9, 0, 7);
      const ddim = [...sample(samplers.get('ddim'), context, times, start)];
      for (const sampler of [samplers.get('euler'), dpmSolver1]) {
        [...sample(sampler, context, times, start)].forEach(({ x }, k) => {
          expectClose(x, ddim[k]!.x, { absolute: 1e-12 });
        });
      }
    }
    const { denoise } = contextOf(straight);
    const x0Hat = denoise(start, 0.8);
    const step = last(sample(samplers.get('euler'), contextOf(straight), [0.8, 0.5], start)).x;
    const velocity = start.map((x, i) => (x - x0Hat[i]!) / 0.8); // ε̂ − x̂₀
    expectClose(
      step,
      start.map((x, i) => x + (0.5 - 0.8) * velocity[i]!),
      { absolute: 1e-12 },
    );
  });

  it('starts from pure noise, where no signal is left', () => {
    for (const [sampler] of deterministic) {
      const context = contextOf(straight);
      expect(last(sample(sampler, context, evenly(1, 0, 8), start)).x.every(Number.isFinite)).toBe(true);
    }
  });
});

describe('UniPC', () => {
  it.each(['bh1', 'bh2'] as const)('is UniP and UniC with B(h) of %s, written the long way', (variant) => {
    const times = [0.9, 0.7, 0.55, 0.3, 0.12];
    const context = contextOf(vp);
    const actual = last(sample(uniPC(variant), context, times, Float64Array.of(0.8, -1.2))).x;
    for (const axis of [0, 1]) {
      const x = axis === 0 ? 0.8 : -1.2;
      expectClose([actual[axis]!], [longHand(variant, times, x)], { absolute: 1e-12 });
    }
  });

  it('refuses other variants', () => {
    expect(() => uniPC('bh3' as UniPCVariant)).toThrow(/'bh1' or 'bh2', not 'bh3'/);
  });

  /** The reference's loop for one coordinate: predict, evaluate, correct, reuse the answer; none at the last step. */
  function longHand(variant: UniPCVariant, times: readonly number[], start: number): number {
    const denoise = (x: number, t: number) => exactDenoiser(one, vp)(Float64Array.of(x, x), t)[0]!;
    const lambda = (t: number) => Math.log(vp.kernel(t).alpha / vp.kernel(t).sigma);
    let x = start;
    const answers = [denoise(x, times[0]!)];
    for (let k = 1; k < times.length; k++) {
      const [t, s] = [times[k - 1]!, times[k]!];
      const hh = -(lambda(s) - lambda(t));
      const phi1 = Math.expm1(hh) / hh;
      const phi2 = (phi1 - 1) / hh;
      const phi3 = (phi2 - 1 / 2) / hh;
      const B = variant === 'bh1' ? hh : Math.expm1(hh);
      const { alpha, sigma } = vp.kernel(s);
      const now = answers[k - 1]!;
      const base = (sigma / vp.kernel(t).sigma) * x - alpha * hh * phi1 * now;
      const b = [(hh * phi2) / B, (2 * hh * phi3) / B] as const;
      if (k === 1) {
        const there = denoise(base, s);
        answers.push(there);
        x = base - alpha * B * 0.5 * (there - now);
        continue;
      }
      const r = (lambda(times[k - 2]!) - lambda(t)) / -hh;
      const slope = (answers[k - 2]! - now) / r;
      const predicted = base - alpha * B * 0.5 * slope;
      if (k === times.length - 1) return predicted;
      const there = denoise(predicted, s);
      answers.push(there);
      // [1 1; r 1] ρ = b
      const rho2 = (b[1] - r * b[0]) / (1 - r);
      x = base - alpha * B * ((b[0] - rho2) * slope + rho2 * (there - now));
    }
    return x;
  }
});

describe('settings of samplers', () => {
  const start = Float64Array.of(0.8, -1.2);

  it('DPM-Solver++ can end in first order', () => {
    const times = [0.9, 0.6, 0.3, 0.1];
    const lowered = [...sample(dpmSolverPlusPlus2M({ firstOrderFrom: 0.1 }), contextOf(vp), times, start)];
    const usual = [...sample(dpmSolverPlusPlus2M(), contextOf(vp), times, start)];
    expect(lowered[2]!.x).toEqual(usual[2]!.x);
    const ddim = last(sample(samplers.get('ddim'), contextOf(vp), [0.3, 0.1], usual[2]!.x)).x;
    expectClose(lowered[3]!.x, ddim, { absolute: 1e-12 });
    expect(lowered[3]!.x).not.toEqual(usual[3]!.x);
  });

  it('Tweedie’s formula ends what stops before the data, and adds nothing where it is reached', () => {
    const { denoise } = contextOf(vp);
    const ddim = samplers.get('ddim');
    const states = [...sample(ddim, contextOf(vp), [0.9, 0.3], start, { tweedie: true })];
    expect(states.map(({ t, nfe }) => [t, nfe])).toEqual([
      [0.9, 0],
      [0.3, 1],
      [0, 2],
    ]);
    expect(states[2]!.x).toEqual(denoise(states[1]!.x, 0.3));
    expect([...sample(ddim, contextOf(vp), [0.9, 0], start, { tweedie: true })]).toHaveLength(2);
  });

  it('churn keeps the noise level that it says, and refuses what is out of range', () => {
    const churn = heun({ sChurn: 30, nSteps: 200 });
    const gaussian = contextOf(vp);
    const points = last(sample(churn, gaussian, evenly(1, 0, 200), normals(3, 4000))).x;
    expect(deviation(points)).toBeCloseTo(std, 2);
    expect(churn.stochastic({ eta: 0, variance: 'beta' })).toBe(true);
    expect(() => last(sample(churn, gaussian, [0.1, 0.5], start))).toThrow(/from noise to data/);
    for (const bad of [{ sChurn: -1 }, { sTmin: 2, sTmax: 1 }, { sNoise: 0 }, { nSteps: 0 }]) {
      expect(() => heun(bad)).toThrow(RangeError);
    }
  });

  it.each([0, 1.5, Number.NaN])('refuses Langevin steps of %s', (bad) => {
    expect(() => annealedLangevin({ nInner: bad })).toThrow(RangeError);
    expect(() => predictorCorrector({ nInner: bad })).toThrow(RangeError);
    expect(() => annealedLangevin({ snr: bad })).toThrow(RangeError);
    expect(() => predictorCorrector({ snr: bad })).toThrow(RangeError);
    expect(() => normStepSize(bad, start, start)).toThrow(RangeError);
  });

  it('correctors bring the points of too small a variance back', () => {
    const spread = (nInner: number) => {
      const corrected = predictorCorrector({ nInner, snr: 0.3 }, samplers.get('ddim'));
      const tight = normals(3, 2000).map((x) => x / 4);
      const { x } = last(sample(corrected, contextOf(vp), [1, 0.6], tight));
      const { alpha, sigma } = vp.kernel(0.6);
      return deviation(x) / Math.hypot(alpha * std, sigma);
    };
    expect(spread(1)).toBeLessThan(0.7);
    expect(spread(30)).toBeGreaterThan(0.95);
  });
});

describe('Langevin dynamics at a fixed time', () => {
  it('has the exact stationary variance of its step size', () => {
    // On N(m, v): x ← x − (δ/v)(x − m) + √(2δ) z has the variance v/(1 − δ/2v).
    const { alpha, sigma } = vp.kernel(0.5);
    const v = (alpha * std) ** 2 + sigma ** 2;
    const delta = annealedStepSize(0.3, sigma);
    let x: Vector = new Float64Array(8000);
    for (x of langevinAt(contextOf(vp), 0.5, x, { delta, nSteps: 40 }));
    const exact = v / (1 - delta / (2 * v));
    expect(deviation(x) ** 2 / exact).toBeCloseTo(1, 1);
  });

  it('refuses t = 0 and settings out of range', () => {
    const run = (t: number, delta: number, nSteps: number) => () => [
      ...langevinAt(contextOf(vp), t, new Float64Array(2), { delta, nSteps }),
    ];
    expect(run(0, 0.1, 1)).toThrow(/needs noise/);
    expect(run(0.5, 0, 1)).toThrow(RangeError);
    expect(run(0.5, 0.1, 0)).toThrow(RangeError);
  });
});

describe('clipping and dynamic thresholding of x̂₀', () => {
  const points = Float64Array.of(0.5, -0.2, 3, 1, -4, 0.5);
  const answer = () => points;

  it('clip to the limit', () => {
    expect([...clippedDenoiser(answer)(points, 0.5)]).toEqual([0.5, -0.2, 1, 1, -1, 0.5]);
    expect([...clippedDenoiser(answer, 2)(points, 0.5)]).toEqual([0.5, -0.2, 2, 1, -2, 0.5]);
    expect(() => clippedDenoiser(answer, 0)).toThrow(RangeError);
  });

  it('shrink by the quantile of each point when it exceeds the limit', () => {
    // Halfway between the order statistics: s = max(1, 0.35), 2 and 2.25.
    const actual = dynamicThreshold(answer, { quantile: 0.5 })(points, 0.5);
    expectClose(actual, [0.5, -0.2, 1, 0.5, -1, 0.5 / 2.25], { absolute: 1e-12 });
    expect(points[2]).toBe(3);
    expect(() => dynamicThreshold(answer, { quantile: 1.1 })).toThrow(RangeError);
    expect(() => dynamicThreshold(answer, { limit: Number.NaN })).toThrow(RangeError);
  });
});

/** The root mean square deviation from the mean, over both axes. */
function deviation(points: Vector): number {
  const n = points.length / 2;
  const centre = [0, 1].map((axis) => points.reduce((sum, x, i) => (i % 2 === axis ? sum + x / n : sum), 0));
  return Math.sqrt(points.reduce((sum, x, i) => sum + (x - centre[i % 2]!) ** 2, 0) / (2 * n));
}
