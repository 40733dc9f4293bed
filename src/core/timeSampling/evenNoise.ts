import { parameterValues } from '../parameters.ts';
import type { Process } from '../processes/process.ts';
import { requireBatch, type TimeSampling, type TimeSamplingContext, timeFrom } from './timeSampling.ts';

/** A measure of noise that rises with r = σ/α, and back from it. */
export interface NoiseMeasure {
  of(ratio: number): number;
  ratioAt(value: number): number;
}

/** Beyond this ratio, and below its inverse, nothing is left to tell apart, and a process may have no end. */
const MOST_RATIO = 1e3;

function measureAt({ of }: NoiseMeasure, process: Process, t: number): number {
  const { alpha, sigma } = process.kernel(t);
  return of(Math.max(1 / MOST_RATIO, Math.min(MOST_RATIO, sigma / alpha)));
}

/** u in [0,1) → the node of a chain whose measure is nearest, so that each node is drawn as its neighbours are far. */
function nodeFrom(measure: NoiseMeasure, process: Process, nChain: number): (u: number) => number {
  const values = Float64Array.from({ length: nChain }, (_, i) =>
    measureAt(measure, process, (i + 1) / nChain),
  );
  const [first, last] = [values[0]!, values[nChain - 1]!];
  const edges = values.subarray(1).map((value, i) => (value + values[i]!) / 2);
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

/** u in [0,1) → the time at that share of the way in the measure. */
function timeBetween(measure: NoiseMeasure, context: TimeSamplingContext): (u: number) => number {
  const { process } = context;
  const low = timeFrom(context)(0);
  const [from, to] = [measureAt(measure, process, low), measureAt(measure, process, 1)];
  return (u) => Math.min(1, Math.max(low, process.timeOf(measure.ratioAt(from + (to - from) * u))));
}

/**
 * Draws the measure uniformly between the ends of the process, one shift of an even grid for all of a batch. The loss is not
 * corrected for the choice, which is meant.
 */
export function evenIn(measure: NoiseMeasure): TimeSampling['build'] {
  return (context, values = {}) => {
    parameterValues([], values);
    const { process, nChain } = context;
    timeFrom(context); // refuses what is out of range
    const time = nChain === null ? timeBetween(measure, context) : nodeFrom(measure, process, nChain);
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
  };
}
