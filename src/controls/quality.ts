/** How near a distance is to the best that can be had: 1 is as good as two true draws, 0 is nowhere. */
export function quality(distance: number, perfect: number): number {
  if (!(distance > 0)) return distance === 0 ? 1 : 0;
  return Math.min(1, perfect / distance);
}

/** “1.4 × perfect”; “perfect” where the difference is within the spread of true draws (5 %). */
export function timesPerfect(distance: number, perfect: number): string {
  const ratio = distance / perfect;
  if (!Number.isFinite(ratio)) return 'not measurable';
  if (ratio <= 1.05) return 'perfect';
  return `${ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0)} × perfect`;
}
