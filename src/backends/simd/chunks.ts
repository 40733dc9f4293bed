/** Rows that go through all layers together: their activations fit a core's own cache beside a layer's weights. */
export const CHUNK_ROWS = 48;

export interface Chunk {
  readonly from: number;
  /** Examples in it. */
  readonly size: number;
  /** Rows of its strips: even, since the kernel's tiles have six rows or two. */
  readonly rows: number;
}

/** Examples in each chunk but the last: about as many as there, in whole tiles. */
export function chunkSize(size: number): number {
  const count = Math.ceil(size / CHUNK_ROWS);
  return Math.min(CHUNK_ROWS, 6 * Math.ceil(size / count / 6));
}

/** So many examples in chunks of nearly the same size. */
export function chunksOf(size: number): readonly Chunk[] {
  const most = chunkSize(size);
  const chunks: Chunk[] = [];
  for (let from = 0; from < size; from += most) {
    const inChunk = Math.min(most, size - from);
    chunks.push({ from, size: inChunk, rows: inChunk + (inChunk % 2) });
  }
  return chunks;
}
