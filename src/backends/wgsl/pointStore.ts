import type { Gpu } from './gpu.ts';
import type { Points } from './points.ts';

/** Freed buffers of a size that are kept for the next points. */
const SPARE = 16;

/** Makes and frees points; buffers are used again, since making one costs more than filling it. */
export interface PointStore {
  make(n: number): Points;
  upload(values: Float32Array): Points;
  release(points: Points): void;
  /** Runs a body and releases what it made, except what it returns. */
  scope<S>(body: () => S, keep: (result: S) => ReadonlySet<Points>): S;
  memory(): { points: number; bytes: number };
}

export function pointStore(gpu: Gpu): PointStore {
  const live = new Set<Points>();
  const spare = new Map<number, GPUBuffer[]>();
  const scopes: Set<Points>[] = [];

  function make(n: number): Points {
    const buffer = spare.get(n)?.pop() ?? gpu.allocate('points', 8 * n);
    const points = { buffer, n };
    live.add(points);
    scopes.at(-1)?.add(points);
    return points;
  }

  function release(points: Points): void {
    if (!live.delete(points)) return;
    const kept = spare.get(points.n) ?? [];
    spare.set(points.n, kept);
    if (kept.length < SPARE) kept.push(points.buffer);
    else gpu.free(points.buffer);
  }

  return {
    make,
    release,
    upload(values) {
      const points = make(values.length / 2);
      const { buffer, byteOffset, byteLength } = values;
      gpu.device.queue.writeBuffer(points.buffer, 0, buffer as ArrayBuffer, byteOffset, byteLength);
      return points;
    },
    scope(body, keep) {
      const made = new Set<Points>();
      scopes.push(made);
      let kept: ReadonlySet<Points> = new Set();
      try {
        const result = body();
        kept = keep(result);
        return result;
      } finally {
        scopes.pop();
        for (const points of made) {
          if (!kept.has(points)) release(points);
          else scopes.at(-1)?.add(points);
        }
      }
    },
    memory: () => ({
      points: live.size,
      bytes: [...live].reduce((sum, { n }) => sum + 8 * n, 0),
    }),
  };
}
