import { requireInteger } from '../check.ts';
import { gaussianKl } from '../gaussianKl.ts';
import { target } from '../parameterizations/output.ts';
import { posteriorMean, type ReverseInput, type ReverseVariance, reverseMoments } from '../reverseStep.ts';
import type { Vector } from '../types.ts';

/**
 * What a training step minimises (improved-diffusion, `LossType`): mse is L_simple, with a learned variance L_hybrid;
 * kl is the variational bound's own term. The rescaled ones estimate the same sums in other units.
 */
export type LossKind = 'mse' | 'rescaled-mse' | 'kl' | 'rescaled-kl';

/** ln p(x_0|x_1) of one coordinate, nats. */
export type Decoder = (x0: number, mean: number, logVariance: number) => number;

export interface TrainingLossInput extends Omit<ReverseInput, 'x' | 'clip'> {
  /** [n][2] clean points and their noise; x_t = αx_0 + σε. */
  readonly x0: Vector;
  readonly eps: Vector;
  readonly variance: ReverseVariance;
  readonly loss: LossKind;
  /** T of the chain. */
  readonly nSteps: number;
  /** Of L_0, which the bound has at t = 1 in place of a KL. */
  readonly decoder: Decoder;
}

/** Per point, [n]. */
export interface TrainingLosses {
  readonly loss: Float64Array;
  /** ‖F − F*‖² averaged over the coordinates; null for kl. */
  readonly mse: Float64Array | null;
  /** The bound's term in bits per dimension, scaled as it enters the loss; null for mse with a fixed variance. */
  readonly vb: Float64Array | null;
}

/**
 * The losses of one step for n points (improved-diffusion, `training_losses`; Nichol & Dhariwal 2021, Eq. 16).
 * L_hybrid = L_simple + λL_vlb adds the bound's term, in which the mean is to be held fixed (stop-gradient) so that it
 * teaches the variance alone; 'mse' takes λ = 1/T, 'rescaled-mse' the paper's λ = 0.001. These are values: whoever
 * differentiates must stop the gradient of `vb` at the mean.
 * @throws RangeError when nSteps is not a number of steps, or the arrays differ in length
 */
export function trainingLosses(input: TrainingLossInput): TrainingLosses {
  const { step, x0, eps, variance, loss, nSteps, kind, output } = input;
  requireInteger('The number of steps T', nSteps, 1, 100_000);
  if (loss === 'kl' || loss === 'rescaled-kl') {
    const bound = boundTerm(input);
    const scaled = loss === 'rescaled-kl' ? bound.map((value) => value * nSteps) : bound;
    return { loss: scaled, mse: null, vb: scaled };
  }
  const wanted =
    kind.id === 'mu' ? posteriorMean(step, x0, noised(input)) : target(kind, x0, eps, step.from, step.to);
  const mse = coordinateMeans(output, (value, i) => (wanted[i]! - value) ** 2);
  if (variance.kind === 'fixed-small' || variance.kind === 'fixed-large') return { loss: mse, mse, vb: null };
  const scale = loss === 'rescaled-mse' ? nSteps / 1000 : 1;
  const vb = boundTerm(input).map((value) => value * scale);
  return { loss: mse.map((value, i) => value + vb[i]!), mse, vb };
}

/**
 * L_{t−1} or, at t = 1, L_0 of the variational bound, in bits per dimension (improved-diffusion, `_vb_terms_bpd`).
 * @returns [n]
 */
export function boundTerm(input: Omit<TrainingLossInput, 'loss' | 'nSteps'>): Float64Array {
  const { step, x0, decoder } = input;
  const x = noised(input);
  const { mean, logVariance } = reverseMoments({ ...input, x });
  const inBits = (nats: Float64Array) => nats.map((value) => value / Math.LN2);
  if (step.to.sigma === 0) {
    return inBits(coordinateMeans(x0, (value, i) => -decoder(value, mean[i]!, logVariance[i]!)));
  }
  const wanted = posteriorMean(step, x0, x);
  return inBits(
    coordinateMeans(mean, (value, i) =>
      gaussianKl((wanted[i]! - value) ** 2, step.logVarianceClipped, logVariance[i]!),
    ),
  );
}

function noised({
  step,
  x0,
  eps,
  output,
}: Pick<TrainingLossInput, 'step' | 'x0' | 'eps' | 'output'>): Vector {
  if (eps.length !== x0.length || output.length !== x0.length) {
    throw new RangeError(
      `x0, eps and the output must have one length, not ${x0.length}, ${eps.length} and ${output.length}.`,
    );
  }
  return x0.map((value, i) => step.from.alpha * value + step.from.sigma * eps[i]!);
}

/** The mean over each point's two coordinates, [n]. */
function coordinateMeans(values: Vector, of: (value: number, i: number) => number): Float64Array {
  return Float64Array.from(
    { length: values.length / 2 },
    (_, k) => (of(values[2 * k]!, 2 * k) + of(values[2 * k + 1]!, 2 * k + 1)) / 2,
  );
}
