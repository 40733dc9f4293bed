import {
  inputScale,
  levelFeatures,
  type NetworkShape,
  TIME_FEATURES,
  timeFeatures,
} from '../../backends/network.ts';
import { answerable } from '../../backends/objective.ts';
import type {
  Network,
  NetworkAnswer,
  ProgramLevel,
  SharedLevel,
  SlotsSoFar,
  TrainerBackend,
} from '../../backends/types.ts';
import { arraySpace } from '../../core/arraySpace.ts';
import { exactDenoiser } from '../../core/exact.ts';
import { classifierFreeDenoiser } from '../../core/guidance/classifierFree.ts';
import type { Program } from '../../core/program.ts';
import type { GaussianDraw, Kernel, Rng, Space, Vector } from '../../core/types.ts';
import type { AskedClass } from '../../views/types.ts';
import type { GaussianExperiment } from './experiment.ts';
import { ANY_CLASS, askable, densityFor, guided, isGuided } from './guidance.ts';

/** ln Σ of a learned variance lies between these: ln β̃ and ln β of the step. */
export interface VarianceBounds {
  readonly logLow: number;
  readonly logHigh: number;
}

/** @param start [n][2], scaled units */
export type ProgramRunner = (program: Program, start: Float32Array) => AsyncGenerator<SlotsSoFar, void, void>;

/** Where a sampler runs: an algebra on points, a denoiser in it, and the way in and out. Scaled units. */
export interface DeviceDenoiser<X> {
  readonly space: Space<X>;
  /** E[x₀|x_t = x], a core `Denoiser`. */
  denoise(x: X, t: number): X;
  /** Evaluations of the network in one answer: two with guidance, more where a condition needs its slope. */
  readonly nfePerAnswer: number;
  /** z⊙Σ^½ with the variance that the network has learned; missing where it learned none. */
  learnedNoise?(x: X, t: number, bounds: VarianceBounds, z: X): X;
  /** Computes whole paths on the device; missing where it is no faster to. */
  readonly runProgram?: ProgramRunner;
  /** How a step is drawn where a condition shifts it. */
  draw?(step: Parameters<GaussianDraw<X>>[0]): X;
  /** Waits until x has been computed; missing where there is nothing to wait for, or too much on a device. */
  settled?(x: X): Promise<void>;
  upload(points: Vector): X;
  /** A copy that the caller owns. */
  read(x: X): Promise<Float32Array>;
}

/**
 * x̂₀ = skip·x_t + out·F, as the experiment's parameterisation says (for ε: Ho et al. 2020, Eq. 15). With guidance, F is
 * the guided one: x̂₀ is affine in it. A learned variance is that of the class.
 */
export function learnedDeviceDenoiser(
  backend: TrainerBackend<unknown>,
  network: Network<unknown>,
  experiment: GaussianExperiment,
  noise: Rng,
  question: AskedClass = ANY_CLASS,
): DeviceDenoiser<unknown> {
  const asked = askable(question, experiment);
  const { shape } = experiment.task;
  const space = backend.space(noise);
  const learnsVariance = experiment.task.objective.learnsVariance;
  /** The latest answer: a step asks for the mean, and then for the variance at the same point. */
  let latest: { x: unknown; t: number; answer: NetworkAnswer<unknown> } | undefined;

  const levelFor = (t: number, ofClass: number) => levelAt(experiment.process.kernel(t), shape, ofClass);
  const answerAt = (x: unknown, t: number): NetworkAnswer<unknown> => {
    const answer = network.evaluate(x, levelFor(t, asked.ofClass));
    if (learnsVariance) latest = { x, t, answer };
    return answer;
  };
  const outputAt = (x: unknown, t: number): unknown =>
    guided(space, asked, (ofClass) =>
      ofClass === asked.ofClass ? answerAt(x, t).output : network.evaluate(x, levelFor(t, ofClass)).output,
    );
  const learnedNoise: DeviceDenoiser<unknown>['learnedNoise'] = (x, t, { logLow, logHigh }, z) => {
    const { variance } = latest?.x === x && latest?.t === t ? latest.answer : answerAt(x, t);
    return backend.scaleNoise(z, variance, logLow, logHigh);
  };
  return {
    space,
    denoise(x, t) {
      if (experiment.process.kernel(t).sigma === 0) return space.combine([1, x]);
      const { skip, out } = scalingsAt(experiment, t);
      return space.combine([skip, x], [out, outputAt(x, t)]);
    },
    nfePerAnswer: isGuided(asked) ? 2 : 1,
    ...(learnsVariance && { learnedNoise }),
    ...(backend.sampleProgram && {
      runProgram: (program, start) =>
        backend.sampleProgram!(network, {
          program,
          start,
          levelAt: programLevels(experiment, asked),
          rng: noise,
        }),
    }),
    upload: (points) => backend.upload(Float32Array.from(points)),
    read: (x) => backend.read(x),
  };
}

/** The data's own E[x₀|x_t], or E[x₀|x_t, y] of a class, with the same guidance; in float64 on the CPU. */
export function exactDeviceDenoiser(
  experiment: GaussianExperiment,
  noise: Rng,
  question: AskedClass = ANY_CLASS,
): DeviceDenoiser<Vector> {
  const space = arraySpace(noise);
  const asked = askable(question, experiment);
  const denoiserFor = (ofClass: number) => exactDenoiser(densityFor(experiment, ofClass), experiment.process);
  return {
    space,
    denoise: isGuided(asked)
      ? classifierFreeDenoiser(space, denoiserFor(asked.ofClass), denoiserFor(0), asked.guidance)
      : denoiserFor(asked.ofClass),
    nfePerAnswer: isGuided(asked) ? 2 : 1,
    upload: (points) => Float64Array.from(points),
    read: async (x) => Float32Array.from(x),
  };
}

/** x̂₀ = skip·x_t + out·F at time t, where there is noise. */
export function scalingsAt({ process, output, trainingLevels }: GaussianExperiment, t: number) {
  const [kernel, previous] = [t, trainingLevels.previousTime(t)].map((time) =>
    answerable(process.kernel(time)),
  );
  return output.scalings(kernel!, previous);
}

/** How the network answers for the denoiser of a whole path, in the same words as `learnedDeviceDenoiser` step by step. */
export function programLevels(
  experiment: GaussianExperiment,
  asked: AskedClass,
): (t: number) => ProgramLevel {
  const { shape } = experiment.task;
  return (t) => {
    const kernel = experiment.process.kernel(t);
    const { skip, out } = kernel.sigma === 0 ? { skip: 1, out: 0 } : scalingsAt(experiment, t);
    const level = levelAt(kernel, shape, asked.ofClass);
    if (!isGuided(asked)) return { level, skip, out };
    const w = asked.guidance;
    return { level, skip, out: (1 + w) * out, guide: { level: levelAt(kernel, shape), out: -w * out } };
  };
}

/** What the network is told of a time and a class, 1…K, or 0 for any. */
export function levelAt(kernel: Kernel, shape: Pick<NetworkShape, 'classes'>, ofClass = 0): SharedLevel {
  const features = new Float32Array(levelFeatures(shape));
  timeFeatures(answerable(kernel), features);
  if (ofClass > 0) features[TIME_FEATURES + ofClass - 1] = 1;
  const scale = inputScale(kernel);
  return { inputScale: scale, noise: scale * kernel.sigma, features };
}
