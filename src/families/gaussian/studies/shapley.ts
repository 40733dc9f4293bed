/**
 * What each of several swaps takes away, whatever their order: the mean over all orders (Shapley 1953). The parts add up to
 * what all swaps together take away.
 * @param parts names of what can be swapped
 * @param value of what is left when these are swapped
 */
export function shapley<P extends string>(
  parts: readonly P[],
  value: (swapped: readonly P[]) => number,
): Record<P, number> {
  const share = (part: P): number => {
    const others = parts.filter((each) => each !== part);
    return subsetsOf(others).reduce((sum, swapped) => {
      const orders =
        (factorial(swapped.length) * factorial(others.length - swapped.length)) / factorial(parts.length);
      return sum + orders * (value(swapped) - value([...swapped, part]));
    }, 0);
  };
  return Object.fromEntries(parts.map((part) => [part, share(part)])) as Record<P, number>;
}

/** All subsets, each in the order of the whole. */
export function subsetsOf<P>(parts: readonly P[]): readonly (readonly P[])[] {
  const [first, ...rest] = parts;
  if (first === undefined) return [[]];
  return subsetsOf(rest).flatMap((subset) => [subset, [first, ...subset]]);
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
