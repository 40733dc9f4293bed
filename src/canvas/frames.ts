import type { Trajectory } from '../protocol/protocol.ts';

/** The two recorded frames around a time, and how far between them it lies: x = (1 − weight)·before + weight·after. */
export interface FrameBracket {
  readonly before: number;
  readonly after: number;
  /** In [0,1). */
  readonly weight: number;
}

/** Recorded times are float32, the scrubber's are float64: a frame this near counts as reached. */
const TIME_TOLERANCE = 1e-6;

/**
 * @param times [F ≥ 1], monotone either way; forward recordings rise, reverse ones fall
 * @param t in [0,1]; outside the recorded times the nearest frame is held
 */
export function bracketAt(times: Float32Array, t: number): FrameBracket {
  const last = times.length - 1;
  const sign = times[last]! >= times[0]! ? 1 : -1;
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sign * (times[middle]! - t) <= TIME_TOLERANCE) low = middle;
    else high = middle - 1;
  }
  const after = Math.min(low + 1, last);
  const span = times[after]! - times[low]!;
  const weight = span === 0 ? 0 : Math.min(1 - 1e-9, Math.max(0, (t - times[low]!) / span));
  return { before: low, after, weight };
}

/** Particles and mesh nodes in every frame. */
export function pointsPerFrame(trajectory: Trajectory): number {
  return trajectory.nParticles + trajectory.nMesh ** 2;
}

/**
 * Positions between two frames.
 * @param frames [F][count][2]
 * @param into at least [count][2]; overwritten
 */
export function interpolateFrames(
  frames: Float32Array,
  count: number,
  at: FrameBracket,
  into: Float32Array,
): Float32Array {
  const length = 2 * count;
  const before = at.before * length;
  const after = at.after * length;
  const { weight } = at;
  for (let k = 0; k < length; k++) {
    const start = frames[before + k]!;
    into[k] = start + weight * (frames[after + k]! - start);
  }
  return into;
}

/** Where point i is at time t, data units. */
export function positionAt(trajectory: Trajectory, i: number, t: number): readonly [number, number] {
  const { before, after, weight } = bracketAt(trajectory.times, t);
  const count = pointsPerFrame(trajectory);
  const start = 2 * (before * count + i);
  const end = 2 * (after * count + i);
  const { x } = trajectory;
  return [x[start]! + weight * (x[end]! - x[start]!), x[start + 1]! + weight * (x[end + 1]! - x[start + 1]!)];
}

/** Network evaluations per point made by the time t is reached. */
export function nfeAt(trajectory: Trajectory, t: number): number {
  return trajectory.nfe[bracketAt(trajectory.times, t).before] ?? 0;
}

/** Network evaluations per point of the whole recording. */
export function nfeTotal(trajectory: Trajectory): number {
  return Math.max(trajectory.nfe[0] ?? 0, trajectory.nfe[trajectory.nfe.length - 1] ?? 0);
}

/** Times that are written alike. */
const SAME_TIME = 0.005;

/** How far a recording that is still being made has come, where that is short of t; null where t is reached. */
export function soFarAt({ times }: Pick<Trajectory, 'times'>, t: number): number | null {
  const last = times[times.length - 1]!;
  const short = last > times[0]! ? t - last : last - t;
  return short > SAME_TIME ? last : null;
}

/**
 * What a stage says about where it is: "t = 0.42", "NFE 12 / 20"; no NFE where no network is asked. An evaluation that
 * takes away the last noise is no step, and counted apart: "NFE 20 + 1 last denoising". A sampler that stays
 * at one t says "step 12 of 20", "at t = 0.3" instead: one evaluation is one step. A recording that has not come to t yet says
 * how far it is.
 * @param fixedTime the t at which the stage stays; null where it moves with the clock
 */
export function stepWords(
  trajectory: Trajectory | null,
  t: number,
  fixedTime: number | null = null,
): readonly string[] {
  const total = trajectory === null ? 0 : nfeTotal(trajectory);
  const done = trajectory === null || total === 0 ? 0 : nfeAt(trajectory, t);
  const last = trajectory?.denoisedLast ? 1 : 0;
  const soFar = trajectory === null ? null : soFarAt(trajectory, t);
  if (soFar !== null) {
    return [fixedTime === null ? `computing, t = ${soFar.toFixed(2)}` : `computing, step ${done}`];
  }
  const count =
    done === total && last > 0 ? `NFE ${total - last} + 1 last denoising` : `NFE ${done} / ${total - last}`;
  const place = `t = ${fixedTime ?? t.toFixed(2)}`;
  if (fixedTime === null) return total === 0 ? [place] : [place, count];
  return total === 0 ? [`at ${place}`] : [`step ${done} of ${total}`, `at ${place}`];
}

/** At most `count` of n indices, evenly spaced and always the same ones. */
export function chosenIndices(n: number, count: number): number[] {
  const chosen = Math.min(n, count);
  return Array.from({ length: chosen }, (_, k) => Math.floor(((k + 0.5) * n) / chosen));
}
