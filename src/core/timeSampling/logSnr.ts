import { parameterValues } from '../parameters.ts';
import type { Process } from '../processes/process.ts';
import { requireBatch, type TimeSampling, type TimeSamplingContext, timeFrom } from './timeSampling.ts';

/** Half the log-SNR: beyond this nothing is left to tell apart, and a process may have no end. */
const MOST_LOG_RATIO = Math.log(1e3);

/** ln(σ/α), half the negative log-SNR, cut off where nothing is left to tell apart. */
function logRatio(process: Process, t: number): number {
  const { alpha, sigma } = process.kernel(t);
  return Math.max(-MOST_LOG_RATIO, Math.min(MOST_LOG_RATIO, Math.log(sigma / alpha)));
}

/** u in [0,1) → the node of a chain whose log-SNR is nearest, so that each node is drawn as its neighbours are far. */
function nodeFrom(process: Process, nChain: number): (u: number) => number {
  const ratios = Float64Array.from({ length: nChain }, (_, i) => logRatio(process, (i + 1) / nChain));
  const [first, last] = [ratios[0]!, ratios[nChain - 1]!];
  const edges = ratios.subarray(1).map((ratio, i) => (ratio + ratios[i]!) / 2);
  const below = edges.map((edge) => (last > first ? (edge - first) / (last - first) : 1));
  return (u) => {
    let [low, high] = [0, nChain - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (below[middle]! > u) high = middle;
      else low = middle + 1;
    }
    return (low + 1) / nChain;
  };
}

/** u in [0,1) → the time at that share of the way in log-SNR. */
function timeBetween(context: TimeSamplingContext): (u: number) => number {
  const { process } = context;
  const low = timeFrom(context)(0);
  const [from, to] = [logRatio(process, low), logRatio(process, 1)];
  return (u) => Math.min(1, Math.max(low, process.timeOf(Math.exp(from + (to - from) * u))));
}

/**
 * Log-SNR uniform between the ends of the process, one shift of an even grid for all of a batch. With L_simple the loss is
 * then that of the continuous-time bound, E over λ of ‖ε − ε̂‖² (Kingma et al. 2021, Section 4), but for its factor. The loss
 * is not corrected for the choice, which is meant: fine detail is learned at low noise, where even times hardly look.
 */
export const logSnr: TimeSampling = {
  id: 'log-snr',
  label: 'Even in log-SNR',
  summary: 'Every factor of noise is practised equally often, so that fine detail is learned too.',
  equation: String.raw`\lambda_t = \ln\frac{\alpha_t^2}{\sigma_t^2} \sim \mathcal{U}(\lambda_1, \lambda_0)`,
  parameters: [],
  build(context, values = {}) {
    parameterValues([], values);
    const { process, nChain } = context;
    timeFrom(context); // refuses what is out of range
    const time = nChain === null ? timeBetween(context) : nodeFrom(process, nChain);
    return {
      draw(n, rng) {
        requireBatch(n);
        const shift = rng.uniform();
        const times = new Float64Array(n);
        for (let i = 0; i < n; i++) times[i] = time((shift + i / n) % 1);
        return { times, weights: new Float64Array(n).fill(1) };
      },
      learn() {},
    };
  },
};
