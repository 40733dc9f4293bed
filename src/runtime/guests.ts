import type { OpenDevice } from '../backends/device.ts';
import type { Model } from '../backends/model.ts';
import { initialState } from '../backends/state.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { Experiment } from '../families/family.ts';
import { familyOf } from '../families/index.ts';
import { EngineError } from '../protocol/errors.ts';
import type { LentModel } from '../protocol/protocol.ts';

/** A run that stages show beside the page's own model. */
export interface Guest {
  readonly config: ExperimentConfig;
  readonly experiment: Experiment;
  readonly model: Model;
}

/** Kept models on the device of the moment, each with an experiment of its own. */
export interface Guests {
  /** All that there are from now on. */
  set(models: readonly LentModel[]): void;
  /** null where there is no run of this name, or this device cannot compute it. */
  of(name: string, device: OpenDevice): Guest | null;
  /** Frees what is on the device. */
  release(): void;
}

export function createGuests(): Guests {
  const lent = new Map<string, LentModel>();
  const ready = new Map<string, Guest | null>();
  const drop = (name: string) => {
    ready.get(name)?.model.network.dispose();
    ready.delete(name);
  };
  return {
    set(models) {
      for (const name of [...lent.keys()]) {
        drop(name);
        lent.delete(name);
      }
      for (const model of models) lent.set(model.name, model);
    },
    of(name, device) {
      const kept = lent.get(name);
      if (!kept) return null;
      const known = ready.get(name);
      if (known !== undefined) return known;
      const guest = made(kept, device);
      ready.set(name, guest);
      return guest;
    },
    release() {
      for (const name of [...ready.keys()]) drop(name);
    },
  };
}

function made({ config, step, weights }: LentModel, device: OpenDevice): Guest | null {
  const experiment = built(config);
  if (!experiment || !device.suits(experiment.task)) return null;
  if (initialState(experiment).weights.length !== weights.length) return null;
  const { backend } = device;
  const network = backend.createNetwork(experiment.task.shape, weights);
  return { config, experiment, model: { backend, network, source: 'own', step } };
}

/** null where the data of the experiment are not there. */
function built(config: ExperimentConfig): Experiment | null {
  try {
    return familyOf(config).build(config);
  } catch (error) {
    if (error instanceof EngineError) return null;
    throw error;
  }
}
