import { type OpenDevice, openDevice } from '../backends/device.ts';
import type { TrainerState } from '../backends/types.ts';
import { thrownAway } from '../experiment/fields.ts';
import { formatNumber } from '../experiment/numberText.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import { createExperiment, type Experiment, freshData } from '../families/gaussian/experiment.ts';
import { measureOnRequest } from '../families/gaussian/qualityRequest.ts';
import { tracePath } from '../families/gaussian/recordings/path.ts';
import { scoreAt } from '../families/gaussian/recordings/score.ts';
import { drawSamples, requireInteger } from '../families/gaussian/requests.ts';
import { badRequest, EngineError, interrupted, problemOf } from '../protocol/errors.ts';
import type { BackendName, Engine, EngineEvent, TrainingPhase, Trials } from '../protocol/protocol.ts';
import type { RecordingRequest } from '../views/index.ts';
import { openWorkshop, type Workshop } from './activeModels.ts';
import { createAskedJobs, lent, type ModelJob } from './jobs.ts';
import { type Breath, createLoop } from './loop.ts';
import type { Pretrained } from './pretrained.ts';
import { createPreviews, type Previews } from './previews.ts';
import { createProgress } from './progress.ts';
import { createPreviewShare, PREVIEW_SLICE_MS } from './timeBudget.ts';
import { createGoal, type Goal } from './trainCall.ts';
import { initialState } from './training.ts';

const RECOVERIES_PER_BACKEND = 2;

export interface SessionOptions {
  emit(event: EngineEvent): void;
  /** Weights to show until the person's own are as good. */
  readonly pretrained?: Promise<Pretrained | null>;
  /** Opens a device; tests bring their own. */
  readonly open?: typeof openDevice;
  /** How messages are let in between slices; outside the browser there are better ways than the default. */
  readonly breath?: Breath;
}

export interface Session extends Engine {
  /** @param adopted called when the new config takes force: what is emitted from then on belongs to it */
  configure(config: ExperimentConfig, adopted?: () => void): Promise<void>;
  reset(adopted?: () => void): Promise<void>;
  /** Stops everything and frees everything. */
  dispose(): Promise<void>;
}

/** One experiment's life, from `start` to `dispose`; knows nothing of workers. */
export function createSession({ emit, pretrained, open = openDevice, breath }: SessionOptions): Session {
  let config: ExperimentConfig | null = null;
  let shop: Workshop | null = null;
  let previews: Previews | null = null;
  let watched: readonly RecordingRequest[] = [];
  let phase: TrainingPhase = 'starting';
  let goal: Goal | null = null;
  let loss = Number.NaN;
  let lost: string | null = null;
  let deviceGone = lostSignal();
  let standIn: Pretrained | null = null;
  let trials: Trials = {};
  const recoveries = new Map<BackendName, number>();
  const asked = createAskedJobs();
  const progress = createProgress(emit);
  const share = createPreviewShare();
  const loop = createLoop(turn, breath);

  function opened(): { config: ExperimentConfig; shop: Workshop; previews: Previews } {
    if (config && shop && previews) return { config, shop, previews };
    throw badRequest('The engine has not been started.', 'Call start first and wait for it.');
  }

  function enter(next: TrainingPhase): void {
    phase = next;
    emit({ type: 'phase', phase, step: shop?.training.step ?? 0 });
  }

  // ---- the experiment and its device

  function install(device: OpenDevice, experiment: Experiment, state: TrainerState): void {
    shop = openWorkshop(device, experiment, config!, state, standIn);
    previews = createPreviews({ config: () => config!, shop, training: () => phase === 'training', emit });
    previews.watch(watched);
    progress.restart(shop.training.step);
    loss = Number.NaN;
    share.restart();
  }

  /** Stops what runs and frees what is on the device, which may be gone already. */
  async function uninstall(): Promise<void> {
    await dropJobs();
    try {
      shop?.dispose();
    } catch {
      // A lost device may refuse even to free its tensors; its backend is removed as a whole.
    }
  }

  async function dropJobs(): Promise<void> {
    await asked.refuseAll(interrupted());
    await previews?.cancel(false);
  }

  async function openFor(
    next: ExperimentConfig,
    { task, rng }: Experiment,
    state: TrainerState,
    without: readonly BackendName[] = [],
  ): Promise<OpenDevice> {
    const device = await open({
      choice: next.backend,
      trial: { task, state, batchSize: next.batchSize, rng: rng.fork('trial') },
      trials,
      without,
      onLost(message) {
        if (shop?.device !== device) return;
        lost = message;
        deviceGone.signal();
        loop.wake();
      },
    });
    const { trial } = device.info;
    if (trial) trials = { ...trials, [trial.adapter]: trial.speeds };
    emit({ type: 'engine', info: device.info });
    return device;
  }

  /** A fresh device, or the next backend when this one keeps failing; training goes on from the kept weights. */
  async function recover(message: string): Promise<void> {
    const { shop: old } = opened();
    const { backend } = old.device.info;
    const count = (recoveries.get(backend) ?? 0) + 1;
    recoveries.set(backend, count);
    lost = null;
    deviceGone = lostSignal();
    emit({
      type: 'problem',
      problem: {
        code: 'device-lost',
        message: `The GPU was lost${message ? ` (${message})` : ''}. Training goes on from step ${old.training.checkpoint.step}.`,
        advice: 'Nothing to do. If it keeps happening, choose another backend under Model.',
      },
    });
    await uninstall();
    old.device.backend.dispose();
    await new Promise((resolve) => setTimeout(resolve, 300)); // the browser restarts its GPU process
    try {
      const { checkpoint } = old.training;
      const without = count > RECOVERIES_PER_BACKEND ? [backend] : [];
      install(await openFor(config!, old.experiment, checkpoint, without), old.experiment, checkpoint);
    } catch (error) {
      shop = null; // nothing is left to compute on; the page can only be reloaded
      goal?.fail(error);
      goal = null;
      throw error;
    }
  }

  // ---- turns

  async function turn(): Promise<boolean> {
    if (!shop || !config || !previews) return false;
    try {
      if (lost !== null) await recover(lost);
      // What waits for a device that is gone may wait for ever.
      return await Promise.race([work(), deviceGone.promise]);
    } catch (error) {
      await failed(error);
      return true;
    }
  }

  async function work(): Promise<boolean> {
    const training = phase === 'training';
    if (training) await trainSlice();
    const answering = await asked.advance(PREVIEW_SLICE_MS);
    const previewing = await previewSlice(phase === 'training');
    return training || answering || previewing;
  }

  /** A GPU that throws is taken for lost; anything else stops the training and is reported. */
  async function failed(error: unknown): Promise<void> {
    const onGpu = ['wgsl', 'webgpu', 'webgl'].includes(shop?.device.info.backend ?? '');
    if (onGpu && !(error instanceof EngineError)) {
      lost = error instanceof Error ? error.message : String(error);
      return;
    }
    emit({ type: 'problem', problem: problemOf(error) });
    await dropJobs();
    previews?.watch([]); // what just failed would fail again
    if (shop && phase === 'training') stopTraining('paused');
  }

  async function trainSlice(): Promise<void> {
    const { config: now, shop: current } = opened();
    const { training } = current;
    const { untilStep, untilTime } = goal!;
    const slice = await training.slice(now, untilStep - training.step);
    share.earn(slice.ms);
    if (slice.diverged) {
      await diverge(slice.loss);
      return;
    }
    loss = slice.loss;
    progress.add(training.step, loss);
    progress.send(training.step);
    if (training.step >= untilStep || performance.now() >= untilTime) stopTraining(goal!.after);
  }

  function stopTraining(next: 'paused' | 'converged'): void {
    const { training } = opened().shop;
    progress.send(training.step, true);
    enter(next);
    goal?.finish(training.step, loss);
    goal = null;
  }

  /** Back to the last good weights, so that there is still something to see. */
  async function diverge(beyond: number): Promise<void> {
    const { shop: old } = opened();
    const { step } = old.training;
    const kept = old.training.checkpoint;
    await uninstall();
    install(old.device, old.experiment, kept);
    phase = 'diverged';
    emit({ type: 'phase', phase, step });
    const error = new EngineError({
      code: 'diverged',
      message: `${divergence(beyond)} at step ${step}; the weights of step ${kept.step} are kept.`,
      advice:
        'Lower the learning rate (a third is a good first try) or raise the batch size, then reset and train.',
    });
    emit({ type: 'problem', problem: error.problem });
    goal?.fail(error);
    goal = null;
  }

  async function previewSlice(training: boolean): Promise<boolean> {
    const current = previews!;
    const spent = await share.spend(() => current.step(), training, current.waitingForFirst);
    if (training) progress.addPreview(spent);
    return spent > 0;
  }

  /** Works with the shown model, before any preview, and resolves with what it reports. */
  async function ofModel<T>(start: ModelJob<T>): Promise<T> {
    // In an object, so that the loop does not wait for it.
    const { answer } = await loop.run(() => {
      const { shop: current } = opened();
      return {
        answer: asked.ask<T>((report) => lent(current, (model) => start(model, current.experiment, report))),
      };
    });
    return answer;
  }

  return {
    start: (next, remembered = {}) =>
      loop.run(async () => {
        if (config) throw badRequest('The engine has been started already.', 'Use configure.');
        const experiment = createExperiment(next);
        const state = initialState(experiment);
        trials = remembered;
        enter('starting');
        const device = await openFor(next, experiment, state);
        standIn = await soon(pretrained ?? null);
        config = next;
        install(device, experiment, state);
        enter('idle');
        return device.info;
      }),

    configure: (next, adopted) =>
      loop.run(async () => {
        const { config: old, shop: current, previews: shown } = opened();
        const loses = thrownAway(old, next);
        const experiment = loses === 'model' ? createExperiment(next) : current.experiment;
        if (loses === 'samples') await shown.cancel(true);
        config = next;
        adopted?.();
        const moves = next.backend !== old.backend || !current.device.suits(experiment.task);
        if (loses !== 'model' && !moves) return;

        if (loses !== 'model') await current.training.save();
        const state = loses === 'model' ? initialState(experiment) : current.training.checkpoint;
        await uninstall();
        let { device } = current;
        if (moves) {
          device.backend.dispose();
          device = await openFor(next, experiment, state);
        }
        install(device, experiment, state);
        if (loses !== 'model') return;
        goal?.fail(interrupted());
        goal = phase === 'training' ? createGoal(undefined, 0, next) : null;
        enter(goal ? 'training' : 'idle');
      }),

    async train(budget) {
      const begun = await loop.run(() => {
        const { config: now, shop: current } = opened();
        if (phase === 'diverged') {
          throw badRequest('This model has diverged.', 'Lower the learning rate, reset, and train again.');
        }
        const next = createGoal(budget, current.training.step, now);
        goal?.finish(current.training.step, loss);
        goal = next;
        progress.restart(current.training.step);
        if (phase !== 'training') enter('training');
        return { goal: next };
      });
      return begun.goal.done;
    },

    pause: () =>
      loop.run(() => {
        if (phase === 'training') stopTraining('paused');
      }),

    reset: (adopted) =>
      loop.run(async () => {
        const { shop: current } = opened();
        await uninstall();
        adopted?.();
        standIn = null; // who starts anew wants to see an untrained network
        install(current.device, current.experiment, initialState(current.experiment));
        goal?.fail(interrupted());
        goal = null;
        enter('idle');
      }),

    watch: (requests) =>
      loop.run(() => {
        watched = requests;
        previews?.watch(requests);
      }),

    sample: (request) =>
      ofModel((model, experiment, report) => drawSamples(request, model, experiment, report)),

    quality: (request) =>
      ofModel((model, experiment, report) => measureOnRequest(request, model, experiment, report)),

    path: (request) =>
      ofModel((model, experiment, report) => tracePath(request, model, experiment, config!.seed, report)),

    score: ({ t, points, ...question }) =>
      loop.run(async () => {
        const { shop: current } = opened();
        if (!(t > 0 && t <= 1))
          throw badRequest(`t is ${t}.`, 'Give a time above 0 (data) and up to 1 (noise).');
        requireInteger('ofClass', question.ofClass ?? 0, 0, current.experiment.classes.length);
        const borrowed = current.borrow('shown');
        try {
          return await scoreAt(question, t, Float64Array.from(points), borrowed.model, current.experiment);
        } finally {
          borrowed.done();
        }
      }),

    data: ({ n, seed }) =>
      loop.run(() => {
        requireInteger('n', n, 1, 1_000_000);
        return Float32Array.from(freshData(opened().shop.experiment, n, seed));
      }),

    memory: () => loop.run(() => opened().shop.device.backend.memory()),

    async dispose() {
      await loop.run(async () => {
        await uninstall();
        goal?.fail(interrupted());
        shop?.device.backend.dispose();
        shop = null;
      });
      await loop.stop();
    },
  };
}

/** In words; a loss that is absurdly large has diverged too. */
const divergence = (loss: number) =>
  Number.isFinite(loss)
    ? `The loss has grown to ${formatNumber(loss, 0)}`
    : 'The loss is no longer a finite number';

/** What is there within a second; null for what is not: an engine must not wait for what it can do without. */
function soon<T>(promise: Promise<T | null> | null): Promise<T | null> {
  const later = new Promise<null>((resolve) => setTimeout(resolve, 1000, null));
  return Promise.race([promise, later]);
}

/** Says once, to whoever races against it, that the device is gone; resolves with "there is more to do". */
function lostSignal(): { promise: Promise<boolean>; signal(): void } {
  let signal = () => {};
  const promise = new Promise<boolean>((resolve) => {
    signal = () => resolve(true);
  });
  return { promise, signal: () => signal() };
}
