import { describe, expect, it } from 'vitest';
import { budget } from '../../../../src/families/gaussian/studies/budget.ts';
import { shapley, subsetsOf } from '../../../../src/families/gaussian/studies/shapley.ts';
import { newStage } from '../../../../src/views/index.ts';
import { openSimd } from '../../../backends/simdInNode.ts';
import { smallConfig } from '../smallExperiment.ts';
import { askedOf, studied } from './studyOnCpu.ts';

describe('the parts of a difference', () => {
  const parts = ['a', 'b', 'c'] as const;

  it('are what each takes away, where they do not meddle', () => {
    const worth = { a: 1, b: 2, c: 4 };
    const value = (swapped: readonly (typeof parts)[number][]) =>
      10 - swapped.reduce((sum, part) => sum + worth[part], 0);
    expect(shapley(parts, value)).toEqual(worth);
  });

  it('add up, and are shared evenly where only all together help', () => {
    const value = (swapped: readonly string[]) => (swapped.length === 3 ? 0 : 3);
    for (const part of Object.values(shapley(parts, value))) expect(part).toBeCloseTo(1, 12);
    expect(subsetsOf(parts)).toHaveLength(8);
  });
});

const stage = { ...newStage.reverse, sampler: 'ddim', nSteps: 3 };
const config = { ...smallConfig, nChain: 50 };
const ask = { n: 200, draws: 3, seed: 1 };

describe('the error budget', () => {
  it('adds up to the total within its errors, and blames an untrained network', async () => {
    const { result, heard, done } = await studied(
      budget,
      { stage: { ...stage, nSteps: 40 }, ...ask },
      await askedOf(config),
    );
    const { prior, network, solver, total, errors } = result;
    const error = Math.hypot(errors.prior, errors.network, errors.solver, errors.total);
    expect(Math.abs(prior + network + solver - total)).toBeLessThan(3 * error);
    expect(network).toBeGreaterThan(0.5 * total);
    expect(result.distance - result.perfect).toBeCloseTo(total, 12);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    // From the first run on, long before there are errors to tell of.
    expect(done[0]).toBeLessThan(0.05);
    expect(heard.at(-1)).toMatchObject({ done: 1, soFar: { draws: 3 } });
  }, 120_000);

  it('blames the start where much of the data is left in x_T', async () => {
    // β that are not scaled with so short a chain leave the data nearly as they are.
    const hardlyNoised = { ...config, nChain: 20, rescale: false };
    const request = { stage: { ...stage, nSteps: 20 }, ...ask, draws: 6 };
    const { result } = await studied(budget, request, await askedOf(hardlyNoised, openSimd));
    expect(result.prior).toBeGreaterThan(3 * result.errors.prior);
    const usual = await studied(budget, request, await askedOf({ ...hardlyNoised, rescale: true }, openSimd));
    expect(Math.abs(usual.result.prior)).toBeLessThan(0.5 * result.prior);
  }, 120_000);

  it('blames the solver for few steps, and less for more', async () => {
    const of = await askedOf(config, openSimd);
    const solver = async (nSteps: number) => {
      const { result } = await studied(budget, { stage: { ...stage, nSteps }, ...ask }, of);
      return result;
    };
    const [coarse, fine] = [await solver(1), await solver(50)];
    expect(coarse.solver).toBeGreaterThan(4 * coarse.errors.solver);
    expect(Math.abs(fine.solver)).toBeLessThan(coarse.solver / 3);
  }, 120_000);

  it('knows samplers that add noise by the whole chain, which leaves the solver nothing', async () => {
    const ddpm = { ...stage, sampler: 'ddpm', nSteps: 50 };
    const { result } = await studied(budget, { stage: ddpm, ...ask }, await askedOf(config));
    expect(result.solver).toBe(0);
  });

  it('holds a class against its own draws, whose exact parts have no error', async () => {
    const of = await askedOf({ ...config, conditional: true });
    const { result } = await studied(budget, { stage: { ...stage, nSteps: 40, ofClass: 2 }, ...ask }, of);
    const { prior, network, solver, total, errors, guidance } = result;
    expect(guidance).toBe(0);
    const error = Math.hypot(errors.prior, errors.network, errors.solver, errors.total);
    expect(Math.abs(prior + network + solver - total)).toBeLessThan(3 * error);
    expect(network).toBeGreaterThan(0.5 * total);
    const all = await studied(budget, { stage: { ...stage, nSteps: 40 }, ...ask }, of);
    // One moon is narrower than two: true draws of it are nearer to each other.
    expect(result.perfect).toBeLessThan(all.result.perfect);
  }, 120_000);

  it('charges guidance with what it takes the exact answers away from the class', async () => {
    const of = await askedOf({ ...config, conditional: true }, openSimd);
    const guided = { ...stage, nSteps: 40, ofClass: 1, guidance: 4 };
    const { result } = await studied(budget, { stage: guided, ...ask }, of);
    const { prior, network, solver, guidance, total, errors } = result;
    const error = Math.hypot(...Object.values(errors));
    expect(Math.abs(prior + network + solver + guidance - total)).toBeLessThan(3 * error);
    expect(guidance).toBeGreaterThan(3 * errors.guidance);
  }, 120_000);

  it.each([
    { kind: 'known', angle: 90, value: 0.3, way: 'exact', repeats: 5 },
    { kind: 'r', centre: [1, 0], sd: [0.4, 0.4], angle: 0, way: 'exact' },
    { kind: 'class', index: 2, scale: 1, way: 'exact', algorithm: 2, at: 'mean' },
  ] as const)(
    'holds samples against exact draws of $kind, of which an exact way is right',
    async (condition) => {
      const { result } = await studied(
        budget,
        { stage: { ...stage, nSteps: 10, condition }, ...ask, n: 100 },
        await askedOf(config),
      );
      const { prior, network, solver, total, errors } = result;
      // With all parts exact nothing is left: this is no identity.
      const error = Math.hypot(...Object.values(errors));
      expect(Math.abs(prior + network + solver - total)).toBeLessThan(3 * error);
      expect(network).toBeGreaterThan(2 * errors.network);
      expect(result).toMatchObject({ condition: 0, guidance: 0, errors: { condition: 0 } });
    },
    120_000,
  );

  it('charges a way that is not exact with what is left when all else is', async () => {
    // The same r at every step is r many times over.
    const condition = { kind: 'r', centre: [1, 0], sd: [0.3, 0.3], angle: 0, way: 'product' } as const;
    const of = await askedOf(config);
    const { result } = await studied(
      budget,
      { stage: { ...stage, nSteps: 10, eta: 1, condition }, ...ask },
      of,
    );
    const { prior, network, solver, total, errors } = result;
    expect(result.condition).toBeGreaterThan(3 * errors.condition);
    expect(prior + network + solver + result.condition).toBeCloseTo(total, 9);
  }, 120_000);

  it.each([
    [{ direction: 'encode' }, /does not lead from noise/],
    [{ sampler: 'langevin-fixed' }, /There is no sampler|does not lead/],
    [{ denoiser: 'exact' }, /no network to charge/],
    [{ ofClass: 1 }, /ofClass/],
    [{ condition: { kind: 'known', angle: 0, value: 99, way: 'exact', repeats: 5 } }, /99/],
  ] as const)('refuses %j', async (wrong, message) => {
    const of = await askedOf(config);
    await expect(studied(budget, { stage: { ...stage, ...wrong }, ...ask }, of)).rejects.toThrow(message);
  });
});
