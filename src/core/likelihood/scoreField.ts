import { requireBetween } from '../check.ts';
import { exactScoreJacobian } from '../exact/fields.ts';
import type { Denoiser, Density, ForwardProcess, Vector } from '../types.ts';

/**
 * A score and how it changes along directions: all that the likelihood of the probability flow needs.
 * @param x [n][2]; t in (0,1]; probes each [n][2]
 */
export type ScoreField = (x: Vector, t: number, probes: readonly Vector[]) => ScoreForms;

export interface ScoreForms {
  /** [n][2]. */
  readonly score: Vector;
  /** For each probe v the forms vᵀ(∂score/∂x)v, [n]. */
  readonly forms: readonly Float64Array[];
}

/** The exact score of a density, with its exact Jacobian. */
export function exactScoreField(density: Density, process: ForwardProcess): ScoreField {
  return (x, t, probes) => {
    const { score, jacobian } = exactScoreJacobian(density, process.kernel(t), x);
    const forms = probes.map((v) =>
      Float64Array.from({ length: x.length / 2 }, (_, i) => {
        const [a, b] = [v[2 * i]!, v[2 * i + 1]!];
        return jacobian[3 * i]! * a * a + 2 * jacobian[3 * i + 1]! * a * b + jacobian[3 * i + 2]! * b * b;
      }),
    );
    return { score, forms };
  };
}

/**
 * The score of any denoiser, (α·x̂₀ − x_t)/σ² (Tweedie). Of a network only values are known, so ∂score/∂x·v is a central
 * difference over ±step·σ·v: two more evaluations for each probe, with an error of O(step²) relative to 1/σ².
 * @param step in (0, 1]: about 1e-4 in float64, 1e-2 when the network computes in float32
 */
export function denoiserScoreField(
  denoise: Denoiser<Vector>,
  process: ForwardProcess,
  step = 1e-4,
): ScoreField {
  requireBetween('The step of differences', step, Number.MIN_VALUE, 1);
  return (x, t, probes) => {
    const { alpha, sigma } = process.kernel(t);
    if (sigma === 0) throw new RangeError(`A denoiser has no score without noise, at t = ${t}.`);
    const score = (at: Vector) => {
      const x0Hat = denoise(at, t);
      return at.map((value, i) => (alpha * x0Hat[i]! - value) / sigma ** 2);
    };
    const h = step * sigma;
    const forms = probes.map((v) => {
      const ahead = score(x.map((value, i) => value + h * v[i]!));
      const behind = score(x.map((value, i) => value - h * v[i]!));
      const slope = ahead.map((value, i) => (value - behind[i]!) / (2 * h));
      return Float64Array.from({ length: x.length / 2 }, (_, i) => {
        return slope[2 * i]! * v[2 * i]! + slope[2 * i + 1]! * v[2 * i + 1]!;
      });
    });
    return { score: score(x), forms };
  };
}
