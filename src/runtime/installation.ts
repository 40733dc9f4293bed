import type { OpenDevice } from '../backends/device.ts';
import type { TrainerState } from '../backends/types.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { Experiment } from '../families/family.ts';
import { badRequest } from '../protocol/errors.ts';
import type { EngineEvent } from '../protocol/protocol.ts';
import type { RecordingRequest } from '../views/index.ts';
import { type ActiveModels, openModels } from './activeModels.ts';
import type { Guests } from './guests.ts';
import type { Pretrained } from './pretrained.ts';
import { createPreviews, type Previews } from './previews.ts';
import { createSnapshots, type Snapshots } from './snapshots.ts';
import type { TimeBudget } from './timeBudget.ts';
import type { TrainingRun } from './trainingRun.ts';

/** What there is between `start` and `dispose`. */
export interface Opened {
  readonly config: ExperimentConfig;
  readonly models: ActiveModels;
  readonly previews: Previews;
}

interface InstallationParts {
  emit(event: EngineEvent): void;
  readonly run: TrainingRun;
  readonly budget: TimeBudget;
  readonly guests: Guests;
  /** Refuses what was asked of the models that go. */
  refuseAll(): Promise<void>;
}

/** An experiment on a device: its models, and what is recorded of them. */
export interface Installation {
  /** Null before `start`, and where nothing is left to compute on. */
  readonly opened: Opened | null;
  /** @throws EngineError 'bad-request' where there is none */
  current(): Opened;
  readonly config: ExperimentConfig | null;
  /** Settings that hold from now on; what they throw away is installed anew. */
  adopt(config: ExperimentConfig): void;
  install(device: OpenDevice, experiment: Experiment, state: TrainerState): void;
  /** Stops what runs and frees what is on the device, which may be gone already. */
  uninstall(): Promise<void>;
  /** Of an installation that is uninstalled: there will be no other. */
  leave(): void;
  dropJobs(): Promise<void>;
  /** The ready-made weights that are shown until the person's own are as good; null for none. */
  showFirst(pretrained: Pretrained | null): void;
  watch(requests: readonly RecordingRequest[], likelihood: boolean): void;
  /** What is watched, once more: what was recorded of other models is gone. */
  watchAgain(): void;
  readonly isWatched: boolean;
  /** Forgets the weights of earlier steps. */
  dropSnapshots(): void;
  /** What training the model has taken; null where that is not known. */
  trainedSeconds: number | null;
}

export function createInstallation(parts: InstallationParts): Installation {
  const { emit, run, budget, guests, refuseAll } = parts;
  let config: ExperimentConfig | null = null;
  let held: Omit<Opened, 'config'> | null = null;
  let watched: readonly RecordingRequest[] = [];
  let isLikelihoodWanted = false;
  let standIn: Pretrained | null = null;
  let snapshots = newSnapshots();

  function newSnapshots(): Snapshots {
    return createSnapshots((steps) => emit({ type: 'snapshots', steps }));
  }

  const installation: Installation = {
    get opened() {
      return config && held && { config, ...held };
    },
    get config() {
      return config;
    },
    get isWatched() {
      return watched.length > 0;
    },
    trainedSeconds: 0,
    current() {
      const { opened } = installation;
      if (opened) return opened;
      throw badRequest('The engine has not been started.', 'Call start first and wait for it.');
    },
    adopt(next) {
      config = next;
    },
    install(device, experiment, state) {
      if (state.step === 0) {
        snapshots = newSnapshots();
        installation.trainedSeconds = 0;
      } else snapshots.dropAfter(state.step);
      const models = openModels(device, experiment, config!, state, standIn, snapshots);
      if (state.step === 0) snapshots.keep(0, state.ema);
      const previews = createPreviews({
        ...{ config: () => config!, models, emit },
        training: () => run.phase === 'training',
        followed: () => run.isFollowed(config!),
        guest: (name) => guests.of(name, device),
      });
      previews.watch(watched, isLikelihoodWanted);
      held = { models, previews };
      run.restart(models.training.step);
      budget.restart();
    },
    async uninstall() {
      await installation.dropJobs();
      try {
        await held?.previews.dispose();
        guests.release();
        held?.models.dispose();
      } catch {
        // A lost device may refuse even to free its tensors; its backend is removed as a whole.
      }
    },
    leave() {
      held = null;
    },
    async dropJobs() {
      await refuseAll();
      await held?.previews.cancel(false);
    },
    showFirst(pretrained) {
      standIn = pretrained;
    },
    watch(requests, likelihood) {
      watched = requests;
      isLikelihoodWanted = likelihood;
      installation.watchAgain();
    },
    watchAgain() {
      held?.previews.watch(watched, isLikelihoodWanted);
    },
    dropSnapshots() {
      snapshots = newSnapshots();
    },
  };
  return installation;
}
