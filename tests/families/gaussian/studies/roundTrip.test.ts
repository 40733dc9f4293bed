import { expect, it } from 'vitest';
import { roundTrip } from '../../../../src/families/gaussian/studies/roundTrip.ts';
import { openSimd } from '../../../backends/simdInNode.ts';
import { sampleMoments } from '../../../core/mixtures.ts';
import { smallConfig } from '../smallExperiment.ts';
import { askedOf, studied } from './studyOnCpu.ts';

const smooth = { ...smallConfig, nChain: 1000, noise: 3 };

it.each([
  ['ddim', 1],
  // Its errors on the way there and back cancel to the leading order.
  ['heun', 3],
] as const)(
  'the exact answer’s round trip by %s loses ever less, of order %d',
  async (sampler, order) => {
    const of = await askedOf(smooth, openSimd);
    const { result, heard } = await studied(
      roundTrip,
      { sampler, nSteps: [40, 80, 160, 320], n: 100, seed: 1 },
      of,
    );
    const exact = result.orders.find(({ denoiser }) => denoiser === 'exact')!;
    expect(Math.abs(exact.order - order)).toBeLessThan(0.1);
    expect(result.rows).toHaveLength(8);
    for (const { error, nfe, nSteps } of result.rows) {
      expect(error).toBeGreaterThan(0);
      expect(nfe).toBeGreaterThanOrEqual(2 * nSteps);
    }
    for (const { value } of result.straightness) {
      expect(value).toBeGreaterThan(0.3);
      expect(value).toBeLessThanOrEqual(1);
    }
    expect(heard.at(-1)!.done).toBeLessThan(1);
    expect(result.origins).toHaveLength(200);
    expect(result.latents).toHaveLength(200);
    // By the exact flow log p_t(x_t) falls on the whole from thin data to wide noise.
    const along = result.along!;
    expect(along.exact.every(Number.isFinite) && along.model.every(Number.isFinite)).toBe(true);
    expect(along.exact.at(-1)!).toBeLessThan(along.exact[0]!);
    // By as much as the divergence of its own flow adds up to; the network's flow is its own, and its log p_t(x_t) as well.
    const divergence = result.divergence!;
    expect(divergence.model[0]).toBe(0);
    const fallen = along.model[0]! - along.model.at(-1)!;
    expect(Math.abs(divergence.model.at(-1)! - fallen)).toBeLessThan(0.05);
  },
  120_000,
);

it('the network’s latents are in data units, about as wide as the noise of the end', async () => {
  const of = await askedOf({ ...smallConfig, process: 've' });
  const { result } = await studied(roundTrip, { sampler: 'ddim', nSteps: [20], n: 200, seed: 2 }, of);
  const { covariance } = sampleMoments(Float64Array.from(result.latents));
  const { scale } = of.experiment.standardization;
  const { sigma } = of.experiment.process.kernel(1);
  expect(covariance[0]).toBeLessThan((3 * scale * sigma) ** 2);
});

it('refuses a sampler that adds noise', async () => {
  const of = await askedOf(smallConfig);
  const question = { sampler: 'ddpm', nSteps: [5], n: 60, seed: 1 };
  await expect(studied(roundTrip, question, of)).rejects.toMatchObject({ code: 'bad-request' });
});
