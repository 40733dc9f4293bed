import { requireBetween } from '../check.ts';
import { linearRate } from '../processes/rates.ts';
import type { Denoiser, ForwardProcess, Vector } from '../types.ts';
import { networkOutput } from './output.ts';

/**
 * D(y; σ) = c_skip·y + c_out·F(c_in·y; c_noise) for y = x_0 + σε (Karras et al. 2022, Eq. 7). A process that shrinks
 * its signal has y = x_t/α and σ_t/α_t for σ.
 */
export interface Preconditioning {
  readonly id: string;
  /** @param sigma > 0, in the units of the data */
  coefficients(sigma: number): PreconditioningCoefficients;
}

export interface PreconditioningCoefficients {
  readonly cSkip: number;
  readonly cOut: number;
  readonly cIn: number;
  readonly cNoise: number;
}

/**
 * EDM's (Karras et al. 2022, Table 1): unit variance at the network's input and target, whatever σ.
 * @param sigmaData standard deviation of the data per coordinate, > 0
 */
export function edmPrecond(sigmaData: number): Preconditioning {
  requireSigmaData(sigmaData);
  return {
    id: 'edm',
    coefficients(sigma) {
      requireSigma(sigma);
      const total = Math.sqrt(sigma ** 2 + sigmaData ** 2);
      return {
        cSkip: (sigmaData / total) ** 2,
        cOut: (sigma * sigmaData) / total,
        cIn: 1 / total,
        cNoise: Math.log(sigma) / 4,
      };
    },
  };
}

export interface VpPrecondOptions {
  /** β_max − β_min of the VP process, 19.9 in the paper. */
  readonly betaD?: number;
  readonly betaMin?: number;
  /** M, the number of steps by which the network's time is labelled. */
  readonly nSteps?: number;
}

/** The VP column of Table 1: an ε-network, told t·(M − 1) of the VP process that has this σ/α. */
export function vpPrecond({
  betaD = 19.9,
  betaMin = 0.1,
  nSteps = 1000,
}: VpPrecondOptions = {}): Preconditioning {
  const rate = linearRate(betaMin, betaMin + betaD);
  return {
    id: 'vp',
    coefficients(sigma) {
      requireSigma(sigma);
      return {
        cSkip: 1,
        cOut: -sigma,
        cIn: 1 / Math.sqrt(sigma ** 2 + 1),
        cNoise: (nSteps - 1) * rate.timeOf(Math.log1p(sigma ** 2)),
      };
    },
  };
}

/** The VE column of Table 1: a network that answers −ε, told ln(σ/2). */
export const vePrecond: Preconditioning = {
  id: 've',
  coefficients(sigma) {
    requireSigma(sigma);
    return { cSkip: 1, cOut: sigma, cIn: 1, cNoise: Math.log(sigma / 2) };
  },
};

/** Wraps a network F(input, c_noise) into the denoiser of a process. @param network answers [n][2] for [n][2] */
export function precondition(
  { coefficients }: Preconditioning,
  network: (input: Vector, cNoise: number) => Vector,
  process: ForwardProcess,
): Denoiser<Vector> {
  return (x, t) => {
    const { alpha, sigma } = process.kernel(t);
    const { cSkip, cOut, cIn, cNoise } = coefficients(sigma / alpha);
    const output = network(
      x.map((value) => (cIn * value) / alpha),
      cNoise,
    );
    return x.map((value, i) => (cSkip * value) / alpha + cOut * output[i]!);
  };
}

/**
 * EDM's target F* = (x_0 − c_skip·y)/c_out as one more thing that a network may be asked for. With y = x_t/α it is
 * (σ·x_0/σ_data − ασ_data·ε)/√(σ² + α²σ_data²).
 */
export function edmOutput(sigmaData: number) {
  requireSigmaData(sigmaData);
  return networkOutput({
    id: 'edm',
    label: 'EDM (evenly scaled)',
    summary: 'Between noise and clean point so that the answer has the same size at every noise level.',
    equation: String.raw`\hat x_0 = c_\text{skip}\,\tfrac{x_t}{\alpha} + c_\text{out}\,F`,
    needsPrevious: false,
    dividesByAlpha: false,
    mix({ alpha, sigma }) {
      const total = Math.hypot(sigma, alpha * sigmaData);
      return { x0: sigma / (sigmaData * total), eps: (-alpha * sigmaData) / total };
    },
  });
}

/** For data scaled to unit standard deviation. */
export const edm = edmOutput(1);

function requireSigmaData(sigmaData: number): void {
  requireBetween('sigmaData', sigmaData, Number.MIN_VALUE, Number.MAX_VALUE);
}

function requireSigma(sigma: number): void {
  requireBetween('The noise level sigma', sigma, Number.MIN_VALUE, Number.MAX_VALUE);
}
