import { describe, expect, it } from 'vitest';
import { exactLogDensity } from '../../src/core/exact.ts';
import { processes } from '../../src/core/processes/index.ts';
import { createExperiment } from '../../src/engine/experiment.ts';
import { exactAnswerer, flowLogDensityAt } from '../../src/engine/likelihood/flow.ts';
import type { Field } from '../../src/engine/protocol.ts';
import { sessionPerTest } from '../engine/sessionOnCpu.ts';
import { smallConfig } from '../engine/smallExperiment.ts';

const stand = sessionPerTest();

async function densities(patch: object, sources: readonly ('exact' | 'learned')[]): Promise<Field[]> {
  await stand.session.start({ ...smallConfig, ...patch });
  const found = await stand.recorded(sources.map((source) => ({ kind: 'density', source })));
  return found.filter((one) => one.kind === 'field');
}

/** ∫p over the grid at each time. */
function masses({ values, resolution, low, high, times }: Field): number[] {
  const cell = ((high - low) / (resolution - 1)) ** 2;
  const size = resolution ** 2;
  return Array.from(times, (_, l) => {
    return cell * values.subarray(l * size, (l + 1) * size).reduce((sum, value) => sum + value, 0);
  });
}

describe('a recorded density', () => {
  it.each(processes.entries)('of $id is one wherever it is drawn, exact and learned', async ({ id }) => {
    const [exact, learned] = await densities({ process: id }, ['exact', 'learned']);
    // The grid is coarse for the data, and ends at 3.2 deviations.
    for (const [l, mass] of masses(exact!).entries()) {
      if (exact!.times[l]! > 0.1) expect(Math.abs(mass - 1)).toBeLessThan(0.02);
    }
    expect(learned!.components).toBe(1);
    expect(learned!.values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
  });
});

it.each(processes.entries)(
  'the flow of the exact answer on $id has the exact density at every time',
  async ({ id }) => {
    const experiment = createExperiment({ ...smallConfig, dataset: 'moons', process: id, nChain: 200 });
    const x = Float64Array.of(0.3, -0.2, 1, 0.5, -0.6, 0.9);
    for (const [t, nSteps, most] of [
      [0.15, 48, 0.01],
      [0.15, 12, 0.1],
      [0.5, 12, 0.1],
      [0.9, 12, 0.1],
      [1, 12, 0.1],
    ] as const) {
      const spread = Math.hypot(experiment.process.kernel(t).alpha, experiment.process.kernel(t).sigma);
      const points = x.map((value) => value * spread);
      const flow = flowLogDensityAt(experiment, t, points, exactAnswerer(experiment), nSteps);
      let next = await flow.next();
      while (!next.done) next = await flow.next();
      const exact = exactLogDensity(experiment.density, experiment.process.kernel(t), points);
      for (const [i, value] of next.value.entries()) expect(Math.abs(value - exact[i]!)).toBeLessThan(most);
    }
  },
);
