import { chainTables, requireBetas } from '../chain.ts';
import { requireBetween, requireInteger } from '../check.ts';
import { requirePairs } from '../exact/requireField.ts';
import { gaussianKl } from '../gaussianKl.ts';
import type { Denoiser, Vector } from '../types.ts';
import type { LogVariance, NoiseAt } from './variationalBound.ts';

export interface Schedule2015 {
  /** Added to the least β of the first step, which is not learned. 0…0.5. */
  readonly step1Beta: number;
  /** The least β, 0…0.5. */
  readonly minBeta: number;
  /** [T] added to the logits of the baseline; what the paper learns. None: 0. */
  readonly perturbation?: Float64Array;
}

/** So much below 1 stay the betas. */
const MARGIN = 1e-5;

/**
 * The schedule of Sohl-Dickstein et al. 2015 as their code has it: 1/T…1/2 evenly in 1/β, so that each step destroys a
 * constant fraction of the signal, squeezed between the least β and 1 − 1e-5.
 * @param nSteps T, 2…100 000
 * @returns [T], entry i belongs to t = i + 1
 */
export function betas2015(
  nSteps: number,
  { step1Beta, minBeta, perturbation }: Schedule2015 = { step1Beta: 0.001, minBeta: 1e-6 },
): Float64Array {
  requireInteger('The number of steps T', nSteps, 2, 100_000);
  requireBetween('The β added to the first step', step1Beta, 0, 0.5);
  requireBetween('The least β', minBeta, 0, 0.4);
  if (perturbation && perturbation.length !== nSteps) {
    throw new RangeError(`The perturbation needs ${nSteps} numbers, one for each step.`);
  }
  return Float64Array.from({ length: nSteps }, (_, i) => {
    const baseline = 1 / (nSteps + ((2 - nSteps) * i) / (nSteps - 1));
    const logit = Math.log(baseline / (1 - baseline)) + (perturbation?.[i] ?? 0);
    const least = i === 0 ? minBeta + step1Beta : minBeta;
    return least + (1 - least - MARGIN) / (1 + Math.exp(-logit));
  });
}

/** q(x_{t−1}|x_t, x_0) at a noised point. */
export interface Posterior2015 {
  /** [n][2]. */
  readonly xNoisy: Vector;
  /** [n][2]. */
  readonly mean: Vector;
  readonly std: number;
}

/**
 * The posterior, as the product of q(x_{t−1}|x_0) and q(x_t|x_{t−1}) seen from x_t; the same Gaussian as DDPM's Eq. 7.
 * @param x0 [n][2]; noise [n][2] standard normal; t 1-based, 2…T (the first step has no learned reverse)
 */
export function posterior2015(betas: Float64Array, x0: Vector, noise: Vector, t: number): Posterior2015 {
  requireBetas(betas);
  requireInteger('The step t', t, 2, betas.length);
  if (noise.length !== x0.length)
    throw new RangeError(`x0 has ${x0.length} numbers and the noise ${noise.length}.`);
  const beta = betas[t - 1]!;
  const alphaBar = signalLeft(betas, t);
  const before = signalLeft(betas, t - 1);
  const xNoisy = x0.map((value, i) => Math.sqrt(alphaBar) * value + Math.sqrt(1 - alphaBar) * noise[i]!);
  const precision1 = 1 / (1 - before);
  const precision2 = (1 - beta) / beta;
  const precision = precision1 + precision2;
  const mean = x0.map((value, i) => {
    const back = xNoisy[i]! / Math.sqrt(1 - beta);
    return (value * Math.sqrt(before) * precision1 + back * precision2) / precision;
  });
  return { xNoisy, mean, std: Math.sqrt(1 / precision) };
}

/** ᾱ_t; 1 − ᾱ_T is the code's `beta_full_trajectory`. */
function signalLeft(betas: Float64Array, t: number): number {
  let product = 1;
  for (let i = 0; i < t; i++) product *= 1 - betas[i]!;
  return product;
}

/** Entropy of a Gaussian of this variance, per coordinate, nats. */
const entropy = (variance: number) => 0.5 * (1 + Math.log(2 * Math.PI * variance));

/** What does not depend on the model: H_q(X¹|X⁰) − H_q(X^T|X⁰) + H_p(X^T), per coordinate, nats. */
function entropies(betas: Float64Array): number {
  return entropy(betas[0]!) - entropy(1 - signalLeft(betas, betas.length)) + entropy(1);
}

/**
 * `get_negL_bound` of the 2015 code: L_null − K in bits per point, from one t that stands for all T steps.
 * (The code averages over t = 2…T, and so weighs the T − 1 divergences by T/(T−1).)
 * @param mean [n][2] and std of the model's reverse step at the posterior's xNoisy; std above 0, one or [n][2]
 */
export function boundOfStep2015(
  betas: Float64Array,
  posterior: Posterior2015,
  mean: Vector,
  std: number | Vector,
): number {
  const divergence = meanDivergence(posterior, mean, std);
  const perCoordinate = divergence * betas.length + entropies(betas) - entropy(1);
  return (2 * perCoordinate) / Math.LN2;
}

function meanDivergence(posterior: Posterior2015, mean: Vector, std: number | Vector): number {
  if (mean.length !== posterior.mean.length) {
    throw new RangeError(`The model's mean needs ${posterior.mean.length} numbers, not ${mean.length}.`);
  }
  let sum = 0;
  for (const [i, value] of posterior.mean.entries()) {
    const modelStd = typeof std === 'number' ? std : std[i]!;
    if (!(modelStd > 0)) throw new RangeError(`A standard deviation must be above 0, not ${modelStd}.`);
    sum += gaussianKl((value - mean[i]!) ** 2, 2 * Math.log(posterior.std), 2 * Math.log(modelStd));
  }
  return sum / posterior.mean.length;
}

export interface Bound2015 {
  /** The bound K on E ln p(x⁰), bits per point of the plane. */
  readonly k: number;
  /** Mean log-likelihood of the isotropic Gaussian N(0, I), the prior: −log₂(2πe) on data of unit variance. Bits. */
  readonly lNull: number;
  /** How much better than the Gaussian, bits. */
  readonly gain: number;
}

/**
 * K = −Σ_{t=2…T} E KL(q(x^{t−1}|x^t, x⁰) ‖ p(x^{t−1}|x^t)) + H_q(X^T|X⁰) − H_q(X¹|X⁰) − H_p(X^T), the paper's bound with its
 * every t rather than a random one (Sohl-Dickstein et al. 2015, §2.4 and App. B). The first step has no learned reverse:
 * K bounds the log-likelihood as far as q's first step leaves the data where they are.
 * @param x0 [n][2], of unit variance
 * @param reverse mean [n][2] and std of p(x^{t−1}|x^t), t 1-based
 * @param noiseAt the noise of x_t for t = 2…T
 */
export function bound2015(
  betas: Float64Array,
  x0: Vector,
  reverse: (xNoisy: Vector, t: number) => { readonly mean: Vector; readonly std: number | Vector },
  noiseAt: NoiseAt,
): Bound2015 {
  requirePairs(x0);
  requireBetas(betas);
  if (x0.length === 0) throw new RangeError('The bound needs at least one point.');
  let divergences = 0;
  for (let t = 2; t <= betas.length; t++) {
    const posterior = posterior2015(betas, x0, noiseAt(t), t);
    const { mean, std } = reverse(posterior.xNoisy, t);
    divergences += meanDivergence(posterior, mean, std);
  }
  const k = (-2 * (divergences + entropies(betas))) / Math.LN2;
  const lNull = gaussianLogLikelihood(x0);
  return { k, lNull, gain: k - lNull };
}

/** E log₂ N(x; 0, I), bits per point. */
export function gaussianLogLikelihood(x: Vector): number {
  const square = x.reduce((sum, value) => sum + value ** 2, 0) / x.length;
  return -(Math.log(2 * Math.PI) + square) / Math.LN2;
}

/**
 * The reverse step of a denoiser: the posterior with x̂₀ in place of x_0, as DDPM takes it.
 * @param logVariance ln Σ of the step; β̃_t when left out
 */
export function denoiserReverse(betas: Float64Array, denoise: Denoiser<Vector>, logVariance?: LogVariance) {
  const { posteriorMeanCoef1, posteriorMeanCoef2, posteriorVariance } = chainTables(betas);
  const ofStep: LogVariance = logVariance ?? ((t) => Math.log(posteriorVariance[t - 1]!));
  return (xNoisy: Vector, t: number): { readonly mean: Vector; readonly std: number | Vector } => {
    const x0Hat = denoise(xNoisy, t / betas.length);
    const [ofX0, ofX] = [posteriorMeanCoef1[t - 1]!, posteriorMeanCoef2[t - 1]!];
    const mean = xNoisy.map((value, i) => ofX0 * x0Hat[i]! + ofX * value);
    const log = ofStep(t, xNoisy);
    return { mean, std: typeof log === 'number' ? Math.exp(log / 2) : log.map((v) => Math.exp(v / 2)) };
  };
}
