import type { Standardization } from '../../../core/standardize.ts';
import type { ForwardProcess } from '../../../core/types.ts';

/** Rounding of √(α² + σ²), which is 1 throughout where variance is preserved. */
const ROUNDING = 1e-9;

/**
 * How much x_t is shrunk about the data's centre to be drawn: by its own spread where that exceeds the data's, as it does
 * where noise is piled on without limit. 1 where x_t keeps its size.
 */
export function shrinkAt(process: ForwardProcess, t: number): number {
  const { alpha, sigma } = process.kernel(t);
  const spread = Math.hypot(alpha, sigma);
  return spread > 1 + ROUNDING ? 1 / spread : 1;
}

/** Where a point drawn at time t lies: back from the shrunk picture, scaled units. @param drawn [n][2] data units */
export function fromDrawn({ centre, scale }: Standardization, drawn: ArrayLike<number>, shrink: number) {
  return Float64Array.from(drawn, (value, i) => (value - centre[i & 1]!) / (scale * shrink));
}
