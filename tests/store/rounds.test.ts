import { expect, it } from 'vitest';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { createPlayground } from '../../src/store/playgroundStore.ts';
import { watchList } from '../../src/store/watchList.ts';
import { newStage } from '../../src/views/index.ts';
import { createFakeEngine, fieldRecording } from './fakeEngine.ts';

const config = { ...defaultConfig, stages: [...defaultConfig.stages, { ...newStage.score, id: 4 }] };

/** A page whose four stages watch recordings. */
async function openPage() {
  const engine = createFakeEngine();
  const playground = createPlayground(engine, { config, autoTrain: false, frame: async () => {} });
  await playground.ready;
  const { stageKeys } = watchList(playground.store.getState().config);
  const keys = stageKeys.map(([key]) => key!);
  const send = (key: string, modelStep: number, more: boolean) =>
    engine.emit({ type: 'recording', recording: { ...fieldRecording(key), modelStep }, more });
  const steps = () => keys.map((key) => playground.recordings.get(key)?.modelStep ?? null);
  return { ...playground, engine, keys, send, steps };
}

it('recordings of a round are shown when all are there, and told of when all are in place', async () => {
  const { keys, send, steps, recordings } = await openPage();
  for (const key of keys) send(key, 0, false);
  const seen: (number | null)[][] = [];
  for (const key of keys) recordings.subscribe(key, () => seen.push(steps()));
  send(keys[0]!, 30, true);
  send(keys[1]!, 30, true);
  send(keys[2]!, 30, true);
  expect(steps()).toEqual([0, 0, 0, 0]);
  send(keys[3]!, 30, false);
  expect(steps()).toEqual([30, 30, 30, 30]);
  expect(seen).toHaveLength(4);
  for (const all of seen) expect(all).toEqual([30, 30, 30, 30]);
});

it('a round that was broken off by a change is forgotten', async () => {
  const { keys, send, steps, actions, settled } = await openPage();
  send(keys[0]!, 30, true);
  actions.set({ seed: 2 });
  await settled();
  send(keys[1]!, 0, false);
  expect(steps()).toEqual([null, 0, null, null]);
});

it('the numbers of a round come with its pictures', async () => {
  const { keys, engine, store } = await openPage();
  const share = { value: 0.1, error: 0.01, perfect: 0.01 };
  const quality = (key: string) => ({
    key,
    step: 30,
    source: 'own' as const,
    samples: 800,
    strays: share,
    missed: share,
    slicedW2: share,
  });
  const recording = (key: string) => ({ ...fieldRecording(key), modelStep: 30 });
  const [first, second] = [keys[1]!, keys[2]!];
  engine.emit({ type: 'recording', recording: recording(first), quality: quality(first), more: true });
  expect(store.getState().stageQuality).toEqual({});
  engine.emit({ type: 'recording', recording: recording(second), quality: null, more: false });
  expect(Object.keys(store.getState().stageQuality)).toEqual([first]);
});
