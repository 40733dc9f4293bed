import { expect, it } from 'vitest';
import { bitsLearner } from '../../src/worlds/bits/learn.ts';
import { type BitsSettings, bits } from '../../src/worlds/bits/world.ts';
import { categoriesLearner } from '../../src/worlds/categories/learn.ts';
import { type CategoriesSettings, categories } from '../../src/worlds/categories/world.ts';
import { changedSettings, defaultSettings } from '../../src/worlds/world.ts';
import { finished } from './words/training.ts';

interface Bound {
  readonly bits: number;
  readonly byStep: Float64Array;
  readonly prior: number;
  readonly first?: number;
}

const sumOf = ({ byStep, prior, first = 0 }: Bound) => byStep.reduce((a, b) => a + b, prior + first);

it.each(['jsd', 'linear'] as const)(
  'the parts of the bound of bits add up to it, by the schedule %s',
  async (schedule) => {
    const settings: BitsSettings = changedSettings(bits, defaultSettings(bits), { schedule, nChain: 10 });
    const model = await bitsLearner.build(settings);
    for (const denoiser of ['learned', 'factorised', 'exact']) {
      const bound = finished(
        model.answers.bound!({ denoiser }, settings) as unknown as Generator<void, Bound>,
      );
      expect(sumOf(bound), denoiser).toBeCloseTo(bound.bits, 9);
    }
    model.dispose();
  },
);

it('one variable of Categories is answered whole, and its parts add up', async () => {
  for (const matrix of ['absorbing', 'gaussian'] as const) {
    const settings: CategoriesSettings = changedSettings(categories, defaultSettings(categories), {
      matrix,
      variables: 'one',
      nChain: 10,
    });
    const model = await categoriesLearner.build(settings);
    const ask = (denoiser: string) =>
      finished(model.answers.bound!({ denoiser }, settings) as unknown as Generator<void, Bound>);
    const [exact, factorised, learned] = ['exact', 'factorised', 'learned'].map(ask) as [Bound, Bound, Bound];
    expect(factorised.bits).toBeCloseTo(exact.bits, 12);
    expect(learned.bits).toBeGreaterThan(exact.bits);
    for (const bound of [exact, factorised, learned]) expect(sumOf(bound)).toBeCloseTo(bound.bits, 9);
    const shape = (denoiser: string) => {
      const { answer } = model.answers.posterior!({ sequence: [4, 20], t: 3, denoiser }, settings) as {
        answer: number[][];
      };
      return answer.map(({ length }) => length);
    };
    for (const denoiser of ['exact', 'factorised', 'learned']) expect(shape(denoiser)).toEqual([1024]);
    model.dispose();
  }
});

it.each([1, 3, 10])(
  'fewer steps cost independent bits more, and the parts add up: %i of 10',
  async (steps) => {
    const settings: BitsSettings = changedSettings(bits, defaultSettings(bits), { nChain: 10 });
    const model = await bitsLearner.build(settings);
    const ask = (request: object) =>
      finished(model.answers.bound!(request, settings) as unknown as Generator<void, Bound>);
    const whole = ask({ denoiser: 'factorised' });
    const few = ask({ denoiser: 'factorised', steps });
    expect(few.byStep).toHaveLength(steps - 1);
    expect(sumOf(few)).toBeCloseTo(few.bits, 9);
    expect(few.bits).toBeGreaterThanOrEqual(whole.bits - 1e-9);
    // In one step the last H(X_1|X_0) is that of noise: nothing but coin flips.
    if (steps === 1) expect(few.bits).toBeCloseTo(20, 9);
    if (steps === 10) expect(few).toEqual(whole);
    const learned = ask({ denoiser: 'learned', steps });
    expect(sumOf(learned)).toBeCloseTo(learned.bits, 9);
    expect(learned.bits).toBeGreaterThanOrEqual(few.bits);
    expect(() => ask({ steps: 11 })).toThrow(/more than the T = 10/);
    model.dispose();
  },
);

it.each(['absorbing', 'uniform', 'gaussian', 'neighbour'] as const)(
  'Categories by %s: a cell answered whole costs the same in any number of steps, two coordinates more in fewer',
  async (matrix) => {
    const settings: CategoriesSettings = changedSettings(categories, defaultSettings(categories), {
      matrix,
      nChain: 10,
    });
    const model = await categoriesLearner.build(settings);
    const ask = (denoiser: string, steps: number) =>
      finished(model.answers.bound!({ denoiser, steps }, settings) as unknown as Generator<void, Bound>);
    const joint = ask('exact', 10).bits;
    let before = ask('factorised', 10).bits;
    for (const steps of [4, 2, 1]) {
      expect(ask('exact', steps).bits).toBeCloseTo(joint, 9);
      const few = ask('factorised', steps);
      expect(few.byStep).toHaveLength(steps);
      expect(sumOf(few)).toBeCloseTo(few.bits, 9);
      expect(few.bits).toBeGreaterThan(before);
      before = few.bits;
    }
    const learned = ask('learned', 2);
    expect(learned.bits).toBeGreaterThan(ask('factorised', 2).bits);
    expect(sumOf(learned)).toBeCloseTo(learned.bits, 9);
    model.dispose();
  },
);
