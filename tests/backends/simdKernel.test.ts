import binaryen from 'assemblyscript/binaryen';
import { describe, expect, it } from 'vitest';
import type { NetworkShape } from '../../src/backends/network.ts';
import { batchMemory } from '../../src/backends/simd/batchMemory.ts';
import { CHUNK_ROWS, chunksOf } from '../../src/backends/simd/chunks.ts';
import { Heap, START } from '../../src/backends/simd/heap.ts';
import { loadKernel, type Variant } from '../../src/backends/simd/kernel.ts';
import { exampleInputs, pack, packedLayout, unpack } from '../../src/backends/simd/layout.ts';
import { Holding } from '../../src/backends/simd/machine.ts';
import { fixedNetwork } from '../../src/backends/simd/network.ts';
import { simdTrainer } from '../../src/backends/simd/trainer.ts';
import { createRng } from '../../src/core/rng.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { largestDifference } from './differences.ts';
import { randomState, randomTask, randomWeights } from './simdFixtures.ts';

const variants: readonly Variant[] = ['simd', 'scalar'];

async function machineOf(variant: Variant) {
  const heap = new Heap();
  return { heap, kernel: await loadKernel(variant, heap.memory) };
}

/** A heap whose every block lies between two that nobody may touch. */
class GuardedHeap extends Heap {
  static readonly #PATTERN = 12345.678;
  readonly #guards = new Map<number, readonly number[]>();

  override floats(count: number): number {
    const guards = [super.floats(16)];
    const at = super.floats(count);
    guards.push(super.floats(16));
    for (const guard of guards) this.view(guard, 16).fill(GuardedHeap.#PATTERN);
    // What rounding up left over belongs to nobody either.
    this.view(at, Math.ceil(count / 16) * 16).fill(GuardedHeap.#PATTERN, count);
    this.view(at, count).fill(0);
    this.#guards.set(at, guards);
    return at;
  }

  override release(at: number): void {
    for (const guard of this.#guards.get(at)!) super.release(guard);
    super.release(at);
    this.#guards.delete(at);
  }

  broken(): number {
    let count = 0;
    for (const guard of [...this.#guards.values()].flat()) {
      for (const value of this.view(guard, 16)) if (value !== Math.fround(GuardedHeap.#PATTERN)) count += 1;
    }
    return count;
  }
}

describe.each(variants)('the kernel in %s instructions', (variant) => {
  it.each([
    { width: 8, depth: 1, outputs: 2, size: 1 },
    { width: 13, depth: 2, outputs: 4, size: 7 },
    { width: 17, depth: 3, outputs: 4, size: 101 },
    { width: 256, depth: 2, outputs: 2, size: 130 },
  ] as const)(
    'touches nothing but its own: width $width, depth $depth, batch $size',
    async ({ size, ...dimensions }) => {
      const heap = new GuardedHeap();
      const machine = { heap, kernel: await loadKernel(variant, heap.memory) };
      const task = randomTask({ ...dimensions, activation: 'silu' });
      const trainer = simdTrainer(machine, task, randomState(task.shape), createRng(1));
      trainer.advance(size, [{ learningRate: 1e-3, emaDecay: 0.9 }]);
      const network = fixedNetwork(machine, task.shape, randomWeights(task.shape));
      network.evaluate(new Float32Array(2 * size), {
        inputScale: 1,
        noise: 0.5,
        features: new Float32Array(16),
      });
      expect(heap.broken()).toBe(0);
      network.dispose();
      trainer.dispose();
      expect(heap.blocks).toBe(0);
    },
  );

  it('keeps its constants out of the heap', async () => {
    const { kernel } = await machineOf(variant);
    expect(kernel.staticEnd()).toBeGreaterThan(1024);
    expect(kernel.staticEnd()).toBeLessThanOrEqual(START);
  });

  it('draws normal numbers, independent of each other', async () => {
    const { heap, kernel } = await machineOf(variant);
    const n = 400_000;
    const state = heap.floats(16);
    const at = heap.floats(n);
    const words = createRng(9);
    new Uint32Array(heap.memory.buffer, state, 16).forEach((_, i, all) => {
      all[i] = words.integer(2 ** 32);
    });
    kernel.normals(n, state, at);
    const drawn = heap.view(at, n).slice();
    const mean = (f: (x: number, i: number) => number) => drawn.reduce((sum, x, i) => sum + f(x, i), 0) / n;
    // Four standard errors: the moments of a normal number have variances 1, 2, 15 and 96.
    const error = 4 / Math.sqrt(n);
    expect(Math.abs(mean((x) => x))).toBeLessThan(error);
    expect(Math.abs(mean((x) => x ** 2) - 1)).toBeLessThan(error * Math.sqrt(2));
    expect(Math.abs(mean((x) => x ** 3))).toBeLessThan(error * Math.sqrt(15));
    expect(Math.abs(mean((x) => x ** 4) - 3)).toBeLessThan(error * Math.sqrt(96));
    for (const lag of [1, 2, 4, 8, 16]) {
      expect(Math.abs(mean((x, i) => x * (drawn[i + lag] ?? 0))), `lag ${lag}`).toBeLessThan(error);
      expect(
        Math.abs(mean((x, i) => (x ** 2 - 1) * ((drawn[i + lag] ?? 1) ** 2 - 1))),
        `squares at ${lag}`,
      ).toBeLessThan(2 * error);
    }
    for (const [limit, share] of [
      [1, 0.317311],
      [2, 0.0455],
      [3, 0.0027],
    ] as const) {
      const beyond = mean((x) => (Math.abs(x) > limit ? 1 : 0));
      expect(Math.abs(beyond - share), `beyond ${limit}`).toBeLessThan(error * Math.sqrt(share));
    }
  });

  it('knows its activations over the whole range of float32', async () => {
    const { heap, kernel } = await machineOf(variant);
    const inputs = Float32Array.from({ length: 4000 }, (_, i) => (i - 2000) / 40);
    inputs.set([-3e38, -1000, -88, 88, 1000, 3e38, 0, -0]);
    const at = heap.floats(inputs.length);
    heap.view(at, inputs.length).set(inputs);
    kernel.activate(0, inputs.length, at, 0);
    const values = heap.view(at, inputs.length);
    for (const [i, x] of inputs.entries()) {
      const exact = x < -80 ? 0 : x / (1 + Math.exp(-x));
      // The power of two is rounded in proportion to x, and ends at 2⁻¹²⁵.
      const error = Math.abs(values[i]! - exact);
      const bound = (5e-7 + 1e-7 * Math.abs(x)) * Math.abs(exact) + 1e-34 * Math.abs(x);
      expect(error, `silu ${x}`).toBeLessThanOrEqual(bound);
    }
  });

  it('draws every point once before any twice, and levels that exist', async () => {
    const machine = await machineOf(variant);
    const points = Float64Array.from({ length: 60 }, (_, i) => i);
    const task = { ...randomTask({ width: 8, depth: 1, activation: 'relu', outputs: 2 }), points };
    const batches = batchMemory(machine, new Holding(machine.heap), task, createRng(3));
    const seen: number[] = [];
    for (let batch = 0; batch < 3; batch++) {
      const { x0, level } = batches.draw(10, batch);
      seen.push(...machine.heap.view(x0, 20).filter((_, i) => i % 2 === 0));
      const levels = new Uint32Array(machine.heap.memory.buffer, level, 10);
      expect(Math.max(...levels)).toBeLessThan(task.objective.nLevels);
    }
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => 2 * i));
  });
});

it('the scalar kernel has no vector in it', async () => {
  const { default: base64 } = await import('../../src/backends/simd/kernel/index.as?scalar');
  const module = binaryen.readBinary(Buffer.from(base64, 'base64'));
  const { All, SIMD128, RelaxedSIMD } = binaryen.Features;
  module.setFeatures(All & ~SIMD128 & ~RelaxedSIMD);
  expect(module.validate()).toBe(1);
});

describe('the packed layout', () => {
  it('gives back what it was given, whatever the size', () => {
    for (const width of [8, 9, 13, 16, 255, 256]) {
      const shape: NetworkShape = { width, depth: 2, activation: 'relu', outputs: 4, classes: width % 10 };
      const flat = randomWeights(shape);
      const layout = packedLayout(shape, exampleInputs(shape));
      const packed = new Float32Array(layout.size);
      pack(layout, flat, packed);
      expect(unpack(layout, packed)).toEqual(flat);
      expect(packed.filter((value) => value !== 0).length).toBe(flat.filter((value) => value !== 0).length);
    }
  });
});

describe('chunks', () => {
  it('cover every batch once, with an even number of rows each', () => {
    for (const size of [1, 2, 5, 95, 96, 97, defaultConfig.batchSize, 500, 512, 4095, 4096]) {
      const chunks = chunksOf(size);
      expect(chunks[0]!.from).toBe(0);
      for (const [i, { from, size: n, rows }] of chunks.entries()) {
        expect(chunks[i + 1]?.from ?? size).toBe(from + n);
        expect(rows % 2).toBe(0);
        expect(rows - n).toBeGreaterThanOrEqual(0);
        expect(rows).toBeLessThanOrEqual(CHUNK_ROWS);
      }
    }
  });
});

describe('the heap', () => {
  it('hands out zeros that do not overlap, and uses again what it got back', () => {
    const heap = new Heap();
    const rng = createRng(2);
    const live = new Map<number, number>();
    for (let round = 0; round < 2000; round++) {
      if (live.size > 0 && rng.uniform() < 0.5) {
        const at = [...live.keys()][rng.integer(live.size)]!;
        const own = heap.view(at, live.get(at)!);
        expect(own.every((value) => value === at)).toBe(true);
        heap.release(at);
        live.delete(at);
      } else {
        const count = rng.integer(3000) + 1;
        const at = heap.floats(count);
        expect(at % 64).toBe(0);
        expect(largestDifference(heap.view(at, count), new Float32Array(count))).toBe(0);
        heap.view(at, count).fill(at);
        live.set(at, count);
      }
    }
    for (const at of live.keys()) heap.release(at);
    expect([heap.blocks, heap.bytes]).toEqual([0, 0]);
    const { byteLength } = heap.memory.buffer;
    heap.floats((byteLength - START) / 4);
    expect(heap.memory.buffer.byteLength).toBe(byteLength);
  });

  it('takes nothing back twice', () => {
    const heap = new Heap();
    const at = heap.floats(1);
    heap.release(at);
    expect(() => heap.release(at)).toThrow(/in use/);
  });
});
