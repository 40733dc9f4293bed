/**
 * One turn after another, with messages let in between and commands run between turns, never within one.
 * So nothing in the session is ever half-way when it is changed.
 */
export interface Loop {
  /** Runs `command` before the next turn. */
  run<T>(command: () => T | Promise<T>): Promise<T>;
  /** There may be work again. */
  wake(): void;
  /** After the current turn, no more; commands that still wait are refused. */
  stop(): Promise<void>;
}

/** Lets whatever waits outside go first. */
export interface YieldToMessages {
  next(): Promise<void>;
  close(): void;
}

/** @param turn does a slice of work and says whether there is more; false sleeps until `wake` or a command */
export function createLoop(turn: () => Promise<boolean>, yielding: YieldToMessages = yieldByMessage()): Loop {
  const commands: (() => Promise<void>)[] = [];
  let stopped = false;
  let wake = () => {};

  async function live(): Promise<void> {
    while (!stopped) {
      for (let command = commands.shift(); command; command = commands.shift()) await command();
      if (stopped) break;
      if (await turn()) await yielding.next();
      else if (commands.length === 0 && !stopped) await new Promise<void>((resolve) => (wake = resolve));
    }
    yielding.close();
  }
  let finished: Promise<void> | null = null;

  return {
    run(command) {
      if (stopped) return Promise.reject(new Error('The engine was closed.'));
      return new Promise((resolve, reject) => {
        commands.push(async () => {
          try {
            resolve(await command());
          } catch (error) {
            reject(error);
          }
        });
        finished ??= live();
        wake();
      });
    },
    wake: () => wake(),
    async stop() {
      stopped = true;
      wake();
      await finished;
    },
  };
}

/** Waits for a message to oneself, behind those of others: timers wait 4 ms, and a worker has no frames. */
function yieldByMessage(): YieldToMessages {
  const { port1, port2 } = new MessageChannel();
  let resolve = () => {};
  port1.onmessage = () => resolve();
  return {
    next: () =>
      new Promise<void>((done) => {
        resolve = done;
        port2.postMessage(null);
      }),
    close: () => port1.close(),
  };
}
