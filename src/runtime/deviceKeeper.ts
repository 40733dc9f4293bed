import type { OpenDevice, openDevice } from '../backends/device.ts';
import type { TrainerState } from '../backends/types.ts';
import type { BackendName } from '../experiment/backends.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { Experiment } from '../families/family.ts';
import { EngineError } from '../protocol/errors.ts';
import type { EngineEvent, Trials } from '../protocol/protocol.ts';

const RECOVERIES_PER_BACKEND = 2;
/** Browsers restart their GPU process meanwhile. */
const BEFORE_REOPENING_MS = 300;

interface DeviceKeeperOptions {
  /** Opens a device; tests bring their own. */
  readonly open: typeof openDevice;
  /** The device in use. */
  inUse(): OpenDevice | null;
  emit(event: EngineEvent): void;
  /** The device in use is lost. */
  onLost(): void;
}

/** Opens devices, remembers how fast they were, and knows when the one in use is lost. */
export interface DeviceKeeper {
  /** What earlier visits found, so that it need not be measured again. */
  remember(trials: Trials): void;
  open(config: ExperimentConfig, experiment: Experiment, state: TrainerState): Promise<OpenDevice>;
  /** A fresh device after a loss, or the next backend when this one keeps failing. */
  reopen(
    old: OpenDevice,
    config: ExperimentConfig,
    experiment: Experiment,
    state: TrainerState,
  ): Promise<OpenDevice>;
  /** With which words the device in use was lost; null while it is there. */
  readonly lost: string | null;
  /** Resolves with true, “there is more to do”, when the device in use is lost, since calls to it may then never return. */
  readonly gone: Promise<boolean>;
  /** Takes an error for a loss where it is one: a GPU that throws anything but our own errors. */
  isLossOf(error: unknown): boolean;
  /** Says that what was lost is being replaced. */
  announce(step: number): void;
}

export function createDeviceKeeper({ open, inUse, emit, onLost }: DeviceKeeperOptions): DeviceKeeper {
  let trials: Trials = {};
  let lost: string | null = null;
  let gone = signal();
  const recoveries = new Map<BackendName, number>();

  async function openWithout(
    config: ExperimentConfig,
    { task, rng }: Experiment,
    state: TrainerState,
    without: readonly BackendName[],
  ): Promise<OpenDevice> {
    const device = await open({
      choice: config.backend,
      trial: { task, state, batchSize: config.batchSize, rng: rng.fork('trial') },
      trials,
      without,
      onLost(message) {
        if (inUse() !== device) return;
        lost = message;
        gone.give();
        onLost();
      },
    });
    const { trial } = device.info;
    if (trial) trials = { ...trials, [trial.adapter]: trial.speeds };
    emit({ type: 'engine', info: device.info });
    return device;
  }

  return {
    remember(remembered) {
      trials = remembered;
    },
    open: (config, experiment, state) => openWithout(config, experiment, state, []),
    async reopen(old, config, experiment, state) {
      const { backend } = old.info;
      const count = (recoveries.get(backend) ?? 0) + 1;
      recoveries.set(backend, count);
      old.backend.dispose();
      await new Promise((resolve) => setTimeout(resolve, BEFORE_REOPENING_MS));
      return openWithout(config, experiment, state, count > RECOVERIES_PER_BACKEND ? [backend] : []);
    },
    get lost() {
      return lost;
    },
    get gone() {
      return gone.given;
    },
    isLossOf(error) {
      const onGpu = ['wgsl', 'webgpu', 'webgl'].includes(inUse()?.info.backend ?? '');
      if (!onGpu || error instanceof EngineError) return false;
      lost = error instanceof Error ? error.message : String(error);
      return true;
    },
    announce(step) {
      const why = lost ? ` (${lost})` : '';
      lost = null;
      gone = signal();
      emit({
        type: 'problem',
        problem: {
          code: 'device-lost',
          message: `The GPU was lost${why}. Training goes on from step ${step}.`,
          advice: 'Nothing to do. If it keeps happening, choose another backend under Model.',
        },
      });
    },
  };
}

function signal(): { readonly given: Promise<boolean>; give(): void } {
  let give = () => {};
  const given = new Promise<boolean>((resolve) => {
    give = () => resolve(true);
  });
  return { given, give: () => give() };
}
