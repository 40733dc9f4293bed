/** The times i/T of the chain's steps, where stepping through time stops. */
export function chainTimes(nChain: number): readonly number[] {
  return Array.from({ length: nChain + 1 }, (_, i) => i / nChain);
}
