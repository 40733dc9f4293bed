import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { WorldClient } from '../../../src/runtime/worlds/client.ts';
import type { PlaygroundState } from '../../../src/store/playgroundState.ts';
import { openWorld } from '../../../src/store/worlds/worldStore.ts';
import { USUAL } from '../../../src/worlds/words/settings.ts';

/** The world of words in a page of which only the link is there, with a worker that notes how often it is configured. */
async function opened(worldSettings: Readonly<Record<string, string>>) {
  const store = createStore(
    () => ({ config: { world: 'words', worldSettings } }) as unknown as PlaygroundState,
  );
  const configured: boolean[] = [];
  const calls: string[] = [];
  const client: WorldClient = {
    configure: async (_id, _settings, keepsModel) => void configured.push(keepsModel),
    train: async () => {
      calls.push('train');
      return { step: 0, loss: 0, seconds: 0 };
    },
    pause: async () => void calls.push('pause'),
    reset: async () => void calls.push('reset'),
    watch: async () => undefined,
    ask: async () => null,
    dispose: () => undefined,
  };
  const world = await openWorld(
    {
      store,
      actions: {
        set: (patch) => {
          store.setState(({ config }) => ({ config: { ...config, ...patch } as typeof config }));
          return true;
        },
        notify: () => undefined,
      },
    },
    'words',
    { autoTrain: false, tell: () => undefined, createClient: () => client },
  );
  await world.settled();
  return { world, configured, calls, texts: () => store.getState().config.worldSettings };
}

it('the methods of the scoreboard are in the link, and the worker is not disturbed by them', async () => {
  const { world, configured, texts } = await opened({});
  expect(configured).toEqual([false]);
  world.set({ compared: ['diffuser', 'bert'] });
  await world.settled();
  expect(texts()).toEqual({ sb: 'be' });
  expect(configured).toEqual([false]);
  world.set({ rows: 8 });
  await world.settled();
  expect(configured).toEqual([false, true]);

  const { world: again } = await opened({ sb: 'be' });
  expect(again.store.getState().settings).toEqual({ ...USUAL, compared: ['bert', 'diffuser'] });
  expect(again.set({ compared: ['lstm'] })).toBe(false);
});

it('rests when training is paused while it starts anew', async () => {
  const { world, calls } = await opened({});
  await world.restart();
  world.store.setState({ phase: 'training' });
  await Promise.all([world.restart(), world.toggle()]);
  expect(calls).toEqual(['reset', 'train', 'reset', 'pause']);
});
