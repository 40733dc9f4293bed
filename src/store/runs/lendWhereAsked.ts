import { runNameOf } from '../../views/runRequest.ts';
import type { Playground } from '../playgroundStore.ts';

/** Lends the engine the runs that stages show; what does so is fetched where a stage shows one for the first time. @returns the uninstaller */
export function lendWhereAsked(playground: Playground): () => void {
  const { store } = playground;
  let isLeft = false;
  let stop = store.subscribe(look);
  function look(): void {
    if (!store.getState().config.stages.some((stage) => runNameOf(stage) !== null)) return;
    stop();
    void import('./lendRuns.ts').then(({ lendRuns }) => {
      if (!isLeft) stop = lendRuns(playground);
    });
  }
  look();
  return () => {
    isLeft = true;
    stop();
  };
}
