import { expect, it, vi } from 'vitest';
import { createPlayground } from '../../../src/store/playgroundStore.ts';
import { lendWhereAsked } from '../../../src/store/runs/lendWhereAsked.ts';
import { runsOf } from '../../../src/store/runs/runs.ts';
import { createFakeEngine } from '../fakeEngine.ts';

async function begin() {
  const engine = createFakeEngine();
  const playground = createPlayground(engine, { frame: () => Promise.resolve(), autoTrain: false });
  const { schedule } = playground.store.getState().config;
  playground.actions.set({ schedule: 'cosine' });
  const run = await runsOf(playground).keep('mine (2)');
  playground.actions.set({ schedule });
  const stop = lendWhereAsked(playground);
  const stages = () => playground.store.getState().config.stages;
  const index = stages().findIndex(({ kind }) => kind === 'reverse');
  return { engine, playground, run, stages, index, stop };
}

it('lends the engine the run that a stage shows, with its experiment, and a fresh engine again', async () => {
  const { engine, playground, run, index, stop } = await begin();
  await runsOf(playground).show(run.id, index);
  await vi.waitFor(() => expect(engine.lent).toHaveLength(1));
  expect(engine.lent[0]).toMatchObject([{ name: 'mine (2)', step: 5, config: { schedule: 'cosine' } }]);
  expect(engine.watched.at(-1)).toContainEqual(expect.objectContaining({ kind: 'reverse', run: 'mine (2)' }));
  engine.emit({ type: 'phase', phase: 'starting', step: 0 });
  await vi.waitFor(() => expect(engine.lent).toHaveLength(2));
  // Nothing is kept beyond a test, so that nothing can be deleted there.
  await runsOf(playground)
    .remove(run.id)
    .catch(() => undefined);
  await vi.waitFor(() => expect(playground.store.getState().config.stages[index]).toMatchObject({ run: '' }));
  stop();
});

it('a stage whose run is not kept here shows the page’s model, and the page says so', async () => {
  const { playground, stages, index, stop } = await begin();
  playground.actions.changeStage(index, { run: 'of somebody else' });
  await vi.waitFor(() => expect(stages()[index]).toMatchObject({ run: '' }));
  const { notices } = playground.store.getState();
  expect(notices.at(-1)!.message).toMatch(/run “of somebody else”, which is not kept on this device/);
  await expect(runsOf(playground).show('nobody', index)).rejects.toThrow(/There is no run/);
  const [run] = runsOf(playground).store.getState().runs;
  await expect(runsOf(playground).show(run!.id, 9)).rejects.toThrow(
    /There is no stage 9; their places are 0 to/,
  );
  stop();
});
