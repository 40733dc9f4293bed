import { expect, it } from 'vitest';
import { createPlayground } from '../../../src/store/playgroundStore.ts';
import { checkMemorisation, MEMORISATION, memorise } from '../../../src/store/runs/memorise.ts';
import { createRuns } from '../../../src/store/runs/runs.ts';
import { createFakeEngine } from '../fakeEngine.ts';

const row = (nPoints: number) => ({
  ...{ nPoints, step: 20, weights: Float32Array.of(nPoints, 1), seconds: 0.5 },
  ...{ curve: { steps: [20], losses: [0.3] }, w2: 0.2, perfect: 0.1, strays: 0.02 },
  ...{ ratio: 0.5, ratioError: 0.01, copies: 0.4, copiesOfFresh: 0.1 },
});

it('keeps each model as a run, named by its number of points, also where it was ended before the last', async () => {
  const fake = createFakeEngine();
  const rows = [row(5), row(20)];
  const study = (async (kind: string, request: unknown, id: number) => {
    fake.studies.push({ kind, request, id } as (typeof fake.studies)[number]);
    for (const k of [1, 2]) fake.emit({ type: 'study', id, result: { rows: rows.slice(0, k) }, done: k / 3 });
    throw new Error('ended');
  }) as unknown as typeof fake.study;
  const playground = createPlayground(
    { ...fake, study },
    { frame: () => Promise.resolve(), autoTrain: false },
  );
  const runs = createRuns(playground, {
    all: async () => [],
    put: async () => undefined,
    remove: async () => undefined,
  });
  await expect(memorise(playground, runs, MEMORISATION)).rejects.toThrow('ended');
  await runs.ready;
  const kept = runs.store.getState().runs;
  expect(kept.map(({ name }) => name)).toEqual(['Number of points 5', 'Number of points 20']);
  expect(kept[0]).toMatchObject({ seconds: 0.5, w2: 0.2, perfect: 0.1, loss: 0.3, link: 'np=5' });
});

it('is asked for with what is left out as usual, and refused by name', () => {
  expect(checkMemorisation({})).toEqual(MEMORISATION);
  expect(checkMemorisation({ sizes: [7], n: 200 })).toEqual({ ...MEMORISATION, sizes: [7], n: 200 });
  expect(() => checkMemorisation({ sizes: [] })).toThrow(/sizes/);
  expect(() => checkMemorisation({ sizes: [1] })).toThrow(/sizes\[0\] = 1 is below 5/);
  expect(() => checkMemorisation({ steps: 3 })).toThrow(/steps/);
});
