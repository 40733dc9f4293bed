import { parameterizations } from '../core/parameterizations/index.ts';
import { type NoiseConfig, processOf } from './noise.ts';

/** Less of the signal than this is none: the chain of zero terminal SNR keeps 0.001, the usual linear one 0.007. */
const NO_SIGNAL = 0.002;

/** α/√(α² + σ²) at t = 1: how much of what a sampler starts from is data. */
export function terminalSignal(config: NoiseConfig): number {
  const { alpha, sigma } = processOf(config).kernel(1);
  return alpha / Math.hypot(alpha, sigma);
}

/**
 * Whether samplers blow up by what the network is asked for: x̂₀ = (x − σ ε̂)/α has no answer where α_T ≈ 0 (Lin et al. 2024,
 * §3.2), and v or x₀ have.
 */
export function isUnfit(output: string, config: NoiseConfig): boolean {
  return parameterizations.get(output).dividesByAlpha && terminalSignal(config) < NO_SIGNAL;
}
