/** Sines and cosines of t/T that a network of a discrete chain is shown. */
export const TIME_FEATURES = 16;

/** The features of every t, once: [T + 1][TIME_FEATURES]. */
export function timeFeatureTable(T: number): Float32Array {
  const table = new Float32Array((T + 1) * TIME_FEATURES);
  for (let t = 0; t <= T; t++) {
    const level = (2 * t) / T - 1;
    for (let k = 0; k < TIME_FEATURES / 2; k++) {
      const angle = 2 ** (k - 1) * Math.PI * level;
      table[t * TIME_FEATURES + 2 * k] = Math.sin(angle);
      table[t * TIME_FEATURES + 2 * k + 1] = Math.cos(angle);
    }
  }
  return table;
}
