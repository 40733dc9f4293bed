/** A symmetric matrix as Σ_k λ_k u_k u_kᵀ: vectors [n][n], of which column k is u_k. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/** Eigenvalues and eigenvectors of a symmetric matrix [n][n], by Jacobi's rotations. */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice();
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = 0; q < p; q++) off += a[p * n + q]! ** 2;
    if (off < 1e-28) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors, n, p, q);
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), vectors };
}

/** The rotation of the plane (p, q) that makes a_pq zero: a ← JᵀaJ, vectors ← vectors·J. */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  if (Math.abs(a[p * n + q]!) < 1e-300) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * a[p * n + q]!);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const turn = (array: Float64Array, first: number, second: number): void => {
    const x = array[first]!;
    const y = array[second]!;
    array[first] = c * x - s * y;
    array[second] = s * x + c * y;
  };
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k);
  for (let k = 0; k < n; k++) turn(vectors, k * n + p, k * n + q);
}

/** exp(a·M) of the decomposed matrix, [n][n]. */
export function exponential({ values, vectors }: Eigen, a: number): Float64Array {
  const n = values.length;
  const out = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const factor = Math.exp(a * values[k]!);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) out[i * n + j]! += factor * vectors[i * n + k]! * vectors[j * n + k]!;
  }
  return out;
}
