import type { Invalidation } from '../experiment/types.ts';
import { isInterrupted } from '../protocol/errors.ts';
import type { Engine, TrainingBudget, TrainingPhase } from '../protocol/protocol.ts';

export type TrainingOutcome = Awaited<ReturnType<Engine['train']>>;

export interface Training {
  /** Trains on, up to the budget of the experiment or the one given; a notice tells of failure. */
  train(budget?: TrainingBudget): Promise<void>;
  /** The same for a program: resolves with the outcome, rejects on failure. */
  trainFor(budget: TrainingBudget): Promise<TrainingOutcome>;
  pause(): Promise<void>;
  /** Trains if it rests, pauses if it trains, restarts what could not be started. */
  toggle(): Promise<void>;
  /** One step, then a pause. */
  stepOnce(): Promise<void>;
  /** New weights; rests. */
  reset(): Promise<void>;
  /** New weights; trains. Revives an engine that has stopped. */
  restart(): Promise<void>;
  /** Trains on where a change of the experiment stopped it, unless the person paused it. */
  resumeAfter(lost: Invalidation): void;
  /** Pauses while the page is in another world, and trains on when it is back. */
  changedWorld(): void;
}

interface TrainingOptions {
  readonly engine: Engine;
  readonly phase: () => TrainingPhase;
  /** Whether the engine answers. */
  readonly responding: () => boolean;
  /** Brings another engine. */
  readonly revive: () => Promise<void>;
  /** Resolves when the engine has taken in every change. */
  readonly settled: () => Promise<void>;
  readonly discard: () => void;
  readonly report: (error: unknown) => void;
  /** Whether to train from the start. */
  readonly wanted: boolean;
  /** Whether the page is in another world, where nothing of this one learns. */
  readonly resting: () => boolean;
}

/** The training buttons. What the person last asked for, to train or to rest, outlives changes of the experiment. */
export function createTraining(options: TrainingOptions): Training {
  const { engine, phase, responding, revive, settled, discard, report, resting } = options;
  let { wanted } = options;
  // Training resolves only at its end: nothing may wait for it but the one who asked.
  const run = (budget?: TrainingBudget) => engine.train(budget).then(() => undefined, reportFailure);
  const reportFailure = (error: unknown) => {
    // Whoever changed the experiment, or paused, knows.
    if (!isInterrupted(error)) report(error);
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
  const restart = async () => {
    wanted = true;
    try {
      if (phase() === 'failed' || !responding()) await revive();
      else {
        await settled();
        // An engine that cannot even begin afresh is gone: another takes its place.
        await renew().catch(revive);
      }
      // Whoever paused or forgot meanwhile asked last.
      if (wanted) void run();
    } catch (error) {
      report(error);
    }
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
    toggle() {
      if (phase() === 'failed') return restart();
      return phase() === 'training' ? pause() : train();
    },
    stepOnce() {
      wanted = false;
      return command(async () => {
        // Sent at once, one after the other: nothing that is asked meanwhile can come between them.
        const paused = phase() === 'training' ? engine.pause() : null;
        await Promise.all([paused, run({ steps: 1 })]);
      });
    },
    reset() {
      wanted = false;
      return command(renew);
    },
    restart,
    resumeAfter(lost) {
      if (wanted && lost === 'model' && !resting()) void run();
    },
    changedWorld() {
      if (resting()) engine.pause().catch(reportFailure);
      else if (wanted && (phase() === 'idle' || phase() === 'paused')) void run();
    },
  };
}
