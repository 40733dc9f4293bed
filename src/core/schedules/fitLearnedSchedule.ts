import { allAtOnce, type InPieces } from '../inPieces.ts';
import { type LearnedSchedule, type LogSnrEnds, learnedSchedule } from './learned.ts';
import type { LossCurve } from './lossCurve.ts';
import { monotoneNetGradient } from './monotoneNetGradient.ts';

export interface FittedSchedule extends LearnedSchedule {
  /** [2 + 3H] of the net */
  readonly parameters: Float64Array;
  readonly ends: LogSnrEnds;
}

const N_HIDDEN = 20;
/** Of these, so many look towards t = 1. */
const N_AT_END = 14;
const N_INTERVALS = 100;
const N_UPDATES = 500;
const LEARNING_RATE = 0.1;

/**
 * Trains the schedule of variational diffusion models as its authors do: down the gradient of the variance of the loss
 * over uniform t (Kingma et al. 2021, App. H; Adam), which is 0 when γ′(t)·loss(γ(t)) is the same at every t. Here
 * the loss at each noise level is that of a perfect network, known beforehand, and each of 100 intervals of time counts
 * with its mean. Starts from γ linear in t. Deterministic.
 * @param curve the ends of its γ are the ends of the schedule
 * @throws RangeError when γ does not rise, or a loss is negative, or all are 0
 */
export const fitLearnedSchedule = (curve: LossCurve): FittedSchedule =>
  allAtOnce(fitLearnedScheduleInPieces(curve));

/** The same in pieces of a millisecond or so. */
export function* fitLearnedScheduleInPieces(curve: LossCurve): InPieces<FittedSchedule> {
  const cumulative = cumulativeLoss(curve);
  const [first, last] = [curve.gamma[0]!, curve.gamma.at(-1)!];
  const times = Float64Array.from({ length: N_INTERVALS + 1 }, (_, i) => i / N_INTERVALS);
  const adam = createAdam(linearNet());
  for (let update = 0; update < N_UPDATES; update++) {
    const net = monotoneNetGradient(adam.parameters, times);
    adam.step(net.pullBack(varianceSlopes(net.values, first, last, cumulative)), rateAt(update));
    yield;
  }
  const ends = { logSnrMax: -first, logSnrMin: -last };
  return { ...learnedSchedule(adam.parameters, ends), parameters: adam.parameters, ends };
}

/** Cosine decay, so that the last updates settle. */
const rateAt = (update: number) => (LEARNING_RATE * (1 + Math.cos((Math.PI * update) / N_UPDATES))) / 2;

/**
 * A net that is nearly a straight line. Its units look at times that crowd towards both ends, the sharper the nearer:
 * γ must turn steeply where there is little loss, which is where hardly any signal is left, and for data of few places
 * where hardly any noise is.
 */
function linearNet(): Float64Array {
  const parameters = new Float64Array(2 + 3 * N_HIDDEN);
  parameters[0] = inverseSoftplus(1);
  for (let j = 0; j < N_HIDDEN; j++) {
    const [toEnd, rank] =
      j < N_AT_END ? [true, j / (N_AT_END - 1)] : [false, (j - N_AT_END) / (N_HIDDEN - N_AT_END)];
    const distance = 2 ** (-7 * rank); // 1 … 1/128
    const sharpness = 4 / distance;
    parameters[2 + j] = inverseSoftplus(sharpness);
    parameters[2 + N_HIDDEN + j] = -sharpness * (toEnd ? 1 - distance : distance);
    parameters[2 + 2 * N_HIDDEN + j] = inverseSoftplus(0.01);
  }
  return parameters;
}

const inverseSoftplus = (y: number) => y + Math.log(-Math.expm1(-y));

interface Cumulative {
  /** ∫ loss dγ from the first γ, and loss, at γ */
  at(gamma: number): readonly [integral: number, loss: number];
  readonly total: number;
}

/** The loss as straight lines between the levels of its table, integrated exactly. */
function cumulativeLoss({ gamma, loss }: LossCurve): Cumulative {
  requireCurve({ gamma, loss });
  const integrals = new Float64Array(gamma.length);
  for (let k = 1; k < gamma.length; k++) {
    integrals[k] = integrals[k - 1]! + ((loss[k - 1]! + loss[k]!) / 2) * (gamma[k]! - gamma[k - 1]!);
  }
  const total = integrals.at(-1)!;
  return {
    total,
    at(value) {
      let k = 0;
      while (k < gamma.length - 2 && value >= gamma[k + 1]!) k++;
      const width = gamma[k + 1]! - gamma[k]!;
      const within = Math.min(1, Math.max(0, (value - gamma[k]!) / width));
      const here = loss[k]! + within * (loss[k + 1]! - loss[k]!);
      return [integrals[k]! + ((loss[k]! + here) / 2) * within * width, here];
    },
  };
}

/**
 * The derivative of the relative variance N Σ ΔH_i²/H² − 1 with respect to the net at every time, where ΔH_i is the loss
 * of interval i and γ_i = first + (last − first)(γ̃_i − γ̃_0)/(γ̃_N − γ̃_0).
 */
function varianceSlopes(values: Float64Array, first: number, last: number, curve: Cumulative): Float64Array {
  const n = values.length - 1;
  const [start, end] = [values[0]!, values[n]!];
  const part = values.map((value) => (value - start) / (end - start));
  const found = Array.from(part, (share) => curve.at(first + share * (last - first)));
  const lossOf = (i: number) => (found[i + 1]![0] - found[i]![0]) / curve.total;
  const slopes = new Float64Array(values.length);
  for (let i = 1; i < n; i++) {
    const perGamma = (2 * n * (lossOf(i - 1) - lossOf(i)) * found[i]![1]) / curve.total;
    const perValue = (perGamma * (last - first)) / (end - start);
    slopes[i]! += perValue;
    slopes[0]! -= perValue * (1 - part[i]!);
    slopes[n]! -= perValue * part[i]!;
  }
  return slopes;
}

/** Adam with its usual moments (Kingma & Ba 2015, Alg. 1). */
function createAdam(start: Float64Array) {
  const parameters = start.slice();
  const mean = new Float64Array(start.length);
  const square = new Float64Array(start.length);
  let count = 0;
  return {
    parameters,
    step(gradient: Float64Array, rate: number): void {
      count++;
      for (const [i, slope] of gradient.entries()) {
        mean[i] = 0.9 * mean[i]! + 0.1 * slope;
        square[i] = 0.999 * square[i]! + 0.001 * slope ** 2;
        const unbiasedMean = mean[i]! / (1 - 0.9 ** count);
        const unbiasedSquare = square[i]! / (1 - 0.999 ** count);
        parameters[i]! -= (rate * unbiasedMean) / (Math.sqrt(unbiasedSquare) + 1e-8);
      }
    },
  };
}

function requireCurve({ gamma, loss }: LossCurve): void {
  if (gamma.length < 2 || loss.length !== gamma.length) {
    throw new RangeError(
      `A loss curve needs at least 2 levels, with one loss each, not ${gamma.length} and ${loss.length}.`,
    );
  }
  for (const [k, level] of gamma.entries()) {
    if (!Number.isFinite(level) || (k > 0 && level <= gamma[k - 1]!)) {
      throw new RangeError(`The levels γ must rise; level ${k + 1} is ${level}.`);
    }
    if (!(loss[k]! >= 0 && loss[k]! < Infinity)) {
      throw new RangeError(`A loss must be a finite number of at least 0; loss ${k + 1} is ${loss[k]}.`);
    }
  }
  if (loss.every((value) => value === 0)) throw new RangeError('There is no loss to spread: all are 0.');
}
