import { type OpenDevice, openDevice } from '../backends/device.ts';
import { freshState, initialState } from '../backends/state.ts';
import type { TrainerState } from '../backends/types.ts';
import { invalidated } from '../experiment/fields.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { Experiment } from '../families/family.ts';
import { familyOf } from '../families/index.ts';
import { badRequest, interrupted, problemOf } from '../protocol/errors.ts';
import type { Engine, EngineEvent, ModelWeights } from '../protocol/protocol.ts';
import type { RecordingRequest } from '../views/index.ts';
import { type ActiveModels, openModels } from './activeModels.ts';
import { createAnswers } from './answers.ts';
import { createDeviceKeeper } from './deviceKeeper.ts';
import { createGuests } from './guests.ts';
import { createLoop, type YieldToMessages } from './loop.ts';
import type { Pretrained } from './pretrained.ts';
import { createPreviews, type Previews } from './previews.ts';
import { createSnapshots, isSnapshotStep, type Snapshots } from './snapshots.ts';
import { createTimeBudget } from './timeBudget.ts';
import { createTrainingRun } from './trainingRun.ts';

export interface SessionOptions {
  emit(event: EngineEvent): void;
  /** Weights to show until the person's own are as good. */
  readonly pretrained?: Promise<Pretrained | null>;
  /** Opens a device; tests bring their own. */
  readonly open?: typeof openDevice;
  /** How messages are let in between slices; outside the browser there are better ways than the default. */
  readonly yielding?: YieldToMessages;
  /** How long to rest after each millisecond of what nobody waits for, milliseconds. */
  readonly leisure?: number;
}

export interface Session extends Engine {
  /** @param adopted called when the new config takes force: what is emitted from then on belongs to it */
  configure(config: ExperimentConfig, adopted?: () => void): Promise<void>;
  reset(adopted?: () => void): Promise<void>;
  restore(kept: ModelWeights, adopted?: () => void): Promise<void>;
  /** Stops everything and frees everything. */
  dispose(): Promise<void>;
}

/** With this much rest pictures move smoothly and no fan starts while numbers become surer. */
const LEISURE = 2;

/** What there is between `start` and `dispose`. */
interface Opened {
  readonly models: ActiveModels;
  readonly previews: Previews;
}

/** One experiment's life, from `start` to `dispose`; knows nothing of workers, and of families and views by interface alone. */
export function createSession(options: SessionOptions): Session {
  const { emit, pretrained, open = openDevice, yielding, leisure = LEISURE } = options;
  let config: ExperimentConfig | null = null;
  let opened: Opened | null = null;
  let watched: readonly RecordingRequest[] = [];
  let isLikelihoodWanted = false;
  let standIn: Pretrained | null = null;
  let snapshots = newSnapshots();
  /** What training the model has taken; null where that is not known. */
  let trainedSeconds: number | null = 0;
  const guests = createGuests();
  const run = createTrainingRun(emit);
  const budget = createTimeBudget();
  const loop = createLoop(turn, yielding);
  const answers = createAnswers({ loop, emit, current, guests });
  const devices = createDeviceKeeper({
    open,
    emit,
    inUse: () => opened?.models.device ?? null,
    onLost: () => loop.wake(),
  });

  function newSnapshots(): Snapshots {
    return createSnapshots((steps) => emit({ type: 'snapshots', steps }));
  }

  function current(): Opened & { readonly config: ExperimentConfig } {
    if (config && opened) return { config, ...opened };
    throw badRequest('The engine has not been started.', 'Call start first and wait for it.');
  }

  // ---- the experiment and its device

  function install(device: OpenDevice, experiment: Experiment, state: TrainerState): void {
    if (state.step === 0) {
      snapshots = newSnapshots();
      trainedSeconds = 0;
    } else snapshots.dropAfter(state.step);
    const models = openModels(device, experiment, config!, state, standIn, snapshots);
    if (state.step === 0) snapshots.keep(0, state.ema);
    const training = () => run.phase === 'training';
    const followed = () => run.isFollowed(config!);
    const previews = createPreviews({
      ...{ config: () => config!, models, training, followed, emit },
      guest: (name) => guests.of(name, device),
    });
    previews.watch(watched, isLikelihoodWanted);
    opened = { models, previews };
    run.restart(models.training.step);
    budget.restart();
  }

  /** Stops what runs and frees what is on the device, which may be gone already. */
  async function uninstall(): Promise<void> {
    await dropJobs();
    try {
      await opened?.previews.dispose();
      guests.release();
      opened?.models.dispose();
    } catch {
      // A lost device may refuse even to free its tensors; its backend is removed as a whole.
    }
  }

  async function dropJobs(): Promise<void> {
    await answers.refuseAll(interrupted());
    await opened?.previews.cancel(false);
  }

  /** Training goes on from the kept weights, on another device. */
  async function recover(): Promise<void> {
    const { models, config: now } = current();
    const { experiment, device } = models;
    const { checkpoint } = models.training;
    devices.announce(checkpoint.step);
    await uninstall();
    try {
      install(await devices.reopen(device, now, experiment, checkpoint), experiment, checkpoint);
    } catch (error) {
      opened = null; // nothing is left to compute on; the page can only be reloaded
      run.fail(error);
      throw error;
    }
  }

  // ---- turns

  async function turn(): Promise<boolean> {
    if (!opened) return false;
    try {
      if (devices.lost !== null) await recover();
      return await Promise.race([work(current()), devices.gone]);
    } catch (error) {
      await failed(error);
      return true;
    }
  }

  async function work(now: Opened & { readonly config: ExperimentConfig }): Promise<boolean> {
    const trained = run.phase === 'training' && (await trainSlice(now));
    const answering = await answers.advance();
    const previewing = await previewSlice(trained);
    if (trained || answering) return true;
    if (previewing > 0 && !now.previews.leisurely) return true;
    if (previewing > 0) setTimeout(loop.wake, leisure * previewing);
    if (run.phase === 'training') setTimeout(loop.wake, run.wait(current().models, current().config));
    return false;
  }

  async function failed(error: unknown): Promise<void> {
    if (devices.isLossOf(error)) return;
    emit({ type: 'problem', problem: problemOf(error) });
    await dropJobs();
    opened?.previews.watch([]); // what just failed would fail again
    if (opened && run.phase === 'training') run.stop('paused', opened.models.training.step);
  }

  /** @returns whether a step was due */
  async function trainSlice({ models, config: now }: Opened & { readonly config: ExperimentConfig }) {
    const { ms, divergedAt } = await run.slice(models, now, watched.length === 0 || opened!.previews.awaited);
    if (trainedSeconds !== null) trainedSeconds += ms / 1000;
    budget.earn(ms, run.isFollowed(now));
    if (divergedAt === null) {
      const { step } = models.training;
      if (ms > 0 && isSnapshotStep(step)) snapshots.keep(step, await models.training.average());
      return ms > 0;
    }
    // Back to the last good weights, so that there is still something to see.
    const { step, checkpoint } = models.training;
    await uninstall();
    install(models.device, models.experiment, checkpoint);
    run.diverge(divergedAt, step, checkpoint.step);
    return true;
  }

  /** @param contended whether training wants the time too: what it does not use is free */
  /** @returns the milliseconds that it took */
  async function previewSlice(contended: boolean): Promise<number> {
    const { previews } = opened!;
    const spent = await budget.spend(() => previews.step(), contended, previews.awaited);
    if (run.phase === 'training') run.progress.addPreview(spent);
    return spent;
  }

  return {
    start: (next, remembered = {}) =>
      loop.run(async () => {
        if (config) throw badRequest('The engine has been started already.', 'Use configure.');
        const experiment = familyOf(next).build(next);
        const state = initialState(experiment);
        devices.remember(remembered);
        run.enter('starting', 0);
        const device = await devices.open(next, experiment, state);
        standIn = await soon(pretrained ?? null);
        config = next;
        install(device, experiment, state);
        run.enter('idle', state.step);
        return device.info;
      }),

    configure: (next, adopted) =>
      loop.run(async () => {
        const { config: old, models, previews } = current();
        const loses = invalidated(old, next);
        const experiment = loses === 'model' ? familyOf(next).build(next) : models.experiment;
        if (loses === 'samples') await previews.cancel(true);
        config = next;
        adopted?.();
        const moves = next.backend !== old.backend || !models.device.suits(experiment.task);
        run.rebudget(next);
        if (loses !== 'model' && !moves) return;

        if (loses !== 'model') await models.training.save();
        const state = loses === 'model' ? initialState(experiment) : models.training.checkpoint;
        await uninstall();
        let { device } = models;
        if (moves) {
          device.backend.dispose();
          device = await devices.open(next, experiment, state);
        }
        install(device, experiment, state);
        if (loses === 'model') run.startAnew(next);
      }),

    async train(trainingBudget) {
      const { done } = await loop.run(() => {
        const { models, config: now } = current();
        return run.begin(trainingBudget, models, now);
      });
      return done;
    },

    pause: () =>
      loop.run(() => {
        if (run.phase === 'training') run.stop('paused', current().models.training.step);
      }),

    reset: (adopted) =>
      loop.run(async () => {
        const { models } = current();
        await uninstall();
        adopted?.();
        standIn = null; // who starts anew wants to see an untrained network
        install(models.device, models.experiment, initialState(models.experiment));
        run.fail(interrupted());
        run.enter('idle', 0);
      }),

    weights: () =>
      loop.run(async () => {
        const { training } = current().models;
        const weights = (await training.average()).slice();
        return { step: training.step, weights, seconds: trainedSeconds };
      }),

    weightCount: (of) => loop.run(() => initialState(familyOf(of).build(of)).weights.length),

    restore: ({ step, weights, seconds }, adopted) =>
      loop.run(async () => {
        const { models } = current();
        const expected = models.training.checkpoint.weights.length;
        if (weights.length !== expected) {
          throw badRequest(
            `The run has ${weights.length} weights; this network has ${expected}.`,
            'Choose the settings that it was trained with.',
          );
        }
        await uninstall();
        adopted?.();
        standIn = null; // who asks for a run wants to see that run
        snapshots = newSnapshots();
        install(models.device, models.experiment, { ...freshState(weights), step });
        trainedSeconds = seconds;
        run.fail(interrupted());
        run.enter('paused', step);
      }),

    lend: (models) =>
      loop.run(async () => {
        const { previews, models: own } = current();
        await previews.cancel(false);
        guests.set(models);
        previews.forgetGuests();
        previews.watch(watched, isLikelihoodWanted);
        return models.map(({ name }) => name).filter((name) => guests.of(name, own.device) === null);
      }),

    show: (step) =>
      loop.run(() => {
        current().models.snapshots.choose(step);
      }),

    watch: (requests, likelihood = false) =>
      loop.run(() => {
        watched = requests;
        isLikelihoodWanted = likelihood;
        opened?.previews.watch(requests, likelihood);
      }),

    ...answers.methods,

    memory: () => loop.run(() => current().models.device.backend.memory()),

    async dispose() {
      await loop.run(async () => {
        await uninstall();
        run.fail(interrupted());
        opened?.models.device.backend.dispose();
        opened = null;
      });
      await loop.stop();
    },
  };
}

/** Waits at most a second, and then gives null: the engine can do without. */
function soon<T>(promise: Promise<T | null> | null): Promise<T | null> {
  const later = new Promise<null>((resolve) => setTimeout(resolve, 1000, null));
  return Promise.race([promise, later]);
}
