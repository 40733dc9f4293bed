import type { Rng } from '../../../../core/types.ts';
import type { AncestralStep } from './gaussian.ts';
import type { Guidance } from './method.ts';

/** Gradient steps at each step of the reverse process. */
const STEPS = 3;
/** Adagrad's rate. */
const RATE = 0.1;
/** λ of the fluency at a scale of 1. */
const FLUENCY = 0.01;

/**
 * Diffusion-LM's control (Li et al. 2022, §4.3): x_s ~ N(μ, std²) moves along the gradient of λ·ln N(x_s; μ, std²) + ln p_φ(y | x_s).
 * @param read x_s as the classifiers read them
 */
export function plugAndPlay(
  { means, std }: AncestralStep,
  { scale, slopes }: Pick<Guidance, 'scale' | 'slopes'>,
  read: (xs: readonly Float64Array[]) => Float32Array,
  rng: Rng,
): Float64Array[] {
  const xs = means.map((mean) => mean.map((value) => value + std * rng.normal()));
  const squares = xs.map((x) => new Float64Array(x.length));
  const fluency = FLUENCY / (Math.max(scale, 1e-9) * std * std);
  for (let k = 0; k < STEPS; k++) {
    const inputs = read(xs);
    const ofClass = slopes(inputs, xs.length);
    const width = inputs.length / xs.length;
    xs.forEach((x, m) => {
      for (let j = 0; j < x.length; j++) {
        const gradient = fluency * (means[m]![j]! - x[j]!) + ofClass[m * width + j]!;
        squares[m]![j]! += gradient * gradient;
        x[j]! += (RATE * gradient) / Math.sqrt(squares[m]![j]! + 1e-12);
      }
    });
  }
  return xs;
}
