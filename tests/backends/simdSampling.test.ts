import { beforeAll, describe, expect, it } from 'vitest';
import {
  type NetworkShape,
  POSITION_FEATURES,
  positionFeatures,
  TIME_FEATURES,
} from '../../src/backends/network.ts';
import { simdBackend } from '../../src/backends/simd/backend.ts';
import { Heap } from '../../src/backends/simd/heap.ts';
import { loadKernel, type Variant } from '../../src/backends/simd/kernel.ts';
import { noiseCache } from '../../src/backends/simd/noise.ts';
import type { TrainerBackend } from '../../src/backends/types.ts';
import { createRng } from '../../src/core/rng.ts';
import { noiseKeyOf, sample } from '../../src/core/sample.ts';
import { ddpm } from '../../src/core/samplers/ddpm.ts';
import { linear } from '../../src/core/timeGrids/linear.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { learnedDeviceDenoiser } from '../../src/families/gaussian/deviceDenoiser.ts';
import { createExperiment } from '../../src/families/gaussian/experiment.ts';
import { largestDifference } from './differences.ts';
import { referenceForward } from './reference.ts';
import { randomWeights } from './simdFixtures.ts';
import { openCpu } from './tfjsOnCpu.ts';

const variants: readonly Variant[] = ['simd', 'scalar'];

function randomNumbers(n: number, seed: number): Float32Array {
  const rng = createRng(seed);
  return Float32Array.from({ length: n }, () => 2 * rng.normal());
}

/** [n][2 or 4] in float64. */
function expectedAnswers(
  shape: NetworkShape,
  weights: Float32Array,
  x: Float32Array,
  features: Float32Array,
) {
  const rows = Array.from({ length: x.length / 2 }, (_, i) => {
    const position = new Float32Array(POSITION_FEATURES);
    positionFeatures(0.7 * x[2 * i]!, 0.7 * x[2 * i + 1]!, 0.3, position);
    return [...position, ...features];
  });
  return referenceForward(Float64Array.from(weights), shape, rows.flat());
}

describe.each(variants)('sampling in %s instructions', (variant) => {
  let backend: TrainerBackend<Float32Array>;
  beforeAll(async () => {
    backend = await simdBackend(variant);
  });

  it.each([
    { width: 8, depth: 1, outputs: 2, n: 1 },
    { width: 13, depth: 3, outputs: 4, n: 97 },
    { width: 64, depth: 2, outputs: 2, n: 300 },
  ] as const)(
    'answers as float64 does: width $width, depth $depth, $outputs outputs, $n points',
    ({ n, ...size }) => {
      const shape: NetworkShape = { ...size, activation: 'gelu' };
      const weights = randomWeights(shape);
      const network = backend.createNetwork(shape, weights);
      const x = randomNumbers(2 * n, 3);
      for (const seed of [4, 5]) {
        const features = randomNumbers(TIME_FEATURES, seed);
        const { output, variance } = network.evaluate(x, { inputScale: 0.7, noise: 0.3, features });
        const expected = expectedAnswers(shape, weights, x, features);
        const column = (k: number) => expected.filter((_, i) => i % shape.outputs === k);
        for (const axis of [0, 1]) {
          const ofAxis = (answer: Float32Array) => answer.filter((_, i) => i % 2 === axis);
          expect(largestDifference(ofAxis(output), column(axis))).toBeLessThan(1e-4);
          if (variance) expect(largestDifference(ofAxis(variance), column(2 + axis))).toBeLessThan(1e-4);
        }
        expect(variance === null).toBe(shape.outputs === 2);
      }
      network.dispose();
    },
  );

  it('gives back the weights it was made of, whatever becomes of those', async () => {
    const shape: NetworkShape = { width: 13, depth: 2, activation: 'silu', outputs: 2 };
    const weights = randomWeights(shape);
    const given = weights.slice();
    const network = backend.createNetwork(shape, given);
    given.fill(0);
    expect(await network.readWeights()).toEqual(weights);
    network.dispose();
  });

  it('takes 50 steps of DDPM with learned variance as tfjs does', async () => {
    const config = { ...defaultConfig, width: 16, depth: 2, nChain: 50, learnedVariance: true };
    const experiment = createExperiment(config);
    const { process, nChain } = experiment;
    const weights = randomWeights(experiment.task.shape).map((w) => 0.5 * w);
    const start = Float64Array.from(randomNumbers(2 * 40, 6));

    async function pathOf<X>(on: TrainerBackend<X>): Promise<Float32Array> {
      const network = on.createNetwork(experiment.task.shape, weights);
      const deviceDenoiser = learnedDeviceDenoiser(
        on as unknown as TrainerBackend<unknown>,
        network as never,
        experiment,
        createRng(7),
      );
      const context = {
        ...deviceDenoiser,
        process,
        options: { eta: 1, variance: 'learned' as const },
        noiseKey: noiseKeyOf(nChain),
      };
      let end: Float32Array = new Float32Array();
      const times = linear.times(process, nChain, nChain);
      for (const { x } of sample(ddpm, context, times, deviceDenoiser.upload(start)))
        end = await deviceDenoiser.read(x);
      network.dispose();
      return end;
    }
    const ours = await pathOf(backend);
    const stock = await pathOf((await openCpu()).backend);
    const size = Math.max(...stock.map(Math.abs));
    expect(size).toBeGreaterThan(0.1);
    expect(largestDifference(ours, stock)).toBeLessThan(1e-3 * Math.max(1, size));
  });

  it('stays within bounds far from the data, and says NaN where there is no number', () => {
    const shape: NetworkShape = { width: 16, depth: 2, activation: 'silu', outputs: 2 };
    const network = backend.createNetwork(shape, randomWeights(shape));
    const level = { inputScale: 1, noise: 0.5, features: new Float32Array(TIME_FEATURES) };
    const far = network.evaluate(Float32Array.of(1e6, -1e6, 3e9, 0), level).output;
    for (const value of far) expect(Math.abs(value)).toBeLessThan(1e12);
    expect(
      [...network.evaluate(Float32Array.of(Number.NaN, 0, 1, 1), level).output].map(Number.isNaN),
    ).toEqual([true, true, false, false]);
    network.dispose();
  });
});

describe('the algebra on plain arrays', () => {
  it('combines, and draws equal noise for equal keys', async () => {
    const backend = await simdBackend('scalar');
    const space = backend.space(createRng(1));
    const [a, b, c] = [1, 2, 3].map((seed) => randomNumbers(6, seed)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    for (const terms of [[a], [a, b], [a, b, c], [a, b, c, a], [a, b, c, a, b]]) {
      const combined = space.combine(...terms.map((x, i) => [i + 0.5, x] as const));
      const expected = a.map((_, k) => terms.reduce((sum, x, i) => sum + (i + 0.5) * x[k]!, 0));
      expect(largestDifference(combined, expected)).toBeLessThan(1e-5);
    }
    expect(() => space.combine()).toThrow(/at least one/);
    expect(space.gaussian(a, 3)).toEqual(space.gaussian(b, 3));
    expect(space.gaussian(a, 3)).not.toEqual(space.gaussian(a, 4));
    const stream = createRng(1).fork(3);
    expect(space.gaussian(a, 3)).toEqual(Float32Array.from({ length: 6 }, () => stream.normal()));
    expect(backend.space(createRng(2)).gaussian(a, 3)).not.toEqual(space.gaussian(a, 3));
    expect(space.gaussian(new Float32Array(4), 3)).toEqual(space.gaussian(a, 3).slice(0, 4));
  });

  it('draws the very noise of the stream, rounded', async () => {
    const heap = new Heap();
    const cache = noiseCache({ heap, kernel: await loadKernel('scalar', heap.memory) });
    for (const count of [1, 4095, 4096, 4099, 300_000]) {
      const stream = createRng(2).fork(count);
      const exact = Float64Array.from({ length: count }, () => stream.normal());
      const noise = cache.draw(createRng(2), count, count);
      const others = noise.filter((z, i) => z !== Math.fround(exact[i]!)).length;
      // Where the two float64 numbers lie on both sides of the middle between two float32 numbers.
      expect(others).toBeLessThan(2);
      expect(largestDifference(noise, exact)).toBeLessThan(3e-7);
    }
    expect(heap.blocks).toBe(0);
  });

  it('keeps noise no longer than there is room for, and the same whether it was kept or not', async () => {
    const rng = createRng(1);
    const heap = new Heap();
    const machine = { heap, kernel: await loadKernel('scalar', heap.memory) };
    const small = noiseCache(machine, 10);
    const large = noiseCache(machine);
    for (const count of [4, 6, 3, 20, 4]) {
      for (const key of [1, 2, 3, 1]) {
        expect(small.draw(rng, key, count)).toEqual(large.draw(createRng(1), key, count));
      }
    }
    expect(large.draw(rng, 2, 4).buffer).toBe(large.draw(createRng(1), 2, 3).buffer);
    const kept = small.draw(rng, 1, 4);
    expect(small.draw(rng, 1, 4).buffer).toBe(kept.buffer);
    for (const key of [2, 3, 4]) small.draw(rng, key, 4);
    expect(small.draw(rng, 1, 4).buffer).not.toBe(kept.buffer);
  });
});
