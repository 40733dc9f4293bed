import { requireBetween, requireInteger } from '../check.ts';
import { firstAbove } from '../firstAbove.ts';
import { parameterValues } from '../parameters.ts';
import { requireBatch, requireLow, type TimeSampling } from './timeSampling.ts';

/** The losses seen at each step, and what they say of how often to draw it. */
export interface LossSecondMoment {
  /** Whether every step has a full history; before, all are drawn alike. */
  readonly warmedUp: boolean;
  /** [nSteps], not normalised before the warm-up (all 1), summing to 1 after. */
  weights(): Float64Array;
  /** @param steps [n] 0-based; losses [n], not NaN */
  update(steps: ArrayLike<number>, losses: ArrayLike<number>): void;
}

/**
 * p_t ∝ √E[L_t²] over the last losses of each step, mixed with a little of the uniform choice so that no step starves
 * (Nichol & Dhariwal 2021, Eq. 18; improved-diffusion, `LossSecondMomentResampler`).
 * @param nSteps T, 1…100 000
 * @param historyPerTerm losses remembered per step, 1…10 000
 * @param uniformProb share of the uniform choice, in [0,1]
 */
export function lossSecondMoment(nSteps: number, historyPerTerm = 10, uniformProb = 0.001): LossSecondMoment {
  requireInteger('The number of steps T', nSteps, 1, 100_000);
  requireInteger('historyPerTerm', historyPerTerm, 1, 10_000);
  requireBetween('uniformProb', uniformProb, 0, 1);
  const history = new Float64Array(nSteps * historyPerTerm); // a ring per step
  const counts = new Float64Array(nSteps);
  const warmedUp = () => counts.every((count) => count >= historyPerTerm);

  return {
    get warmedUp() {
      return warmedUp();
    },
    weights() {
      if (!warmedUp()) return new Float64Array(nSteps).fill(1);
      const sizes = counts.map((_, t) => {
        const losses = history.subarray(t * historyPerTerm, (t + 1) * historyPerTerm);
        return Math.sqrt(losses.reduce((sum, loss) => sum + loss ** 2, 0) / historyPerTerm);
      });
      const total = sizes.reduce((sum, size) => sum + size, 0);
      if (total === 0) return new Float64Array(nSteps).fill(1 / nSteps);
      return sizes.map((size) => (size / total) * (1 - uniformProb) + uniformProb / nSteps);
    },
    update(steps, losses) {
      if (steps.length !== losses.length) {
        throw new RangeError(
          `There must be a loss for each of the ${steps.length} steps, not ${losses.length}.`,
        );
      }
      for (let i = 0; i < steps.length; i++) {
        const t = steps[i]!;
        requireInteger('A step', t, 0, nSteps - 1);
        requireBetween('A loss', losses[i]!, -Number.MAX_VALUE, Number.MAX_VALUE);
        history[t * historyPerTerm + (counts[t]! % historyPerTerm)] = losses[i]!;
        counts[t]!++;
      }
    },
  };
}

const PARAMETERS = [
  {
    name: 'history',
    label: 'history',
    hint: 'Losses of each time that are remembered; more are steadier, and slower to notice a change.',
    initial: 10,
    low: 1,
    high: 1000,
    whole: true,
  },
  {
    name: 'uniformProb',
    label: 'uniform share',
    hint: 'Share of the times that are drawn alike, so that none starves.',
    initial: 0.001,
    low: 0,
    high: 1,
  },
] as const;

/** Times that are not of a chain are gathered in this many bins. */
const BINS = 100;

/** The loss-aware sampler, on the steps of a chain, or on 100 bins of the time, within which t is uniform. */
export const importance: TimeSampling = {
  id: 'importance',
  followsLosses: true,
  label: 'Loss-aware',
  summary:
    'Times with large losses are drawn more often and weighed less, which steadies a variational loss.',
  equation: String.raw`p_t \propto \sqrt{\mathbb{E}[L_t^2]},\quad \text{weight } \frac{1}{T p_t}`,
  parameters: PARAMETERS,
  build({ nChain, low }, values = {}) {
    const { history, uniformProb } = parameterValues(PARAMETERS, values);
    if (nChain === null) requireLow(low);
    const nBins = nChain ?? BINS;
    const memory = lossSecondMoment(nBins, history, uniformProb);
    const start = nChain === null ? low : 0;
    const width = (1 - start) / nBins;
    const binOf = (t: number) =>
      nChain === null
        ? Math.min(nBins - 1, Math.max(0, Math.floor((t - start) / width)))
        : Math.round(t * nChain) - 1;
    const place = nChain === null ? 0.5 : 1; // a bin's time: its middle, or the node it ends on
    return {
      lossAware: {
        times: Float64Array.from({ length: nBins }, (_, bin) => start + (bin + place) * width),
        history,
        distribution() {
          const sums = cumulativeSums(memory.weights());
          return (t) => {
            const bins = Math.min(nBins, Math.max(0, (t - start) / width));
            // Within a bin t is uniform; a chain has all of a bin at its node.
            const whole = Math.floor(nChain === null ? bins : bins + 1e-9);
            const [below, above] = [sums[whole - 1] ?? 0, sums[Math.min(whole, nBins - 1)]!];
            const within = nChain === null ? (bins - whole) * (above - below) : 0;
            return (below + within) / sums[nBins - 1]!;
          };
        },
      },
      draw(n, rng) {
        requireBatch(n);
        const cumulative = cumulativeSums(memory.weights());
        const total = cumulative[nBins - 1]!;
        const times = new Float64Array(n);
        const weights = new Float64Array(n);
        for (let i = 0; i < n; i++) {
          const bin = firstAbove(cumulative, rng.uniform() * total);
          const p = (cumulative[bin]! - (bin === 0 ? 0 : cumulative[bin - 1]!)) / total;
          times[i] = nChain === null ? start + (bin + rng.uniform()) * width : (bin + 1) / nBins;
          weights[i] = 1 / (nBins * p);
        }
        return { times, weights };
      },
      learn: (times, losses) => memory.update(Float64Array.from(times, binOf), losses),
    };
  },
};

function cumulativeSums(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => (sum += value));
}
