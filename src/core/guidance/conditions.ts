import { classDensity } from '../exact/labelled.ts';
import { exactScore } from '../exact.ts';
import { applied } from '../space.ts';
import type {
  Denoiser,
  Density,
  ForwardProcess,
  GaussianDraw,
  Kernel,
  LabelledDensity,
  Space,
  Vector,
} from '../types.ts';
import { classifierGuidedDenoiser, guidedMean } from './classifier.ts';
import type { KnownPart } from './imputation.ts';
import { type Line, type LineConditional, lineScore } from './line.ts';
import { type GaussianFactor, logFactorGradient, multipliedStep, perturbedMean } from './multiplication.ts';

/** ∇_x ln of how well x_t, at time t, fits a condition; [n][2], 1/unit. */
export type ConditionGradient = (x: Vector, kernel: Kernel) => Vector;

/** ∇ ln r_t with r_t(x_t) = E[r(x_0)|x_t] ∝ p̃_t/p_t, where p̃ ∝ p·r: exact guidance. */
export function ratioGradient(above: Density, below: Density): ConditionGradient {
  return (x, kernel) => minus(exactScore(above, kernel, x), exactScore(below, kernel, x));
}

/** ∇ ln p(u·x_0 = value | x_t), the same for one known coordinate. */
export function lineGradient(conditional: LineConditional, line: Line, density: Density): ConditionGradient {
  return (x, kernel) => minus(lineScore(conditional, line, kernel, x), exactScore(density, kernel, x));
}

/** ∇ ln p(y|x_t) of the exact classifier, with what does not depend on the points computed once. */
export const classGradient = (labelled: LabelledDensity, y: number): ConditionGradient =>
  ratioGradient(classDensity(labelled, y), labelled.density);

const minus = (a: Vector, b: Vector): Vector => a.map((value, i) => value - b[i]!);

/** α where no signal is left: what is divided by it stays finite. */
const LEAST_ALPHA = 1e-3;
const withSignal = ({ alpha, sigma }: Kernel): Kernel => ({ alpha: Math.max(alpha, LEAST_ALPHA), sigma });

/**
 * A denoiser that follows a condition: x̂₀ + s·(σ²/α)·gradient (Dhariwal & Nichol 2021, Algorithm 2). Without noise there
 * is nothing left to guide.
 */
export function guidedBy<X>(
  space: Space<X>,
  process: ForwardProcess,
  denoise: Denoiser<X>,
  gradient: ConditionGradient,
  scale = 1,
): Denoiser<X> {
  const signal: ForwardProcess = { ...process, kernel: (t) => withSignal(process.kernel(t)) };
  const at = (x: X, t: number) => applied(space, (points) => gradient(points!, signal.kernel(t)), x);
  const guided = classifierGuidedDenoiser(space, signal, denoise, at, scale);
  return (x, t) => (process.kernel(t).sigma === 0 ? denoise(x, t) : guided(x, t));
}

/** ln r at a point, as it is asked of x̂₀ at a noise level. */
export type LogFactor = (kernel: Kernel) => (x: number, y: number) => number;

/** Half the distance of the differences, in standard deviations of the noise, and at least. */
const [NEAR, NEAREST] = [0.02, 2e-4];

/**
 * ∇_x ln r(x̂₀(x_t)), reconstruction guidance (Ho et al. 2022, Video Diffusion Models, §3.1), by central differences through
 * the denoiser: four more evaluations. Moving x̂₀ by σ²/α of it moves the mean of a step by β_t/√α_t of it, more than the step's own
 * Σ = β̃_t would where steps are few. On the roll with an r of deviation 0.25, sliced W₂ to p·r is 0.089, 0.067 and 0.061 at T = 100, 400 and
 * 1000, and by Σ 0.058, 0.057 and 0.057: what is left is of r(x̂₀) itself. Moving x̂₀ serves samplers without noise, too.
 */
export function reconstructedBy<X>(
  space: Space<X>,
  process: ForwardProcess,
  denoise: Denoiser<X>,
  logFactor: LogFactor,
): Denoiser<X> {
  return (x, t) => {
    const kernel = withSignal(process.kernel(t));
    const { alpha, sigma } = kernel;
    const x0Hat = denoise(x, t);
    if (sigma === 0) return x0Hat;
    const step = NEAR * sigma + NEAREST;
    const moved = (axis: 0 | 1, by: number) =>
      denoise(
        applied(space, (points) => points!.map((value, i) => (i % 2 === axis ? value + by : value)), x),
        t,
      );
    const gradient = applied(
      space,
      (right, left, up, down) => slopes(logFactor(kernel), [right!, left!, up!, down!], step),
      moved(0, step),
      moved(0, -step),
      moved(1, step),
      moved(1, -step),
    );
    return space.combine([1, x0Hat], [sigma ** 2 / alpha, gradient]);
  };
}

function slopes(
  log: (x: number, y: number) => number,
  [right, left, up, down]: readonly [Vector, Vector, Vector, Vector],
  step: number,
): Vector {
  const at = (points: Vector, i: number) => log(points[2 * i]!, points[2 * i + 1]!);
  const out = new Float64Array(right.length);
  for (let i = 0; i < out.length / 2; i++) {
    out[2 * i] = (at(right, i) - at(left, i)) / (2 * step);
    out[2 * i + 1] = (at(up, i) - at(down, i)) / (2 * step);
  }
  return out;
}

/** ln r at a point: its gradient is −R⁻¹(x − mean), so ln r is half of that times (x − mean). */
export const logFactorOf = (r: GaussianFactor): LogFactor => {
  const point = new Float64Array(2);
  return () => (x, y) => {
    point[0] = x;
    point[1] = y;
    const [gx, gy] = logFactorGradient(r, point) as unknown as readonly [number, number];
    return (gx * (x - r.mean[0]) + gy * (y - r.mean[1])) / 2;
  };
};

/** Where nothing else is known, what is known of x_0 is put into x̂₀, which any sampler then follows. */
export function projectedBy<X>(space: Space<X>, denoise: Denoiser<X>, known: KnownPart): Denoiser<X> {
  return (x, t) =>
    applied(space, (x0Hat) => known.replace(x0Hat!, { alpha: 1, sigma: 0 }, x0Hat!), denoise(x, t));
}

/** The step of 2015: N(μ + Σ∇ln r(μ), Σ), the same r at every step (Sohl-Dickstein et al. 2015, §2.5). */
export function perturbedDraw<X>(space: Space<X>, r: GaussianFactor): GaussianDraw<X> {
  return ({ mean, variance, z }) =>
    applied(
      space,
      (at, noise) =>
        plusNoise(perturbedMean(at!, variance, r), [Math.sqrt(variance), 0, Math.sqrt(variance)], noise!),
      mean,
      z,
    );
}

/** The step times r exactly: a draw from the product of the two Gaussians. */
export function multipliedDraw<X>(space: Space<X>, r: GaussianFactor): GaussianDraw<X> {
  return ({ mean, variance, z }) =>
    applied(
      space,
      (at, noise) => {
        const { mean: product, covariance } = multipliedStep(at!, variance, r);
        return plusNoise(product, rootOf(covariance), noise!);
      },
      mean,
      z,
    );
}

/** Where the gradient of a guided step is taken: at its mean, at the time where it ends, or at its start. */
export type GradientAt = 'mean' | 'x';

/** N(μ + sΣ∇ln p(y|·), Σ) (Dhariwal & Nichol 2021, Algorithm 1). */
export function guidedDraw<X>(
  space: Space<X>,
  process: ForwardProcess,
  gradient: ConditionGradient,
  scale: number,
  at: GradientAt,
): GaussianDraw<X> {
  return ({ mean, variance, z, x, t, s }) => {
    const [points, time] = at === 'mean' ? [mean, s] : [x, t];
    const kernel = withSignal(process.kernel(time));
    const slope = applied(space, (v) => gradient(v!, kernel), points);
    const shifted = guidedMean(space, mean, variance, slope, scale);
    return space.combine([1, shifted], [Math.sqrt(variance), z]);
  };
}

/** The lower root of a symmetric positive matrix, row by row. */
function rootOf([xx, xy, yy]: readonly [number, number, number]): readonly [number, number, number] {
  const a = Math.sqrt(xx);
  const b = xy / a;
  return [a, b, Math.sqrt(Math.max(0, yy - b * b))];
}

function plusNoise(mean: Vector, [a, b, c]: readonly [number, number, number], z: Vector): Vector {
  return mean.map((value, i) => value + (i % 2 === 0 ? a * z[i]! : b * z[i - 1]! + c * z[i]!));
}
