import { formatNumber } from '../experiment/numberText.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import { badRequest, EngineError, interrupted } from '../protocol/errors.ts';
import type { EngineEvent, TrainingBudget, TrainingPhase } from '../protocol/protocol.ts';
import type { ActiveModels } from './activeModels.ts';
import { type FollowedPace, followPace } from './followedPace.ts';
import { createProgress, type Progress } from './progress.ts';
import { nextSnapshotAfter } from './snapshots.ts';
import { createTrainCall, type TrainCall, type TrainingResult } from './trainCall.ts';

/** Pictures of an untrained network that take longer do not hold up its training. */
const PATIENCE_MS = 2000;

/** Whether the model trains, until when, and who waits for it. */
export interface TrainingRun {
  readonly phase: TrainingPhase;
  readonly progress: Progress;
  enter(next: TrainingPhase, step: number): void;
  /** Other weights are trained from now on, from this step. */
  restart(step: number): void;
  /** @returns in an object, so that whoever hands it on does not wait for the end of training */
  begin(
    budget: TrainingBudget | undefined,
    models: ActiveModels,
    config: ExperimentConfig,
  ): { readonly done: Promise<TrainingResult> };
  /** Whether these are the steps of the first budget, at a pace to follow. */
  isFollowed(config: ExperimentConfig): boolean;
  /** Milliseconds until the next step is due; 0 where training is not held back. */
  wait(models: ActiveModels, config: ExperimentConfig): number;
  /**
   * Trains for a while, as far as it is due.
   * @param awaited whether a stage is still empty: whoever follows the training sees step 0 first
   * @returns what it took, and the loss at which it diverged; null while it has not
   */
  slice(
    models: ActiveModels,
    config: ExperimentConfig,
    awaited: boolean,
  ): Promise<{ readonly ms: number; readonly divergedAt: number | null }>;
  stop(next: 'paused' | 'converged', step: number): void;
  /** The first budget may be another now. */
  rebudget(config: ExperimentConfig): void;
  /** The model was thrown away: training begins anew where it was under way. */
  startAnew(config: ExperimentConfig): void;
  /** The weights of step `keptStep` are there again. */
  diverge(loss: number, step: number, keptStep: number): void;
  /** Whoever waits hears that there will be no end. */
  fail(error: unknown): void;
}

export function createTrainingRun(emit: (event: EngineEvent) => void): TrainingRun {
  const progress = createProgress(emit);
  let phase: TrainingPhase = 'starting';
  let call: TrainCall | null = null;
  let loss = Number.NaN;
  let pace: FollowedPace = followPace(performance.now());
  /** Until when the first step waits for the first pictures. */
  let patientUntil = 0;

  const isFollowed = (config: ExperimentConfig) => Boolean(call?.mayBeFollowed) && config.pace === 'followed';

  function paceAnew(): void {
    const now = performance.now();
    pace = followPace(now);
    patientUntil = now + PATIENCE_MS;
  }

  function enter(next: TrainingPhase, step: number): void {
    phase = next;
    emit({ type: 'phase', phase, step });
  }

  function stop(next: 'paused' | 'converged', step: number): void {
    progress.send(step, true);
    enter(next, step);
    call?.finish(step, loss);
    call = null;
  }

  function fail(error: unknown): void {
    call?.fail(error);
    call = null;
  }

  return {
    get phase() {
      return phase;
    },
    progress,
    enter,
    restart(step) {
      progress.restart(step);
      loss = Number.NaN;
    },
    begin(budget, { training }, config) {
      if (phase === 'diverged') {
        throw badRequest('This model has diverged.', 'Lower the learning rate, reset, and train again.');
      }
      const next = createTrainCall(budget, training.step, config);
      call?.finish(training.step, loss);
      call = next;
      progress.restart(training.step);
      paceAnew();
      if (phase !== 'training') enter('training', training.step);
      return { done: next.done };
    },
    isFollowed,
    wait: ({ training }, config) => (isFollowed(config) ? pace.wait(training.step, config.budgetSteps) : 0),
    async slice({ training }, config, awaited) {
      const { untilStep, untilTime, after } = call!;
      if (training.step >= untilStep) {
        stop(after, training.step);
        return { ms: 0, divergedAt: null };
      }
      if (awaited && training.step === 0 && isFollowed(config) && performance.now() < patientUntil) {
        pace = followPace(performance.now());
        return { ms: 0, divergedAt: null };
      }
      const due = pace.due(training.step, config.budgetSteps, performance.now());
      if (isFollowed(config) && due === 0) return { ms: 0, divergedAt: null };
      // The weights of some steps are kept, so that a slice may not go beyond them.
      const left = Math.min(untilStep, nextSnapshotAfter(training.step)) - training.step;
      const slice = await training.slice(config, isFollowed(config) ? Math.min(due, left) : left);
      if (slice.diverged) return { ms: slice.ms, divergedAt: slice.loss };
      loss = slice.loss;
      progress.add(training.step, loss);
      progress.send(training.step);
      if (training.step >= untilStep || performance.now() >= untilTime) stop(after, training.step);
      return { ms: slice.ms, divergedAt: null };
    },
    stop,
    rebudget: (config) => call?.rebudget(config),
    startAnew(config) {
      const wasTraining = phase === 'training';
      fail(interrupted());
      if (wasTraining) call = createTrainCall(undefined, 0, config);
      paceAnew();
      enter(wasTraining ? 'training' : 'idle', 0);
    },
    diverge(at, step, keptStep) {
      enter('diverged', step);
      const error = new EngineError({
        code: 'diverged',
        message: `${divergence(at)} at step ${step}; the weights of step ${keptStep} are kept.`,
        advice:
          'Lower the learning rate (a third is a good first try) or raise the batch size, then reset and train.',
      });
      emit({ type: 'problem', problem: error.problem });
      fail(error);
    },
    fail,
  };
}

/** In words; a loss that is absurdly large has diverged too. */
const divergence = (loss: number) =>
  Number.isFinite(loss)
    ? `The loss has grown to ${formatNumber(loss, 0)}`
    : 'The loss is no longer a finite number';
