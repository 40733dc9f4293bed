import type { OpenDevice } from '../backends/device.ts';
import type { Network, TrainerState } from '../backends/types.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { Experiment, Models } from '../families/family.ts';
import { fits, type Pretrained } from './pretrained.ts';
import type { Snapshots } from './snapshots.ts';
import { startTraining, type Training } from './training.ts';

/** One distance scatters by a third; a model that has had so many times the stand-in's steps needs none to be shown. */
const OUTGROWN = 2;

/** One experiment on one device: the person's own model in training, and the pretrained one while that is better. */
export interface ActiveModels<E extends Experiment = Experiment> extends Models<E> {
  readonly device: OpenDevice;
  readonly training: Training;
  readonly snapshots: Snapshots;
  /** The model as it was at a step of `snapshots`. */
  acquireSnapshot(step: number): ReturnType<Models<E>['acquire']>;
  dispose(): void;
}

export function openModels<E extends Experiment>(
  device: OpenDevice,
  experiment: E,
  config: ExperimentConfig,
  state: TrainerState,
  pretrained: Pretrained | null,
  snapshots: Snapshots,
): ActiveModels<E> {
  const { backend } = device;
  const training = startTraining(backend, experiment, state);
  const standIn = pretrained && fits(pretrained, config) ? pretrained : null;
  const network: Network<unknown> | null =
    standIn && backend.createNetwork(experiment.task.shape, standIn.weights);
  const distances = { own: Number.POSITIVE_INFINITY, pretrained: 0 };
  let ownIsBetter = false;
  const standsIn = () => !ownIsBetter && training.step < OUTGROWN * (standIn?.step ?? 0);

  const shown = () =>
    standIn && standsIn()
      ? { source: 'pretrained' as const, step: standIn.step }
      : { source: 'own' as const, step: training.step };

  function acquireSnapshot(step: number) {
    const kept = backend.createNetwork(experiment.task.shape, snapshots.weightsOf(step));
    return {
      model: { backend, network: kept, source: 'own' as const, step },
      release: () => kept.dispose(),
    };
  }

  return {
    device,
    experiment,
    training,
    snapshots,
    acquireSnapshot,
    shown,
    viewed() {
      const { chosen } = snapshots;
      return chosen === null ? shown() : { source: 'own', step: chosen };
    },
    acquire(which) {
      const { chosen } = snapshots;
      if (which === 'viewed' && chosen !== null) return acquireSnapshot(chosen);
      if (which !== 'own' && network && standsIn()) {
        return { model: { backend, network, ...shown() }, release() {} };
      }
      const frozen = training.freeze();
      return {
        model: { backend, network: frozen, source: 'own', step: training.step },
        release: () => frozen.dispose(),
      };
    },
    measured(source, distance) {
      distances[source] = distance;
      ownIsBetter ||= distances.own <= distances.pretrained;
    },
    dispose() {
      training.dispose();
      network?.dispose();
    },
  };
}
