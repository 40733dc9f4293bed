import { sigmoid, softplus } from './monotoneNet.ts';

export interface NetGradient {
  /** [n] γ̃ at each of the times */
  readonly values: Float64Array;
  /**
   * Backpropagation: the gradient of a function of the values with respect to the parameters.
   * @param slopes [n] its derivative with respect to each value
   * @returns [2 + 3H]
   */
  pullBack(slopes: Float64Array): Float64Array;
}

/**
 * The monotone net of `monotoneNet` at many times, with the gradient that training needs.
 * @param parameters [2 + 3H]: w₁, b₁, then w₂[H], b₂[H], w₃[H], before the softplus that makes weights positive
 * @param times [n]
 */
export function monotoneNetGradient(parameters: Float64Array, times: Float64Array): NetGradient {
  const nHidden = (parameters.length - 2) / 3;
  const weight = parameters.map(softplus);
  const weightSlope = parameters.map(sigmoid); // d softplus
  const b1 = parameters[1]!;
  const [W2, B2, W3] = [2, 2 + nHidden, 2 + 2 * nHidden];
  const phi = new Float64Array(times.length * nHidden);
  const values = times.map((t, i) => {
    const h = weight[0]! * t + b1;
    let value = h;
    for (let j = 0; j < nHidden; j++) {
      const at = sigmoid(weight[W2 + j]! * h + parameters[B2 + j]!);
      phi[i * nHidden + j] = at;
      value += weight[W3 + j]! * at;
    }
    return value;
  });

  return {
    values,
    pullBack(slopes) {
      const gradient = new Float64Array(parameters.length);
      for (let i = 0; i < times.length; i++) {
        const h = weight[0]! * times[i]! + b1;
        let perH = 1;
        for (let j = 0; j < nHidden; j++) {
          const at = phi[i * nHidden + j]!;
          const perInput = weight[W3 + j]! * at * (1 - at);
          perH += perInput * weight[W2 + j]!;
          gradient[W2 + j]! += slopes[i]! * perInput * h * weightSlope[W2 + j]!;
          gradient[B2 + j]! += slopes[i]! * perInput;
          gradient[W3 + j]! += slopes[i]! * at * weightSlope[W3 + j]!;
        }
        gradient[0]! += slopes[i]! * perH * times[i]! * weightSlope[0]!;
        gradient[1]! += slopes[i]! * perH;
      }
      return gradient;
    },
  };
}
