import { requireBetween, requireInteger } from '../check.ts';

export interface ValueAndDerivative {
  readonly value: number;
  /** with respect to t */
  readonly derivative: number;
}

/** How many parameters a net with so many hidden units has: one weight and bias, then a weight, bias, weight each. */
export function monotoneNetSize(nHidden: number): number {
  requireInteger('The number of hidden units', nHidden, 1, 100_000);
  return 2 + 3 * nHidden;
}

/**
 * A network that can only rise: γ̃(t) = l₁(t) + l₃(φ(l₂(l₁(t)))) with positive weights and φ the sigmoid
 * (Kingma et al. 2021, App. H). A weight is the softplus of its parameter, so any numbers are parameters.
 * @param parameters [2 + 3H]: w₁, b₁, then w₂[H], b₂[H], w₃[H]
 * @returns γ̃ and dγ̃/dt at t ∈ [0,1]; the derivative is positive
 * @throws RangeError when there are not 2 + 3H finite parameters
 */
export function monotoneNet(parameters: Float64Array): (t: number) => ValueAndDerivative {
  const nHidden = (parameters.length - 2) / 3;
  if (!Number.isInteger(nHidden) || nHidden < 1) {
    throw new RangeError(`A net of H ≥ 1 hidden units has 2 + 3H parameters, not ${parameters.length}.`);
  }
  if (!parameters.every(Number.isFinite)) throw new RangeError('Every parameter must be a finite number.');
  const w1 = softplus(parameters[0]!);
  const b1 = parameters[1]!;
  const layer = (k: number) => parameters.subarray(2 + k * nHidden, 2 + (k + 1) * nHidden);
  const w2 = layer(0).map(softplus);
  const b2 = layer(1);
  const w3 = layer(2).map(softplus);

  return (t) => {
    requireBetween('The time t', t, 0, 1);
    const h = w1 * t + b1;
    let value = h;
    let perH = 1;
    for (let j = 0; j < nHidden; j++) {
      const phi = sigmoid(w2[j]! * h + b2[j]!);
      value += w3[j]! * phi;
      perH += w3[j]! * phi * (1 - phi) * w2[j]!;
    }
    return { value, derivative: perH * w1 };
  };
}

export const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

export const sigmoid = (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
