import { describe, expect, it } from 'vitest';
import { type NetworkShape, TIME_FEATURES } from '../../src/backends/network.ts';
import { compileProgram } from '../../src/backends/wgsl/compileProgram.ts';
import { levelQuantiles } from '../../src/backends/wgsl/levelQuantiles.ts';
import { newPace } from '../../src/backends/wgsl/pace.ts';
import { pieces } from '../../src/backends/wgsl/runProgram.ts';
import { tileOf, tilesFor, unsupported } from '../../src/backends/wgsl/tile.ts';
import { recordProgram } from '../../src/core/program.ts';
import { createRng } from '../../src/core/rng.ts';
import { noiseKeyOf } from '../../src/core/sample.ts';
import { samplers } from '../../src/core/samplers/index.ts';
import { timeSamplings } from '../../src/core/timeSampling/index.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { createExperiment } from '../../src/families/gaussian/experiment.ts';
import { linearVp } from '../core/samplerFixtures.ts';

/** The least that WebGPU promises. */
const floor = {
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
  maxComputeWorkgroupStorageSize: 16384,
  maxStorageBuffersPerShaderStage: 8,
} as GPUSupportedLimits;
const shape: NetworkShape = { width: 64, depth: 3, activation: 'silu', outputs: 2 };

describe('shapes', () => {
  it('of every width that is a multiple of 16 up to 256, and 1 to 6 layers, fit the least of GPUs', () => {
    for (let width = 16; width <= 256; width += 16) {
      for (let depth = 1; depth <= 6; depth++) {
        for (const outputs of [2, 4] as const) {
          expect(unsupported({ ...shape, width, depth, outputs }, floor)).toBeNull();
          // Every thread sums a part of the last layer: there must be as many parts as threads.
          expect(width % (outputs * tileOf({ ...shape, width }).quads)).toBe(0);
        }
      }
    }
  });

  it('that do not fit are refused in a sentence', () => {
    const refusals: [Partial<NetworkShape>, Partial<GPUSupportedLimits>, RegExp][] = [
      [{ width: 50 }, {}, /multiple of 16, not 50/],
      [{ width: 8 }, {}, /multiple of 16, not 8/],
      [{ width: Number.NaN }, {}, /multiple of 16, not NaN/],
      [{ width: 272 }, {}, /at most 256, not 272/],
      [{ depth: 7 }, {}, /1 to 6 hidden layers, not 7/],
      [{ depth: 0 }, {}, /1 to 6 hidden layers, not 0/],
      [{ width: 256 }, { maxComputeInvocationsPerWorkgroup: 128 }, /at most 128 threads/],
      [{ width: 256 }, { maxComputeWorkgroupStorageSize: 8192 }, /at most 8192 bytes/],
      [{}, { maxStorageBuffersPerShaderStage: 4 }, /at most 4 buffers/],
    ];
    for (const [part, limits, words] of refusals) {
      expect(unsupported({ ...shape, ...part }, { ...floor, ...limits })).toMatch(words);
    }
  });
});

describe('tiles', () => {
  it('hold all points, and no more than the device takes', () => {
    const limits = { ...floor, maxComputeWorkgroupsPerDimension: 65535 };
    expect(tilesFor(1, shape, limits)).toBe(1);
    expect(tilesFor(17, shape, limits)).toBe(2);
    expect(tilesFor(100_000, { ...shape, width: 256 }, limits)).toBe(12_500);
    expect(() => tilesFor(2_000_000, shape, limits)).toThrow(/at most 1048560 points at once, not 2000000/);
  });
});

describe('the pace', () => {
  /** A device on which a unit takes so many milliseconds; the clock stands still otherwise. */
  async function submits(msPerUnit: (k: number) => number, count: number, most = 1000) {
    let now = 0;
    const pace = newPace(1, () => now);
    const units: number[] = [];
    for (let k = 0; k < count; k++) {
      const next = pace.next(most);
      units.push(next);
      const done = Promise.resolve().then(() => {
        now += next * msPerUnit(k);
      });
      pace.submitted(next, done);
      await done;
      await Promise.resolve();
    }
    return units;
  }

  it('begins with one unit, at most doubles, and keeps to 12 ms', async () => {
    const units = await submits(() => 0.5, 12);
    expect(units[0]).toBe(1);
    for (let k = 1; k < units.length; k++) expect(units[k]).toBeLessThanOrEqual(2 * units[k - 1]!);
    expect(units.at(-1)).toBe(24);
  });

  it('slows down at once when the device does', async () => {
    const units = await submits((k) => (k < 8 ? 0.1 : 3), 12);
    expect(units.at(-1)).toBe(4);
    expect(units[9]).toBeLessThan(units[8]!);
  });

  it('does one unit at a time where that is long, and no more than there are', async () => {
    expect(new Set(await submits(() => 100, 5))).toEqual(new Set([1]));
    expect(Math.max(...(await submits(() => 0.001, 20, 7)))).toBe(7);
  });

  it('survives a device that is lost', async () => {
    const pace = newPace(1);
    pace.submitted(1, Promise.reject(new Error('lost')));
    await Promise.resolve();
    expect(pace.next(5)).toBe(1);
  });
});

const request = {
  process: linearVp(0.1, 20),
  options: { eta: 1, variance: 'learned' as const },
  noiseKey: noiseKeyOf(4),
  times: [1, 0.75, 0.5, 0.25, 0],
  learnsVariance: true,
  keeps: () => true,
};
const level = { inputScale: 1, noise: 0.5, features: new Float32Array(TIME_FEATURES) };

describe('compiled programs', () => {
  it('ask the network once a step, though the variance is learned', () => {
    const program = recordProgram({ ...request, sampler: samplers.get('ddpm') });
    const { evaluations, noiseKeys, levels } = compileProgram(program, () => ({ level, skip: 0.5, out: 2 }));
    expect(evaluations).toHaveLength(4);
    expect(noiseKeys).toEqual([3, 2, 1]);
    expect(levels).toHaveLength(4 * (2 + TIME_FEATURES));
  });

  it('ask twice where a second answer guides the first, which is asked last', () => {
    const program = recordProgram({ ...request, sampler: samplers.get('ddpm') });
    const plain = compileProgram(program, () => ({ level, skip: 0.5, out: 2 }));
    const guide = { level: { ...level, inputScale: 3 }, out: -1 };
    const guided = compileProgram(program, () => ({ level, skip: 0.5, out: 2, guide }));
    expect(guided.evaluations).toHaveLength(8);
    expect(guided.levels).toHaveLength(2 * plain.levels.length);
    expect(guided.nRegisters).toBe(plain.nRegisters + 1);
    const rows = guided.evaluations.map((at) => guided.code[at + 3]!);
    expect(rows).toEqual([1, 0, 3, 2, 5, 4, 7, 6]);
  });

  it('do not ask where nothing is to be asked', () => {
    const program = recordProgram({ ...request, sampler: samplers.get('ddim'), times: [0.5, 0.25] });
    const { evaluations } = compileProgram(program, () => ({ level, skip: 1, out: 0 }));
    expect(evaluations).toEqual([]);
  });

  it('are cut so that every tile meets every instruction once, in order', () => {
    const code = new Uint32Array(40);
    const evaluations = [3, 9, 15, 21, 33];
    for (const tiles of [1, 4, 13]) {
      for (const allowed of [1, 3, 8, 1000]) {
        const next = (most: number) => Math.min(most, allowed);
        const reached = new Array<number>(tiles).fill(0);
        for (const [piece, units] of pieces({ code, evaluations }, tiles, { next })) {
          expect(units).toBeLessThanOrEqual(allowed);
          expect(piece.tiles).toBeGreaterThan(0);
          for (let tile = piece.firstTile; tile < piece.firstTile + piece.tiles; tile++) {
            expect(reached[tile]).toBe(piece.begin);
            reached[tile] = piece.end;
          }
        }
        expect(reached).toEqual(new Array<number>(tiles).fill(code.length));
      }
    }
  });
});

describe('the quantiles of levels', () => {
  const counts = (patch: Partial<ExperimentConfig>, from: 'quantiles' | 'draws') => {
    const { task } = createExperiment({ ...defaultConfig, nChain: 40, nPoints: 10, ...patch });
    const table = levelQuantiles(task.objective.nLevels, task);
    const drawn = from === 'quantiles' ? table : task.drawLevels(100_000, createRng(1));
    const shares = new Float64Array(task.objective.nLevels);
    for (const index of drawn) shares[index]! += 1 / drawn.length;
    return shares;
  };

  it('hold each step of a chain equally often', () => {
    for (const timeSampling of ['uniform', 'stratified', 'low-discrepancy', 'antithetic', 'importance']) {
      const shares = counts({ timeSampling }, 'quantiles');
      for (const share of shares) expect(share, timeSampling).toBeCloseTo(1 / 40, 12);
    }
  });

  it('are distributed as what is drawn, for every way of drawing and kind of process', () => {
    for (const { id: timeSampling } of timeSamplings.entries) {
      for (const process of ['vp', 'edm', 'rectified-flow'] as ExperimentConfig['process'][]) {
        const [table, drawn] = [
          counts({ timeSampling, process }, 'quantiles'),
          counts({ timeSampling, process }, 'draws'),
        ];
        let [a, b, apart] = [0, 0, 0];
        for (const [i, share] of table.entries()) {
          a += share;
          b += drawn[i]!;
          apart = Math.max(apart, Math.abs(a - b));
        }
        // √n·sup|F − F_n| of 100 000 draws is above 1.95 once in a thousand.
        expect(apart, `${timeSampling} on ${process}`).toBeLessThan(1.95 / Math.sqrt(100_000) + 1 / 4096);
      }
    }
  });
});
