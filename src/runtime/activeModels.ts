import type { OpenDevice } from '../backends/device.ts';
import type { Model } from '../backends/model.ts';
import type { Network, TrainerState } from '../backends/types.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { Experiment } from '../families/gaussian/experiment.ts';
import type { ModelSource } from '../protocol/protocol.ts';
import { fits, type Pretrained } from './pretrained.ts';
import { startTraining, type Training } from './training.ts';

/** One distance scatters by a third; a model that has had so many times the stand-in's steps needs none to be shown. */
const OUTGROWN = 2;

/** One experiment on one device: the person's own model in training, and the pretrained one while that is better. */
export interface Workshop {
  readonly device: OpenDevice;
  readonly experiment: Experiment;
  readonly training: Training;
  shown(): Pick<Model, 'source' | 'step'>;
  /** A model to draw with, the weights of this moment; `done` frees what was made for it. */
  borrow(which: 'shown' | 'own'): { model: Model; done(): void };
  /** Learns how good a model is: as soon as the own one is at least as good, it is the one shown. */
  measured(source: Exclude<ModelSource, 'exact'>, distance: number): void;
  dispose(): void;
}

export function openWorkshop(
  device: OpenDevice,
  experiment: Experiment,
  config: ExperimentConfig,
  state: TrainerState,
  pretrained: Pretrained | null,
): Workshop {
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

  return {
    device,
    experiment,
    training,
    shown,
    borrow(which) {
      if (which === 'shown' && network && standsIn()) {
        return { model: { backend, network, ...shown() }, done() {} };
      }
      const frozen = training.freeze();
      return {
        model: { backend, network: frozen, source: 'own', step: training.step },
        done: () => frozen.dispose(),
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
