import { energyDistanceUnbiased } from '../../../src/core/metrics/energy.ts';
import { defaultConfig } from '../../../src/experiment/fields.ts';
import { createExperiment } from '../../../src/families/gaussian/experiment.ts';
import { standardOf, truePoints } from '../../../src/families/gaussian/yardstick.ts';
import { type Checkpoint, checkpointsOf, DRAWS, mean } from '../checkpoints.ts';
import { contenderOf, STOCK } from '../contenders.ts';

export { datasetIds } from '../checkpoints.ts';

/** How often true draws are compared as a model's are. */
const REPEATS = 15;

/**
 * What perfect samples of a data set look like: sliced W2, and energy distances, sorted, each the mean over as many
 * pairs of true draws as a model is given. They are 0 on average, with most below and few far above.
 */
export function truthOf(dataset: string) {
  const experiment = createExperiment({ ...defaultConfig, dataset });
  const perfect = mean(standardOf(experiment).distances);
  const energyOf = (pair: number) =>
    energyDistanceUnbiased(truePoints(experiment, 2 * pair), truePoints(experiment, 2 * pair + 1));
  const energies = Array.from({ length: REPEATS }, (_, r) =>
    mean(Array.from({ length: DRAWS }, (_, k) => energyOf(DRAWS * r + k))),
  );
  return { perfect, energies: energies.sort((a, b) => a - b) };
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
  const contender = engine === 'stock tfjs' ? STOCK : contenderOf(engine);
  await contender.select?.();
  const backend = await contender.open!();
  const config = { ...defaultConfig, dataset, seed };
  const experiment = createExperiment(config);
  const reached: (Reached | null)[] = goals.map(() => null);
  let last: Checkpoint | undefined;
  for await (const checkpoint of checkpointsOf(backend, config, experiment, { times: { seconds: times } })) {
    const { seconds, wall, step, quality } = checkpoint;
    last = checkpoint;
    for (const [g, goal] of goals.entries()) {
      if (quality.slicedW2.value < goal) reached[g] ??= { seconds, wall, step };
    }
    if (reached.at(-1)) break;
  }
  backend.dispose();
  const { seconds, step, quality, draws } = last!;
  const energy = mean(draws.map(({ samples, truth }) => energyDistanceUnbiased(samples, truth)));
  return { reached, seconds, step, quality, energy };
}
