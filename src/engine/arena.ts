import { arraySpace } from '../core/arraySpace.ts';
import { exactDenoiser } from '../core/exact.ts';
import type { Rng, Space, Vector } from '../core/types.ts';
import type { Experiment } from './experiment.ts';
import { TIME_FEATURES, timeFeatures } from './trainers/network.ts';
import type { Network, TrainerBackend } from './trainers/types.ts';

/** Where a sampler runs: an algebra on points, a denoiser in it, and the way in and out. Scaled units. */
export interface Arena<X> {
  readonly space: Space<X>;
  /** E[x₀|x_t = x], a core `Denoiser`. */
  denoise(x: X, t: number): X;
  upload(points: Vector): X;
  /** A copy that the caller owns. */
  read(x: X): Promise<Float32Array>;
}

/** The network's x̂₀ = (x_t − σ ε_θ)/α (Ho et al. 2020, Eq. 15) = α x_t − σ v_θ. */
export function learnedArena(
  backend: TrainerBackend<unknown>,
  network: Network<unknown>,
  experiment: Experiment,
  noise: Rng,
): Arena<unknown> {
  const space = backend.space(noise);
  return {
    space,
    denoise: (x, t) => {
      const { alpha, sigma } = experiment.process.kernel(t);
      if (sigma === 0) return space.combine([1, x]);
      return space.combine([alpha, x], [-sigma, network.velocity(x, featuresAt(experiment, t))]);
    },
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

/** [TIME_FEATURES] what the network is told about time t. */
export function featuresAt(experiment: Experiment, t: number): Float32Array {
  const features = new Float32Array(TIME_FEATURES);
  timeFeatures(experiment.process.kernel(t), features);
  return features;
}
