import { isInterrupted } from '../../protocol/errors.ts';
import { runNameOf } from '../../views/runRequest.ts';
import type { Playground } from '../playgroundStore.ts';
import { configOfRun, type Run } from './run.ts';
import { runsOf } from './runs.ts';

/**
 * Hands the engine the runs that stages show, now and whenever that changes. A stage whose run is not kept on this device, or cannot be
 * computed, shows the page's own model, and the page says so.
 */
export function lendRuns(playground: Playground): () => void {
  const { store, engine, actions, settled } = playground;
  const runs = runsOf(playground);
  let lent = '';
  let busy = false;
  let again = false;

  const named = (): readonly string[] => [
    ...new Set(store.getState().config.stages.flatMap((stage) => runNameOf(stage) ?? [])),
  ];
  const giveUp = (names: readonly string[], why: string) => {
    for (const [index, stage] of store.getState().config.stages.entries()) {
      const name = runNameOf(stage);
      if (name === null || !names.includes(name)) continue;
      actions.changeStage(index, { run: '' });
      actions.notify({
        tone: 'warning',
        message: `Stage ${index + 1} was to show the run “${name}”, ${why}; it shows the page’s own model.`,
        advice: 'Keep or import the run in Compare, Runs.',
      });
    }
  };
  async function lend(): Promise<void> {
    await runs.ready;
    const kept = runs.store.getState().runs;
    const found = named().flatMap((name): Run[] => kept.filter((run) => run.name === name).slice(0, 1));
    const missing = named().filter((name) => !found.some((run) => run.name === name));
    if (missing.length > 0) giveUp(missing, 'which is not kept on this device');
    const key = found.map(({ id }) => id).join();
    if (key === lent) return;
    await settled();
    const page = store.getState().config;
    const failed = await engine.lend(
      found.map(({ name, link, step, weights }) => ({
        name,
        step,
        weights,
        config: configOfRun({ link }, page),
      })),
    );
    lent = key;
    if (failed.length > 0) giveUp(failed, 'which this engine cannot compute');
  }
  const follow = () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    lend()
      .catch((error: unknown) => {
        if (!isInterrupted(error))
          actions.notify({ tone: 'error', message: String(error), advice: 'Try again.' });
      })
      .finally(() => {
        busy = false;
        if (!again) return;
        again = false;
        follow();
      });
  };
  const stopStages = store.subscribe((state, old) => {
    if (state.config.stages !== old.config.stages) follow();
  });
  const stopRuns = runs.store.subscribe(follow);
  // A fresh engine has been lent nothing.
  const stopEngine = engine.on((event) => {
    if (event.type !== 'phase' || event.phase !== 'starting') return;
    lent = '';
    follow();
  });
  follow();
  return () => {
    stopStages();
    stopRuns();
    stopEngine();
  };
}
