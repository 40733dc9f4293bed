import { keepAtHand, type OwnData } from '../experiment/ownData.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import { type Answer, type TaggedEvent, transferables } from '../protocol/channel.ts';
import { problemOf } from '../protocol/errors.ts';
import type { Engine, ModelWeights, Trials } from '../protocol/protocol.ts';
import type { StudyKind, StudyRequest } from '../protocol/studies.ts';
import { loadPretrained } from './pretrained.ts';
import { createSession, type Session } from './session.ts';

/** The session behind the boundary of a worker or, where there can be none, behind that of a message port of the page. */
export function createHost() {
  let session: Session | null = null;
  let current = 0;

  async function answer<T>(work: () => Promise<T>): Promise<Answer<T>> {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      return { ok: false, problem: problemOf(error) };
    }
  }

  function open(): Session {
    if (!session) throw new Error('connect comes first.');
    return session;
  }
  const adopt = (run: number) => () => {
    current = run;
  };

  return {
    /** @param pretrainedUrl where the weights lie that are shown first; null to show none */
    connect(events: MessagePort, pretrainedUrl: string | null): void {
      session = createSession({
        emit(event) {
          const tagged: TaggedEvent = { run: current, event };
          events.postMessage(tagged, transferables(event));
        },
        ...(pretrainedUrl ? { pretrained: loadPretrained(pretrainedUrl) } : {}),
      });
    },
    /** Answers that it is there. */
    ping(): void {},
    /** @param data the points that `config` names by their key, unless they were sent before */
    configure: (config: ExperimentConfig, run: number, data: OwnData | null) =>
      answer(() => {
        if (data) keepAtHand(data);
        return open().configure(config, adopt(run));
      }),
    weights: () => answer(() => open().weights()),
    weightCount: (config: ExperimentConfig, data: OwnData | null) =>
      answer(() => {
        if (data) keepAtHand(data);
        return open().weightCount(config);
      }),
    restore: (kept: ModelWeights, run: number) => answer(() => open().restore(kept, adopt(run))),
    reset: (run: number) => answer(() => open().reset(adopt(run))),
    start: (config: ExperimentConfig, trials: Trials, data: OwnData | null) =>
      answer(() => {
        if (data) keepAtHand(data);
        return open().start(config, trials);
      }),
    train: (...args: Parameters<Engine['train']>) => answer(() => open().train(...args)),
    pause: () => answer(() => open().pause()),
    lend: (...args: Parameters<Engine['lend']>) => answer(() => open().lend(...args)),
    show: (...args: Parameters<Engine['show']>) => answer(() => open().show(...args)),
    watch: (...args: Parameters<Engine['watch']>) => answer(() => open().watch(...args)),
    sample: (...args: Parameters<Engine['sample']>) => answer(() => open().sample(...args)),
    quality: (...args: Parameters<Engine['quality']>) => answer(() => open().quality(...args)),
    exact: (...args: Parameters<Engine['exact']>) => answer(() => open().exact(...args)),
    score: (...args: Parameters<Engine['score']>) => answer(() => open().score(...args)),
    data: (...args: Parameters<Engine['data']>) => answer(() => open().data(...args)),
    path: (...args: Parameters<Engine['path']>) => answer(() => open().path(...args)),
    study: <K extends StudyKind>(kind: K, request: StudyRequest<K>, id: number) =>
      answer(() => open().study(kind, request, id)),
    cancelStudy: (id: number) => answer(() => open().cancelStudy(id)),
    memory: () => answer(() => open().memory()),
    /** Ends the session; a worker can simply be terminated instead. */
    dispose: () => answer(async () => session?.dispose()),
  };
}

export type Host = ReturnType<typeof createHost>;
