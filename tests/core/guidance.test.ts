import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arraySpace } from '../../src/core/arraySpace.ts';
import { chainTables } from '../../src/core/chain.ts';
import { classDensity, classifierGradient } from '../../src/core/exact/labelled.ts';
import { exactDenoiser, exactEps, exactLogDensity, exactScore } from '../../src/core/exact.ts';
import {
  classifierFreeDenoiser,
  classifierGuidedDenoiser,
  forwardAgain,
  guideByScale,
  guideByWeight,
  guidedEps,
  guidedMean,
  guidedScore,
  imputedDenoiser,
  knownCoordinates,
  linearClassifierGradient,
  logFactorGradient,
  multipliedStep,
  multiplyDensity,
  perturbedMean,
  repaintStep,
  replaceKnown,
} from '../../src/core/guidance/index.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { vp } from '../../src/core/processes/vp.ts';
import { createRng } from '../../src/core/rng.ts';
import { ddim } from '../../src/core/samplers/ddim.ts';
import { ddpm } from '../../src/core/samplers/ddpm.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import type { Density, SampleState, StepContext, Vector } from '../../src/core/types.ts';
import {
  expectClose,
  flat,
  type GoldenMixture,
  goldenCases,
  goldenFile,
  mixtureDensity,
  type Points,
} from './golden.ts';

const { inputs } = goldenFile<{ inputs: { x_t: Points; eps: Points; z: Points } }>('guidance');
const [x, eps, z] = [flat(inputs.x_t), flat(inputs.eps), flat(inputs.z)];
const space = arraySpace(createRng(1));
const tolerance = { relative: 1e-12, absolute: 1e-14 };

interface Free {
  readonly smalldiffusion_predict_eps_cfg: Points;
  readonly dpm_solver_guidance_scale: Points;
}

it.each(goldenCases<{ scale: number }, Free>('guidance', (id) => id.startsWith('cfg_')))(
  'equals the golden $id',
  ({ params, values }) => {
    expectClose(
      guideByWeight(space, eps, z, params.scale),
      flat(values.smalldiffusion_predict_eps_cfg),
      tolerance,
    );
    expectClose(guideByScale(space, eps, z, params.scale), flat(values.dpm_solver_guidance_scale), tolerance);
  },
);

interface ClassifierParams {
  readonly T: number;
  readonly t: number;
  readonly scale: number;
  readonly W: readonly (readonly [number, number])[];
  readonly b: readonly number[];
  readonly y: readonly number[];
}
interface Guided {
  readonly gradient_times_scale: Points;
  readonly mean: Points;
  readonly variance: number;
  readonly condition_mean: Points;
  readonly condition_score_pred_xstart: Points;
  readonly condition_score_mean: Points;
  readonly p_sample: Points;
  readonly ddim_eta0: Points;
  readonly ddim_eta1: Points;
}

it.each(goldenCases<ClassifierParams, Guided>('guidance', (id) => id.startsWith('classifier_cosine')))(
  'equals the golden $id',
  ({ params, values }) => {
    const { T, t, scale } = params;
    const betas = schedules.get('cosine').betas(T, { rescale: false });
    const tables = chainTables(betas);
    const process = discreteChain(betas);
    const kernel = process.kernel(t / T);
    const gradient = linearClassifierGradient({ weights: params.W, biases: params.b }, x, params.y);
    // 1 − ᾱ cancels at t = 1 in the reference, as the README says.
    const loose = { relative: 1e-9, absolute: 1e-12 };
    expectClose(
      gradient.map((v) => scale * v),
      flat(values.gradient_times_scale),
      tolerance,
    );
    const x0Of = (noise: Vector) => x.map((v, i) => (v - kernel.sigma * noise[i]!) / kernel.alpha);
    const meanOf = (x0Hat: Vector) =>
      x.map((v, i) => tables.posteriorMeanCoef1[t - 1]! * x0Hat[i]! + tables.posteriorMeanCoef2[t - 1]! * v);
    const variance = tables.posteriorVariance[t - 1]!;
    const mean = meanOf(x0Of(eps));
    expectClose([variance], [values.variance], loose);
    expectClose(mean, flat(values.mean), loose);
    const shifted = guidedMean(space, mean, variance, gradient, scale);
    expectClose(shifted, flat(values.condition_mean), loose);
    expectClose(
      shifted.map((v, i) => v + Math.sqrt(variance) * z[i]!),
      flat(values.p_sample),
      loose,
    );
    const x0Hat = x0Of(guidedEps(space, eps, kernel, gradient, scale));
    expectClose(x0Hat, flat(values.condition_score_pred_xstart), loose);
    expectClose(meanOf(x0Hat), flat(values.condition_score_mean), loose);

    const denoise = classifierGuidedDenoiser(
      space,
      process,
      () => x0Of(eps),
      () => gradient,
      scale,
    );
    for (const [eta, expected] of [
      [0, values.ddim_eta0],
      [1, values.ddim_eta1],
    ] as const) {
      const context: StepContext<Vector> = {
        space: { ...space, gaussian: () => z },
        process,
        denoise,
        options: { eta, variance: 'beta-tilde' } as StepContext<Vector>['options'],
        noiseKey: () => 0,
      };
      const state = { t: t / T, x, x0Hat: null, nfe: 0, history: [] };
      expectClose(ddim.step(context, state, (t - 1) / T).x, flat(expected), loose);
    }
  },
);

it.each(
  goldenCases<ClassifierParams, { eps_guided: Points; sigma_t: number }>('guidance', (id) =>
    id.startsWith('classifier_dpm'),
  ),
)('equals the golden $id', ({ params, values }) => {
  const kernel = vp.build().kernel(params.t);
  expectClose([kernel.sigma], [values.sigma_t], tolerance);
  const gradient = linearClassifierGradient({ weights: params.W, biases: params.b }, x, params.y);
  expectClose(guidedEps(space, eps, kernel, gradient, params.scale), flat(values.eps_guided), tolerance);
});

interface Conditional {
  readonly classes: readonly { readonly class: number; readonly 'eps_cfg_w1.5': Points }[];
}
interface ConditionalParams {
  readonly mixture: GoldenMixture;
  readonly scale: number;
  readonly noise_var: number;
}

it.each(goldenCases<ConditionalParams, Conditional>('guidance', (id) => id.startsWith('exact_conditional')))(
  'equals the golden guidance $id, by either road',
  ({ params, values }) => {
    const density = mixtureDensity(params.mixture);
    const labelled = { density, labels: density.map((_, k) => k) };
    const kernel = { alpha: params.scale, sigma: Math.sqrt(params.noise_var) };
    const unconditional = exactEps(density, kernel, x);
    for (const one of values.classes) {
      const expected = flat(one['eps_cfg_w1.5']);
      const conditional = exactEps(classDensity(labelled, one.class), kernel, x);
      expectClose(guideByWeight(space, conditional, unconditional, 1.5), expected, { absolute: 1e-12 });
      const gradient = classifierGradient(labelled, kernel, x, one.class);
      expectClose(guidedEps(space, unconditional, kernel, gradient, 2.5), expected, { absolute: 1e-12 });
    }
  },
);

const mixture: Density = [
  { kind: 'gaussian', weight: 0.4, mean: [1, 0], covariance: [0.2, 0.05, 0.1] },
  { kind: 'gaussian', weight: 0.6, mean: [-1, 0.5], covariance: [0.1, 0, 0.3] },
];
const labelled = { density: mixture, labels: [0, 1] };
const process = discreteChain(schedules.get('cosine').betas(50, { rescale: false }));

describe('guidance', () => {
  it('by weight w is that by scale 1 + w', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 10, noNaN: true }), (w) => {
        expectClose(guideByWeight(space, eps, z, w), guideByScale(space, eps, z, 1 + w), { absolute: 1e-12 });
      }),
    );
  });

  it('of the denoiser, by a free model and by the exact classifier, is one thing', () => {
    const t = 0.4;
    const kernel = process.kernel(t);
    const conditional = exactDenoiser(classDensity(labelled, 1), process);
    const unconditional = exactDenoiser(mixture, process);
    const free = classifierFreeDenoiser(space, conditional, unconditional, 2);
    const byClassifier = classifierGuidedDenoiser(
      space,
      process,
      unconditional,
      (at, time) => classifierGradient(labelled, process.kernel(time), at, 1),
      3,
    );
    expectClose(free(x, t), byClassifier(x, t), { absolute: 1e-10 });
    const gradient = classifierGradient(labelled, kernel, x, 1);
    expectClose(
      guidedScore(space, exactScore(mixture, kernel, x), gradient, 1),
      exactScore(classDensity(labelled, 1), kernel, x),
      { absolute: 1e-11 },
    );
  });

  it('refuses NaN, no signal, and labels that do not fit', () => {
    expect(() => guideByWeight(space, eps, z, Number.NaN)).toThrow(/weight w/);
    expect(() => guideByScale(space, eps, z, Infinity)).toThrow(/scale s/);
    expect(() => guidedMean(space, eps, -1, z, 1)).toThrow(/variance/);
    const classifier = { weights: [[1, 0]] as const, biases: [0] };
    expect(() => linearClassifierGradient(classifier, x, [0])).toThrow(/as many points/);
    expect(() => linearClassifierGradient(classifier, x.slice(0, 2), [1])).toThrow(/label/);
    const blind = { kernel: () => ({ alpha: 0, sigma: 1 }), drift: () => 0, diffusion2: () => 0 };
    const guided = classifierGuidedDenoiser(
      space,
      blind,
      (at) => at,
      (at) => at,
      1,
    );
    expect(() => guided(x, 1)).toThrow(/alpha above 0/);
  });
});

describe('imputation', () => {
  const n = 600;
  const known = {
    x0: Float64Array.from({ length: 2 * n }, () => 0.8),
    mask: Uint8Array.from({ length: 2 * n }, (_, i) => (i % 2 === 0 ? 1 : 0)),
  };

  it('puts the known coordinates at their noise level and leaves the others', () => {
    const at = { alpha: 0.6, sigma: 0.8 };
    const out = replaceKnown(x, { x0: eps, mask: Uint8Array.from(x, (_, i) => i % 2) }, at, z);
    out.forEach((value, i) => {
      expect(value).toBe(i % 2 === 1 ? 0.6 * eps[i]! + 0.8 * z[i]! : x[i]);
    });
    const denoised = imputedDenoiser((v) => v.map(() => 7), { x0: eps, mask: new Uint8Array(16).fill(1) })(
      x,
      1,
    );
    expect(denoised).toEqual(eps);
  });

  it('jumps forward with the variance of the kernel', () => {
    const [from, to] = [process.kernel(0.3), process.kernel(0.5)];
    const still = forwardAgain(x, from, to, new Float64Array(x.length));
    expectClose(
      still,
      x.map((v) => (v * to.alpha) / from.alpha),
      { absolute: 1e-15 },
    );
    const moved = forwardAgain(new Float64Array(2), from, to, Float64Array.of(1, 0));
    expect((moved[0]! ** 2 + ((to.alpha / from.alpha) * from.sigma) ** 2) / to.sigma ** 2).toBeCloseTo(1, 12);
    expect(() => forwardAgain(x, to, from, z)).toThrow(/noisier/);
  });

  it('by RePaint finds the conditional of the sought coordinate', () => {
    const gaussian: Density = [{ kind: 'gaussian', weight: 1, mean: [0, 0], covariance: [0.5, 0.4, 0.5] }];
    const rng = createRng(9);
    const context: StepContext<Vector> = {
      space: arraySpace(rng.fork('sampler')),
      process,
      denoise: exactDenoiser(gaussian, process),
      options: { eta: 1, variance: 'beta-tilde' } as StepContext<Vector>['options'],
      noiseKey: (t) => Math.round(50 * t),
    };
    const start = rng.fork('start');
    let state: SampleState<Vector> = {
      t: 1,
      x: Float64Array.from({ length: 2 * n }, () => start.normal()),
      x0Hat: null,
      nfe: 0,
      history: [],
    };
    for (let i = 49; i >= 0; i--)
      state = repaintStep(ddpm, context, state, i / 50, knownCoordinates(known), 8);
    const sought = state.x.filter((_, i) => i % 2 === 1);
    const mean = sought.reduce((a, b) => a + b) / n;
    const variance = sought.reduce((a, b) => a + (b - mean) ** 2, 0) / n;
    expect(state.x.filter((_, i) => i % 2 === 0).every((v) => v === 0.8)).toBe(true);
    // y | x = 0.8 is N(0.64, 0.18).
    expect(Math.abs(mean - 0.64)).toBeLessThan(0.08);
    expect(Math.abs(variance - 0.18)).toBeLessThan(0.06);
    expect(() => repaintStep(ddpm, context, state, 0, knownCoordinates(known), 0)).toThrow(/repeats/);
  });

  it('refuses masks of another length', () => {
    expect(() => replaceKnown(x, known, process.kernel(0.5), z)).toThrow(/has 1200/);
  });
});

describe('multiplication by a Gaussian r(x)', () => {
  const r = { mean: [0.4, 0.2], covariance: [0.5, 0.1, 0.3] } as const;
  const logR = (at: Vector) => {
    const gradient = logFactorGradient(r, at);
    return Float64Array.from(
      { length: at.length / 2 },
      (_, i) =>
        (gradient[2 * i]! * (at[2 * i]! - r.mean[0]) + gradient[2 * i + 1]! * (at[2 * i + 1]! - r.mean[1])) /
        2,
    );
  };
  const clean = { alpha: 1, sigma: 0 };

  it('of a mixture is p·r up to one factor', () => {
    const product = multiplyDensity(mixture, r);
    const difference = exactLogDensity(product, clean, x).map(
      (value, i) => value - exactLogDensity(mixture, clean, x)[i]! - logR(x)[i]!,
    );
    expectClose(
      difference,
      difference.map(() => difference[0]!),
      { absolute: 1e-11 },
    );
    expect(product.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 14);
  });

  it('of a reverse step: the perturbed mean is the exact one to first order in the variance', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: -2, noNaN: true }), (exponent) => {
        const variance = 10 ** exponent;
        const exact = multipliedStep(x, variance, r);
        const near = perturbedMean(x, variance, r);
        expectClose(near, exact.mean, { absolute: 100 * variance ** 2 });
        expect(Math.abs(exact.covariance[0] / variance - 1)).toBeLessThan(5 * variance);
      }),
    );
  });

  it('refuses boxes and a covariance that is not positive', () => {
    const box: Density = [{ kind: 'box', weight: 1, low: [0, 0], high: [1, 1] }];
    expect(() => multiplyDensity(box, r)).toThrow(/box/);
    expect(() => perturbedMean(x, 1, { ...r, covariance: [1, 2, 1] })).toThrow(/positive definite/);
    expect(() => multipliedStep(x, 0, r)).toThrow(/variance/);
  });
});
