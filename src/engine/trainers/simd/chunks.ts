/** Rows that go through all layers together: their activations fit a core's own cache beside a layer's weights. */
export const CHUNK_ROWS = 48;

export interface Chunk {
  readonly from: number;
  /** Examples in it. */
  readonly size: number;
  /** Rows of its strips: even, since the kernel's tiles have six rows or two. */
  readonly rows: number;
}

/** So many examples in chunks of nearly the same size. */
export function chunksOf(size: number): readonly Chunk[] {
  const count = Math.ceil(size / CHUNK_ROWS);
  const most = Math.min(CHUNK_ROWS, 6 * Math.ceil(size / count / 6));
  const chunks: Chunk[] = [];
  for (let from = 0; from < size; from += most) {
    const inChunk = Math.min(most, size - from);
    chunks.push({ from, size: inChunk, rows: inChunk + (inChunk % 2) });
  }
  return chunks;
}
