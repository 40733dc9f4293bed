import type { WorldTrainingEvent } from '../../protocol/worlds.ts';
import type { OtherWorldId } from '../../worlds/ids.ts';
import type { HostPage } from './hostPage.ts';
import type { WorldPlayground } from './worldStore.ts';

/** The world that the page is in, opened when it is first asked for, and closed when it is left. */
export interface CurrentWorld {
  /** null in Points. Rejects when it could not be loaded; asking again tries again. */
  open(): Promise<WorldPlayground> | null;
  /** Settings of the world that is open; none in Points, and before it is there. */
  settings(): object;
  /** Hears how training goes in whichever world is open. @returns the unsubscriber */
  on(listener: (event: WorldTrainingEvent) => void): () => void;
  dispose(): void;
}

export function createCurrentWorld(page: HostPage, autoTrain: boolean): CurrentWorld {
  let opened: { readonly id: OtherWorldId; readonly world: Promise<WorldPlayground> } | null = null;
  let there: WorldPlayground | null = null;
  const listeners = new Set<(event: WorldTrainingEvent) => void>();
  const tell = (event: WorldTrainingEvent) => {
    for (const listener of listeners) listener(event);
  };
  const close = () => {
    opened?.world.then(
      (world) => world.dispose(),
      () => undefined,
    );
    opened = null;
    there = null;
  };
  const unsubscribe = page.store.subscribe(({ config }) => {
    if (opened !== null && config.world !== opened.id) close();
  });
  return {
    open() {
      const id = page.store.getState().config.world;
      if (id === 'points') return null;
      if (opened?.id === id) return opened.world;
      close();
      const world = import('./worldStore.ts').then(({ openWorld }) =>
        openWorld(page, id, { autoTrain, tell }),
      );
      opened = { id, world };
      world.then(
        (loaded) => {
          if (opened?.world === world) there = loaded;
        },
        () => {
          if (opened?.world === world) opened = null;
        },
      );
      return world;
    },
    settings: () => there?.store.getState().settings ?? {},
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      unsubscribe();
      close();
    },
  };
}
