import { beforeAll, describe, expect, it } from 'vitest';
import { simdBackend } from '../../src/backends/simd/backend.ts';
import type { TrainerBackend } from '../../src/backends/types.ts';
import { exactLogDensity } from '../../src/core/exact.ts';
import { processes } from '../../src/core/processes/index.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { createExperiment } from '../../src/families/gaussian/experiment.ts';
import { exactAnswerer, flowLogDensityAt } from '../../src/families/gaussian/likelihood/flow.ts';
import type { Field, Recording } from '../../src/protocol/protocol.ts';
import { recorder } from '../../src/views/density/record.ts';
import { randomWeights } from '../backends/simdFixtures.ts';

let backend: TrainerBackend<unknown>;
beforeAll(async () => {
  backend = (await simdBackend('simd')) as TrainerBackend<unknown>;
});

const config = { ...defaultConfig, dataset: 'moons', width: 16, depth: 2 };

/** The density of the data, or of a network with small random weights. */
async function recorded(process: string, source: 'exact' | 'learned', isDraft = false): Promise<Field> {
  const experiment = createExperiment({ ...config, process });
  const weights = randomWeights(experiment.task.shape).map((w) => 0.1 * w);
  const network = backend.createNetwork(experiment.task.shape, weights);
  const model = { backend, network, source: 'own', step: 1 } as const;
  let last: Recording | undefined;
  for await (const soFar of recorder.record(
    { kind: 'density', source },
    { model, experiment, config, isDraft },
  )) {
    last = soFar?.() ?? last;
  }
  network.dispose();
  if (last?.kind !== 'field') throw new Error('A density is a field.');
  return last;
}

/** ∫p over the grid at each time. */
function masses({ values, resolution, halfWidth, times }: Field): number[] {
  const cell = ((2 * halfWidth) / (resolution - 1)) ** 2;
  const size = resolution ** 2;
  return Array.from(times, (_, l) => {
    return cell * values.subarray(l * size, (l + 1) * size).reduce((sum, value) => sum + value, 0);
  });
}

/** Nowhere below 0, and of the mass 1 at the times from one on. */
function expectDensity(field: Field, from: number): void {
  expect(field.values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
  const checked = masses(field).flatMap((mass, l) =>
    field.times[l]! >= from ? [[field.times[l]!, mass]] : [],
  );
  expect(checked.length).toBeGreaterThan(1);
  for (const [t, mass] of checked) expect(Math.abs(mass! - 1), `t = ${t}`).toBeLessThan(0.03);
}

/** What is learned may be finer than the grid near the data. */
const COARSE = 0.3;

describe.each(processes.entries)('a recorded density of $id', ({ id }) => {
  it('has the mass 1, exact', async () => {
    const field = await recorded(id, 'exact');
    expect(field).toMatchObject({ components: 1, source: 'exact' });
    expectDensity(field, 0);
  });

  it('has the mass 1, learned, as a draft', async () => {
    const field = await recorded(id, 'learned', true);
    expect(field).toMatchObject({ components: 1, source: 'own' });
    expect(field.times).toHaveLength(4);
    expectDensity(field, COARSE);
  });

  it('is what the flow of the exact answer leads to, at every time', async () => {
    const experiment = createExperiment({ ...config, process: id });
    const x = Float64Array.of(0.3, -0.2, 1, 0.5, -0.6, 0.9);
    for (const [t, step, most] of [
      [0.15, 0.2, 0.01],
      [0.45, 0.5, 0.1],
      [0.5, 0.5, 0.1],
      [0.9, 0.5, 0.1],
      [1, 0.5, 0.1],
    ] as const) {
      const kernel = experiment.process.kernel(t);
      const points = x.map((value) => value * Math.hypot(kernel.alpha, kernel.sigma));
      const flow = flowLogDensityAt(experiment, t, points, exactAnswerer(experiment), step);
      let next = await flow.next();
      while (!next.done) next = await flow.next();
      const exact = exactLogDensity(experiment.density, kernel, points);
      for (const [i, value] of next.value.entries()) {
        // Where there is next to nothing, a small part of ln p is much.
        const size = Math.max(1, -exact[i]! / 5);
        expect(Math.abs(value - exact[i]!) / size, `t = ${t} by ${step}`).toBeLessThan(most);
      }
    }
  });
});

it('a learned density that is not a draft has the mass 1 too, at more times', async () => {
  const field = await recorded('vp', 'learned');
  expect(field.times).toHaveLength(12);
  expectDensity(field, COARSE);
});
