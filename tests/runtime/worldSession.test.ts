import { expect, it } from 'vitest';
import type { WorldEvent } from '../../src/protocol/worlds.ts';
import { createWorldSession } from '../../src/runtime/worlds/session.ts';
import type { Learner } from '../../src/worlds/learner.ts';

function* make(): Generator<void, unknown> {
  yield;
  return 'made';
}

/** Its loss is 1/step, and at step `lost` it is no number. */
const learnerOf = (lost: number, often: () => Generator<void, unknown>): Learner => ({
  build: async () => {
    let step = 0;
    return {
      get step() {
        return step;
      },
      train() {
        step += 1;
        return step === lost ? Number.NaN : 1 / step;
      },
      recordings: {
        often: { learned: true, make: often },
        rarely: { learned: true, atRest: true, make },
      },
      answers: {},
      dispose() {},
    };
  },
});

async function begin(lost = 0, often = make) {
  const events: WorldEvent[] = [];
  const session = createWorldSession({
    emit: (event) => events.push(event),
    load: async () => learnerOf(lost, often),
  });
  await session.configure('bits', { seed: 1, budgetSteps: 50 }, false);
  const of = <T extends WorldEvent['type']>(type: T) =>
    events.filter((event): event is Extract<WorldEvent, { type: T }> => event.type === type);
  return { session, of };
}

it('tells how training goes as Points does: losses by step, and the phases', async () => {
  const { session, of } = await begin();
  const outcome = await session.train();
  expect(outcome).toMatchObject({ step: 50, loss: 1 / 50 });
  const told = of('progress');
  expect(told.at(-1)!.step).toBe(50);
  for (const { steps, losses, stepsPerSecond, previewShare } of told) {
    expect(losses).toHaveLength(steps.length);
    expect(stepsPerSecond).toBeGreaterThan(0);
    expect(previewShare).toBeGreaterThanOrEqual(0);
    expect(previewShare).toBeLessThanOrEqual(1);
  }
  // Each loss is a mean over the steps since the one before.
  expect(told.flatMap(({ steps }) => [...steps]).at(-1)).toBe(50);
  for (const loss of told.flatMap(({ losses }) => [...losses])) {
    expect(loss).toBeGreaterThanOrEqual(Math.fround(1 / 50));
    expect(loss).toBeLessThanOrEqual(1);
  }
  expect(of('phase').map(({ phase }) => phase)).toEqual(['idle', 'training', 'converged']);
});

it('a program has its steps however long pictures take', async () => {
  let isOver = false;
  let begun = () => {};
  const halfWay = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const { session } = await begin(0, function* slow() {
    while (!isOver) {
      yield;
      begun();
    }
  });
  await session.watch(['often']);
  // The picture of the model that knows nothing.
  await halfWay;
  const { step } = await session.train({ seconds: 0.1 });
  expect(step).toBeGreaterThan(0);
  expect((await session.train({ steps: 5 })).step).toBe(step + 5);
  isOver = true;
});

it('says what happened where the loss is no number', async () => {
  const { session, of } = await begin(7);
  await expect(session.train()).rejects.toThrow();
  expect(of('problem')[0]!.problem.code).toBe('diverged');
  expect(of('phase').at(-1)).toEqual({ type: 'phase', phase: 'diverged', step: 7 });
});

it('makes what takes long when training rests, and takes it back when a setting changes', async () => {
  const { session, of } = await begin();
  await session.watch(['often', 'rarely']);
  const told = (kind: string) => of('recording').filter((event) => event.kind === kind);
  await session.train();
  expect(told('rarely').every(({ step }) => step === 0 || step === 50)).toBe(true);
  await expect.poll(() => told('rarely').at(-1)?.step).toBe(50);
  await session.configure('bits', { seed: 1, budgetSteps: 60 }, true);
  await expect.poll(() => told('rarely').map(({ data }) => data)).toContain(null);
  await expect.poll(() => told('rarely').at(-1)?.data).toBe('made');
  expect(told('often').every(({ data }) => data === 'made')).toBe(true);
});
