import { initialState } from '../../../backends/state.ts';
import type { TrainerBackend } from '../../../backends/types.ts';
import { createRng } from '../../../core/rng.ts';
import { ddpm } from '../../../core/samplers/ddpm.ts';
import { linear } from '../../../core/timeGrids/linear.ts';
import { learnedDeviceDenoiser } from '../deviceDenoiser.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { newFrames } from '../recordings/frames.ts';
import { runSampler } from '../recordings/runSampler.ts';

interface Sampling {
  readonly points: number;
  /** Steps of the whole chain; fewer are taken where they would take longer than `mostSeconds`. */
  readonly steps: number;
  readonly mostSeconds: number;
}

/** Seconds that the first `timed` steps of DDPM took, with everything that sampling needs. */
export async function ddpmTime(
  backend: TrainerBackend<unknown>,
  experiment: GaussianExperiment,
  { points, steps, mostSeconds }: Sampling,
): Promise<{ readonly timed: number; readonly seconds: number }> {
  const network = backend.createNetwork(experiment.task.shape, initialState(experiment).weights);
  const noise = createRng(3);
  const start = Float64Array.from({ length: 2 * points }, () => noise.normal());
  const times = linear.times(experiment.process, steps, steps);

  async function timeOf(count: number): Promise<number> {
    const deviceDenoiser = learnedDeviceDenoiser(backend, network, experiment, createRng(2));
    const begun = performance.now();
    const run = runSampler(newFrames(), deviceDenoiser, experiment, {
      sampler: ddpm,
      options: { eta: 1, variance: 'beta-tilde' },
      times: times.slice(0, count + 1),
      start,
      nFrames: 2,
    });
    for await (const _ of run);
    return (performance.now() - begun) / 1000;
  }

  await timeOf(2); // compiles
  // More and more steps, so that a device that starts carefully comes to its speed, until the next are too many.
  let [timed, seconds] = [2, await timeOf(2)];
  while (timed < steps) {
    const next = Math.min(steps, 4 * timed);
    if ((seconds * next) / timed > mostSeconds) break;
    [timed, seconds] = [next, await timeOf(next)];
  }
  network.dispose();
  return { timed, seconds };
}
