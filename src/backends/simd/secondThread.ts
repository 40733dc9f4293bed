import { Mailbox } from './mailbox.ts';
import type { Work } from './work.ts';

/** A thread that does halves of work. */
export interface Helper {
  /** It was given up while it worked, and may write to what is its own for a while. */
  readonly lost: boolean;
  offer(work: Work): void;
  /**
   * What became of the offer, if there was one. Nobody waits for a thread that has not begun; its offer is withdrawn.
   * @param ownMs how long the other half has taken
   * @returns what `perform` came to, or null when the work was not done
   */
  collect(ownMs: number): number | null;
  dispose(): void;
}

/** What the thread is told first. */
export interface Introduction {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly mailbox: SharedArrayBuffer;
}

/** How long a half may take beyond ten times its equal's: a busy machine is no death. */
const PATIENCE_MS = 1000;

/** A helper that joins whenever its thread has started. @param end ends the thread */
export function helperOn(mailbox: Mailbox, end: () => void, patienceMs = PATIENCE_MS): Helper {
  let lost = false;
  let offered = false;
  return {
    get lost() {
      return lost;
    },
    offer(work) {
      if (lost) return;
      mailbox.offer(work);
      offered = true;
    },
    collect(ownMs) {
      if (!offered) return null;
      offered = false;
      if (mailbox.withdraw()) return null;
      const sum = mailbox.answer(patienceMs + 10 * ownMs);
      if (sum === null) {
        lost = true;
        end();
      }
      return sum;
    },
    dispose: end,
  };
}

/** Starts a second thread in a worker. @throws Error where there can be none */
export function startSecondThread(module: WebAssembly.Module, memory: WebAssembly.Memory): Helper {
  const mailbox = new Mailbox();
  const worker = new Worker(new URL('./secondThreadWorker.ts', import.meta.url), { type: 'module' });
  // Without it steps are taken alone; the engine need not end over it.
  worker.addEventListener('error', (event) => event.preventDefault());
  const introduction: Introduction = { module, memory, mailbox: mailbox.buffer };
  worker.postMessage(introduction);
  return helperOn(mailbox, () => worker.terminate());
}
