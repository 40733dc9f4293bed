import { expect, it, vi } from 'vitest';
import { slicedWasserstein2 } from '../../src/core/metrics/index.ts';
import { createExperiment } from '../../src/engine/experiment.ts';
import { measurePerfect } from '../../src/engine/quality.ts';
import { smallConfig } from './smallExperiment.ts';

vi.mock('../../src/core/metrics/index.ts', { spy: true });

it('the standard is at any time the lower median of the pairs so far', async () => {
  const steps = measurePerfect(createExperiment(smallConfig));
  const told: number[] = [];
  let next = await steps.next();
  for (; !next.done; next = await steps.next()) told.push(next.value);
  const distances = vi.mocked(slicedWasserstein2).mock.results.map(({ value }) => value as number);
  expect(distances).toHaveLength(15);
  expect(new Set(distances).size).toBe(15);
  expect(told).toHaveLength(15);
  for (const [k, median] of told.entries()) {
    const soFar = distances.slice(0, k + 1);
    expect(soFar).toContain(median);
    expect(soFar.filter((distance) => distance < median)).toHaveLength(Math.floor(k / 2));
  }
  expect(next.value).toBe(told.at(-1));
});
