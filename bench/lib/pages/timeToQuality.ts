import { defaultConfig } from '../../../src/config/fields.ts';
import { energyDistanceUnbiased } from '../../../src/core/metrics/energy.ts';
import { createExperiment } from '../../../src/engine/experiment.ts';
import { measurePerfect, truePoints } from '../../../src/engine/quality.ts';
import { type Checkpoint, checkpointsOf, lastOf, mean } from '../checkpoints.ts';
import { contenderOf } from '../contenders.ts';

export { datasetIds } from '../checkpoints.ts';

/** Pairs of true draws whose energy distance says how much it scatters. */
const PAIRS = 10;

/** What perfect samples of a data set look like: sliced W2, and mean and standard deviation of the energy distance. */
export async function truthOf(dataset: string) {
  const experiment = createExperiment({ ...defaultConfig, dataset });
  const perfect = await lastOf(measurePerfect(experiment));
  const energies = Array.from({ length: PAIRS }, (_, k) =>
    energyDistanceUnbiased(truePoints(experiment, 2 * k), truePoints(experiment, 2 * k + 1)),
  );
  const energy = mean(energies);
  return { perfect, energy, deviation: Math.sqrt(mean(energies.map((value) => (value - energy) ** 2))) };
}

interface Trial {
  readonly engine: string;
  readonly dataset: string;
  readonly seed: number;
  /** Seconds of training alone at which to measure, at most. */
  readonly times: readonly number[];
  /** Distances to come below, the hardest last. */
  readonly goals: readonly number[];
}

type Reached = Pick<Checkpoint, 'seconds' | 'wall' | 'step'>;

/** Trains until the last goal is reached or the times are over. @returns when each goal was first reached, and how it ended */
export async function train({ engine, dataset, seed, times, goals }: Trial) {
  const contender = contenderOf(engine);
  await contender.select?.();
  const backend = await contender.open!();
  const config = { ...defaultConfig, dataset, seed };
  const experiment = createExperiment(config);
  const reached: (Reached | null)[] = goals.map(() => null);
  let last: Checkpoint | undefined;
  for await (const checkpoint of checkpointsOf(backend, config, experiment, times)) {
    const { seconds, wall, step, distance } = checkpoint;
    last = checkpoint;
    for (const [g, goal] of goals.entries()) {
      if (distance < goal) reached[g] ??= { seconds, wall, step };
    }
    if (reached.at(-1)) break;
  }
  backend.dispose();
  const { seconds, step, distance, draws } = last!;
  const energy = mean(draws.map(({ samples, truth }) => energyDistanceUnbiased(samples, truth)));
  return { reached, seconds, step, distance, energy };
}
