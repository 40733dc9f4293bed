/** Kingma & Ba 2015, section 2: decay of the mean and of the uncentred variance of the gradient, and ε̂. */
export const BETA_1 = 0.9;
export const BETA_2 = 0.999;
export const EPSILON = 1e-8;

/** Adam's step size with both bias corrections in it: α_t = α·√(1 − β₂ᵗ)/(1 − β₁ᵗ) (Kingma & Ba 2015, section 2). */
export function adamRate(learningRate: number, t: number): number {
  return (learningRate * Math.sqrt(1 - BETA_2 ** t)) / (1 - BETA_1 ** t);
}
