import { expect, test } from '@playwright/test';
import type { BackendName } from '../../../src/experiment/backends.ts';
import { largestDifference } from '../../backends/differences.ts';
import { servedHarness } from './servedHarness.ts';

const address = servedHarness('tests/browser/engine/harness.html');

interface Outcome {
  readonly backend: string;
  readonly adapter: string | null;
  readonly losses: readonly number[];
  /** Learned score at a few points, before and after the steps. */
  readonly untrained: readonly number[];
  readonly score: readonly number[];
  readonly points: readonly number[];
  readonly tensors: readonly number[];
}

/** How far the learned scores of two engines may be apart, 1/data unit; their size is 1 to 4. */
const APART = 2e-4;

/** A few steps from the same seed, in the page: what came of them. */
async function fewSteps(backend: BackendName): Promise<Outcome> {
  const { createEngineClient, defaultConfig } = window.engineHarness;
  const engine = createEngineClient({ pretrained: null });
  const info = await engine.start({
    ...defaultConfig,
    nPoints: 500,
    width: 16,
    depth: 2,
    batchSize: 64,
    learningRate: 0.1,
    budgetSteps: 10,
    emaDecay: 0.5,
    backend,
  });
  const before = (await engine.memory()).tensors;
  const points = Float32Array.of(0.5, 0.5, -1, 2, 3, -2, 0, 0);
  const untrained = await engine.score({ t: 0.2, points, source: 'learned' });
  const losses: number[] = [];
  for (let i = 0; i < 10; i++) losses.push((await engine.train({ steps: 1 })).loss);
  const score = await engine.score({ t: 0.2, points, source: 'learned' });
  const samples = await engine.sample({ sampler: 'ddim', nSteps: 4, n: 32, seed: 1 });
  await engine.reset();
  const after = (await engine.memory()).tensors;
  engine.dispose();
  return {
    backend: info.backend,
    adapter: info.adapter,
    losses,
    untrained: [...untrained],
    score: [...score],
    points: [...samples.points],
    tensors: [before, after],
  };
}

test('WebGPU, WebGL and WebAssembly compute what plain JavaScript computes', async ({ page }) => {
  await page.goto(address());
  const reference = await page.evaluate(fewSteps, 'cpu' as const);
  const change = largestDifference(reference.score, reference.untrained);
  expect(change, 'ten steps change much').toBeGreaterThan(100 * APART);
  for (const backend of ['wasm', 'webgpu', 'webgl'] as const) {
    const outcome = await page.evaluate(fewSteps, backend);
    expect(outcome.backend).toBe(backend);
    expect(outcome.adapter === null, 'only a GPU has an adapter').toBe(backend !== 'webgpu');
    // Ten steps of Adam at a high rate make a little of float32's rounding; the numbers are of size 1 to 4.
    expect(largestDifference(outcome.losses, reference.losses), backend).toBeLessThan(1e-4);
    expect(largestDifference(outcome.score, reference.score), backend).toBeLessThan(APART);
    expect(largestDifference(outcome.points, reference.points), backend).toBeLessThan(1e-2);
    expect(outcome.tensors[1], `tensors left on ${backend}`).toBe(outcome.tensors[0]);
  }
});
