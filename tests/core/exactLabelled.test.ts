import { expect, it } from 'vitest';
import {
  classCount,
  classDensity,
  classifierGradient,
  classPosterior,
  classPrior,
} from '../../src/core/exact/labelled.ts';
import { exactEps, exactLogDensity } from '../../src/core/exact.ts';
import type { LabelledDensity } from '../../src/core/types.ts';
import {
  expectClose,
  flat,
  type GoldenMixture,
  goldenCases,
  goldenFile,
  mixtureDensity,
  type Points,
} from './golden.ts';

interface Conditional {
  readonly eps_unconditional: Points;
  readonly class_posterior: readonly (readonly number[])[];
  readonly classes: readonly {
    readonly class: number;
    readonly eps_conditional: Points;
    readonly grad_log_p_y_given_x: Points;
    readonly 'eps_cfg_w1.5': Points;
  }[];
}
interface ConditionalParams {
  readonly mixture: GoldenMixture;
  readonly scale: number;
  readonly noise_var: number;
}

const { inputs } = goldenFile<{ inputs: { x_t: Points } }>('guidance');
const x = flat(inputs.x_t);

it.each(goldenCases<ConditionalParams, Conditional>('guidance', (id) => id.startsWith('exact_conditional')))(
  'equals the golden conditional fields $id',
  ({ params, values }) => {
    const density = mixtureDensity(params.mixture);
    const labelled = { density, labels: density.map((_, k) => k) };
    const kernel = { alpha: params.scale, sigma: Math.sqrt(params.noise_var) };
    const tolerance = { absolute: 1e-12, relative: 1e-12 };
    expectClose(exactEps(density, kernel, x), flat(values.eps_unconditional), tolerance);
    expectClose(classPosterior(labelled, kernel, x), values.class_posterior.flat(), tolerance);
    for (const one of values.classes) {
      const conditional = classDensity(labelled, one.class);
      expectClose(exactEps(conditional, kernel, x), flat(one.eps_conditional), tolerance);
      expectClose(
        classifierGradient(labelled, kernel, x, one.class),
        flat(one.grad_log_p_y_given_x),
        tolerance,
      );
    }
  },
);

const labelled: LabelledDensity = {
  density: [
    { kind: 'gaussian', weight: 0.2, mean: [0, 0], covariance: [0.3, 0.1, 0.2] },
    { kind: 'box', weight: 0.5, low: [-1, -1], high: [0, 1] },
    { kind: 'gaussian', weight: 0.3, mean: [2, 1], covariance: [0.1, 0, 0.1] },
  ],
  labels: [1, 0, 1],
};

it('Σ p(y)·p(x_t|y) = p(x_t), and the gradient is the slope of the log-posterior', () => {
  const kernel = { alpha: 0.9, sigma: 0.4 };
  const prior = classPrior(labelled);
  expect(Array.from(prior)).toEqual([0.5, 0.5]);
  const total = exactLogDensity(labelled.density, kernel, x).map(Math.exp);
  const parts = [0, 1].map((y) => exactLogDensity(classDensity(labelled, y), kernel, x).map(Math.exp));
  expectClose(
    total.map((_, i) => prior[0]! * parts[0]![i]! + prior[1]! * parts[1]![i]!),
    total,
    { relative: 1e-13 },
  );
  const h = 1e-5;
  const up = classPosterior(
    labelled,
    kernel,
    x.map((v, i) => (i % 2 === 0 ? v + h : v)),
  );
  const down = classPosterior(
    labelled,
    kernel,
    x.map((v, i) => (i % 2 === 0 ? v - h : v)),
  );
  const gradient = classifierGradient(labelled, kernel, x, 1);
  const slope = Array.from(
    { length: x.length / 2 },
    (_, i) => (Math.log(up[2 * i + 1]!) - Math.log(down[2 * i + 1]!)) / (2 * h),
  );
  expectClose(
    gradient.filter((_, i) => i % 2 === 0),
    slope,
    { absolute: 1e-7, relative: 1e-7 },
  );
});

it('without noise and outside everything the prior stands', () => {
  const boxes: LabelledDensity = {
    density: [
      { kind: 'box', weight: 0.25, low: [0, 0], high: [1, 1] },
      { kind: 'box', weight: 0.75, low: [2, 0], high: [3, 1] },
    ],
    labels: [0, 1],
  };
  expect(Array.from(classPosterior(boxes, { alpha: 1, sigma: 0 }, Float64Array.of(9, 9, 0.5, 0.5)))).toEqual([
    0.25, 0.75, 1, 0,
  ]);
});

it('refuses labels that do not fit', () => {
  expect(() => classCount({ ...labelled, labels: [0, 1] })).toThrow(/one label/);
  expect(() => classCount({ ...labelled, labels: [0, 2, 2] })).toThrow(/all of 0…2/);
  expect(() => classCount({ ...labelled, labels: [0, 0.5, 1] })).toThrow(/whole number/);
  expect(() => classDensity(labelled, 2)).toThrow(/from 0 to 1/);
});
