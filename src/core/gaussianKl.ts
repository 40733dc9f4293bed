/**
 * KL(N(m₁, e^logVariance1) ‖ N(m₂, e^logVariance2)) of one coordinate, nats. expm1 keeps what nearly cancels.
 * @param square (m₁ − m₂)²
 */
export function gaussianKl(square: number, logVariance1: number, logVariance2: number): number {
  const difference = logVariance1 - logVariance2;
  return (Math.expm1(difference) - difference + square * Math.exp(-logVariance2)) / 2;
}
