import type { Model } from '../../../backends/model.ts';
import { samplingTimes } from '../../../core/sample.ts';
import { clips } from '../../../core/samplers/clips.ts';
import { samplers } from '../../../core/samplers/index.ts';
import { timeGrids } from '../../../core/timeGrids/index.ts';
import type { Rng } from '../../../core/types.ts';
import { newStage } from '../../../views/index.ts';
import { mostSteps } from '../../../views/reverse/mostSteps.ts';
import { numbersOf, samplerOf } from '../../../views/reverse/parameters.ts';
import type { ReverseRun, ReverseStage } from '../../../views/reverse/stage.ts';
import type { AskedClass } from '../../../views/types.ts';
import { type DeviceDenoiser, exactDeviceDenoiser, learnedDeviceDenoiser } from '../deviceDenoiser.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { measuredVariance } from './measuredVariance.ts';

/** The stage that a run stands for: what it leaves out is as in a new one. */
export function settingsOf(run: ReverseRun): ReverseStage {
  const given = Object.entries(run).filter(([, value]) => value !== undefined);
  return { ...newStage.reverse, ...Object.fromEntries(given) };
}

/** The times that a run visits in this experiment; more steps than the sampler can take become as many as it can. */
export function timesOf(
  choice: Pick<ReverseRun, 'sampler' | 'nSteps' | 'timeGrid' | 'tau' | 'parameters'>,
  experiment: GaussianExperiment,
): number[] {
  const { nChain, process, trainingLevels } = experiment;
  const { sampler, nSteps, timeGrid, tau = [], parameters = {} } = choice;
  const grid = timeGrids.get(timeGrid);
  const least = trainingLevels.times[0]!;
  const options = {
    parameters: numbersOf(grid.parameters, parameters),
    tau: tau.filter((step) => step <= nChain),
    // No level below the least that the network was taught.
    tMin: least > 0 ? least : 1 / nChain,
  };
  return samplingTimes(
    {
      sampler: samplers.get(sampler),
      timeGrid: grid,
      process,
      nSteps: Math.min(nSteps, mostSteps(sampler, nChain)),
      nChain,
    },
    options,
  );
}

/** The parts of a run that the settings decide, but for where and when it starts. */
export function runSettings(settings: ReverseStage, { nChain }: GaussianExperiment) {
  const clip = clips.get(settings.clip);
  return {
    sampler: samplerOf(settings, nChain),
    options: { eta: settings.eta, variance: settings.variance },
    threshold: clip.build(numbersOf(clip.parameters, settings.parameters)),
    tweedie: settings.tweedie,
  };
}

/**
 * A run's denoiser, and what its settings decide; under a condition the parts that follow it are fetched and made first, and for the
 * optimal variance what it needs is measured.
 */
export async function* prepareRun(
  settings: ReverseStage,
  model: Model,
  experiment: GaussianExperiment,
  noise: Rng,
  times = timesOf(settings, experiment),
) {
  const open = yield* measuredVariance(settings, model, experiment, times);
  const run = { ...runSettings(settings, experiment), ...open };
  if (settings.condition === null) {
    return { deviceDenoiser: denoiserOf(settings, model, experiment, noise), run };
  }
  const { conditionedRun } = await import('../conditions/run.ts');
  const { deviceDenoiser, sampler } = yield* conditionedRun(settings, run.sampler, model, experiment, noise);
  return { deviceDenoiser, run: { ...run, sampler } };
}

/** The network on its device, or the exact answer. */
export function denoiserOf(
  settings: AskedClass & Pick<ReverseRun, 'denoiser'>,
  model: Model,
  experiment: GaussianExperiment,
  noise: Rng,
): DeviceDenoiser<unknown> {
  if (settings.denoiser === 'exact') return exactDeviceDenoiser(experiment, noise, settings);
  return learnedDeviceDenoiser(model.backend, model.network, experiment, noise, settings);
}
