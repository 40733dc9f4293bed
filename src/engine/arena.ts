import { arraySpace } from '../core/arraySpace.ts';
import { exactDenoiser } from '../core/exact.ts';
import type { Program } from '../core/program.ts';
import type { Kernel, Rng, Space, Vector } from '../core/types.ts';
import type { Experiment } from './experiment.ts';
import { inputScale, TIME_FEATURES, timeFeatures } from './trainers/network.ts';
import { answerable } from './trainers/objective.ts';
import type { Network, NetworkAnswer, SharedLevel, TrainerBackend } from './trainers/types.ts';

/** ln Σ of a learned variance lies between these: ln β̃ and ln β of the step. */
export interface VarianceBounds {
  readonly logLow: number;
  readonly logHigh: number;
}

/** @param start [n][2] @returns [n][2] for each of the program's slots, scaled units */
export type ProgramWalker = (program: Program, start: Float32Array) => Promise<readonly Float32Array[]>;

/** Where a sampler runs: an algebra on points, a denoiser in it, and the way in and out. Scaled units. */
export interface Arena<X> {
  readonly space: Space<X>;
  /** E[x₀|x_t = x], a core `Denoiser`. */
  denoise(x: X, t: number): X;
  /** z⊙Σ^½ with the variance that the network has learned; missing where it learned none. */
  learnedNoise?(x: X, t: number, bounds: VarianceBounds, z: X): X;
  /** Walks whole paths on the device; missing where it is no faster to. */
  readonly walkProgram?: ProgramWalker;
  upload(points: Vector): X;
  /** A copy that the caller owns. */
  read(x: X): Promise<Float32Array>;
}

/** x̂₀ = skip·x_t + out·F, as the experiment's parameterisation says (for ε: Ho et al. 2020, Eq. 15). */
export function learnedArena(
  backend: TrainerBackend<unknown>,
  network: Network<unknown>,
  experiment: Experiment,
  noise: Rng,
): Arena<unknown> {
  const space = backend.space(noise);
  const learnsVariance = experiment.task.objective.learnsVariance;
  /** The latest answer: a step asks for the mean, and then for the variance at the same point. */
  let latest: { x: unknown; t: number; answer: NetworkAnswer<unknown> } | undefined;

  const answerAt = (x: unknown, t: number): NetworkAnswer<unknown> => {
    const answer = network.evaluate(x, levelAt(experiment.process.kernel(t)));
    if (learnsVariance) latest = { x, t, answer };
    return answer;
  };
  const learnedNoise: Arena<unknown>['learnedNoise'] = (x, t, { logLow, logHigh }, z) => {
    const { variance } = latest?.x === x && latest?.t === t ? latest.answer : answerAt(x, t);
    return backend.scaleNoise(z, variance, logLow, logHigh);
  };
  const programLevel = (t: number) => {
    const kernel = experiment.process.kernel(t);
    const scalings = kernel.sigma === 0 ? { skip: 1, out: 0 } : scalingsAt(experiment, t);
    return { level: levelAt(kernel), ...scalings };
  };
  return {
    space,
    denoise(x, t) {
      if (experiment.process.kernel(t).sigma === 0) return space.combine([1, x]);
      const { skip, out } = scalingsAt(experiment, t);
      return space.combine([skip, x], [out, answerAt(x, t).output]);
    },
    ...(learnsVariance && { learnedNoise }),
    ...(backend.sampleProgram && {
      walkProgram: (program, start) =>
        backend.sampleProgram!(network, { program, start, levelAt: programLevel, rng: noise }),
    }),
    upload: (points) => backend.upload(Float32Array.from(points)),
    read: (x) => backend.read(x),
  };
}

/** The data's own E[x₀|x_t], in float64 on the CPU. */
export function exactArena(experiment: Experiment, noise: Rng): Arena<Vector> {
  return {
    space: arraySpace(noise),
    denoise: exactDenoiser(experiment.density, experiment.process),
    upload: (points) => Float64Array.from(points),
    read: async (x) => Float32Array.from(x),
  };
}

/** x̂₀ = skip·x_t + out·F at time t, where there is noise. */
export function scalingsAt({ process, output, lesson }: Experiment, t: number) {
  const [kernel, previous] = [t, lesson.previousTime(t)].map((time) => answerable(process.kernel(time)));
  return output.scalings(kernel!, previous);
}

/** What the network is told of a time. */
export function levelAt(kernel: Kernel): SharedLevel {
  const features = new Float32Array(TIME_FEATURES);
  timeFeatures(answerable(kernel), features);
  return { inputScale: inputScale(kernel), features };
}
