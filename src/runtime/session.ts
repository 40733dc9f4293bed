import { openDevice } from '../backends/device.ts';
import { freshState, initialState } from '../backends/state.ts';
import { invalidated } from '../experiment/fields.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import { familyOf } from '../families/index.ts';
import { badRequest, interrupted } from '../protocol/errors.ts';
import type { Engine, EngineEvent, ModelWeights } from '../protocol/protocol.ts';
import { createAnswers } from './answers.ts';
import { createDeviceKeeper } from './deviceKeeper.ts';
import { createGuests } from './guests.ts';
import { createInstallation } from './installation.ts';
import { createLoop, type YieldToMessages } from './loop.ts';
import type { Pretrained } from './pretrained.ts';
import { createTimeBudget } from './timeBudget.ts';
import { createTrainingRun } from './trainingRun.ts';
import { createTurn } from './turns.ts';

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

/** One experiment's life, from `start` to `dispose`; knows nothing of workers, and of families and views by interface alone. */
export function createSession(options: SessionOptions): Session {
  const { emit, pretrained, open = openDevice, yielding, leisure = LEISURE } = options;
  const guests = createGuests();
  const run = createTrainingRun(emit);
  const budget = createTimeBudget();
  const loop = createLoop(() => turn(), yielding);
  const { wake } = loop;
  const refuseAll = () => answers.refuseAll(interrupted());
  const installation = createInstallation({ emit, run, budget, guests, refuseAll });
  const { current, install, uninstall } = installation;
  const answers = createAnswers({ loop, emit, current, guests });
  const devices = createDeviceKeeper({
    open,
    emit,
    inUse: () => installation.opened?.models.device ?? null,
    onLost: wake,
  });
  const turn = createTurn({ emit, installation, run, budget, answers, devices, wake, leisure });

  return {
    start: (next, remembered = {}) =>
      loop.run(async () => {
        if (installation.config) throw badRequest('The engine has been started already.', 'Use configure.');
        const experiment = familyOf(next).build(next);
        const state = initialState(experiment);
        devices.remember(remembered);
        run.enter('starting', 0);
        const device = await devices.open(next, experiment, state);
        installation.showFirst(await soon(pretrained ?? null));
        installation.adopt(next);
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
        installation.adopt(next);
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
        installation.showFirst(null); // who starts anew wants to see an untrained network
        install(models.device, models.experiment, initialState(models.experiment));
        run.fail(interrupted());
        run.enter('idle', 0);
      }),

    weights: () =>
      loop.run(async () => {
        const { training } = current().models;
        const weights = (await training.average()).slice();
        return { step: training.step, weights, seconds: installation.trainedSeconds };
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
        installation.showFirst(null); // who asks for a run wants to see that run
        installation.dropSnapshots();
        install(models.device, models.experiment, { ...freshState(weights), step });
        installation.trainedSeconds = seconds;
        run.fail(interrupted());
        run.enter('paused', step);
      }),

    lend: (models) =>
      loop.run(async () => {
        const { previews, models: own } = current();
        await previews.cancel(false);
        guests.set(models);
        previews.forgetGuests();
        installation.watchAgain();
        return models.map(({ name }) => name).filter((name) => guests.of(name, own.device) === null);
      }),

    show: (step) =>
      loop.run(() => {
        current().models.snapshots.choose(step);
      }),

    watch: (requests, likelihood = false) =>
      loop.run(() => {
        installation.watch(requests, likelihood);
      }),

    ...answers.methods,

    memory: () => loop.run(() => current().models.device.backend.memory()),

    async dispose() {
      await loop.run(async () => {
        await uninstall();
        run.fail(interrupted());
        installation.opened?.models.device.backend.dispose();
        installation.leave();
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
