import type { Answer } from '../../protocol/channel.ts';
import { problemOf } from '../../protocol/errors.ts';
import type { WorldEngine, WorldEvent } from '../../protocol/worlds.ts';
import { loadLearner } from '../../worlds/learners.ts';
import { createWorldSession } from './session.ts';

/** The session of a world behind the boundary of its worker; errors cross it as data. */
export function createWorldHost() {
  let engine: WorldEngine | null = null;
  const answer = async <T>(work: (engine: WorldEngine) => Promise<T>): Promise<Answer<T>> => {
    try {
      if (!engine) throw new Error('connect comes first.');
      return { ok: true, value: await work(engine) };
    } catch (error) {
      return { ok: false, problem: problemOf(error) };
    }
  };
  return {
    connect(events: MessagePort): void {
      const emit = (event: WorldEvent) => events.postMessage(event);
      // What was told before is heard before this.
      events.onmessage = () => events.postMessage(null);
      engine = createWorldSession({ emit, load: loadLearner });
    },
    configure: (...args: Parameters<WorldEngine['configure']>) => answer((of) => of.configure(...args)),
    train: (...args: Parameters<WorldEngine['train']>) => answer((of) => of.train(...args)),
    pause: () => answer((of) => of.pause()),
    reset: () => answer((of) => of.reset()),
    watch: (...args: Parameters<WorldEngine['watch']>) => answer((of) => of.watch(...args)),
    ask: (...args: Parameters<WorldEngine['ask']>) => answer((of) => of.ask(...args)),
  };
}

export type WorldHost = ReturnType<typeof createWorldHost>;
