import type { ThrowsAway } from '../config/types.ts';
import { EngineError } from '../engine/errors.ts';
import type { Engine, TrainingBudget, TrainingPhase } from '../engine/protocol.ts';

export type TrainingOutcome = Awaited<ReturnType<Engine['train']>>;

export interface Training {
  /** Trains on, up to the budget of the experiment or the one given; a notice tells of failure. */
  train(budget?: TrainingBudget): Promise<void>;
  /** The same for a program: resolves with the outcome, rejects on failure. */
  trainFor(budget: TrainingBudget): Promise<TrainingOutcome>;
  pause(): Promise<void>;
  /** Trains if it rests, pauses if it trains. */
  toggle(): Promise<void>;
  /** One step, then a pause. */
  stepOnce(): Promise<void>;
  /** New weights; rests. */
  reset(): Promise<void>;
  /** New weights; trains. Revives an engine that has stopped. */
  restart(): Promise<void>;
  /** Trains on where a change of the experiment stopped it, unless the person paused it. */
  resumeAfter(lost: ThrowsAway): void;
}

interface TrainingOptions {
  readonly engine: Engine & { restart(): Promise<void> };
  readonly phase: () => TrainingPhase;
  /** Resolves when the engine has taken in every change. */
  readonly settled: () => Promise<void>;
  readonly discard: () => void;
  readonly report: (error: unknown) => void;
  /** Whether to train from the start. */
  readonly wanted: boolean;
}

/** The training buttons. What the person last asked for, to train or to rest, outlives changes of the experiment. */
export function createTraining(options: TrainingOptions): Training {
  const { engine, phase, settled, discard, report } = options;
  let { wanted } = options;
  // Training resolves only at its end: nothing may wait for it but the one who asked.
  const run = (budget?: TrainingBudget) => engine.train(budget).then(() => undefined, reportFailure);
  const reportFailure = (error: unknown) => {
    // Whoever changed the experiment, or paused, knows.
    if (!(error instanceof EngineError && error.code === 'interrupted')) report(error);
  };
  const command = async (body: () => Promise<void>) => {
    try {
      await settled();
      await body();
    } catch (error) {
      report(error);
    }
  };
  const train = async (budget?: TrainingBudget) => {
    wanted = true;
    await command(() => run(budget));
  };
  const pause = () => {
    wanted = false;
    return command(() => engine.pause());
  };
  const renew = async () => {
    const renewed = engine.reset();
    discard();
    await renewed;
  };

  return {
    train,
    async trainFor(budget) {
      await settled();
      return engine.train(budget);
    },
    pause,
    toggle: () => (phase() === 'training' ? pause() : train()),
    stepOnce() {
      wanted = false;
      return command(async () => {
        if (phase() === 'training') await engine.pause();
        await run({ steps: 1 });
      });
    },
    reset() {
      wanted = false;
      return command(renew);
    },
    restart() {
      wanted = true;
      return command(async () => {
        // An engine that cannot even begin afresh is gone: another takes its place.
        await renew().catch(() => engine.restart());
        void run();
      });
    },
    resumeAfter(lost) {
      if (wanted && lost === 'model') void run();
    },
  };
}
