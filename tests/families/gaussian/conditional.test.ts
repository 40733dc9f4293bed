import { beforeAll, describe, expect, it } from 'vitest';
import { batchSource } from '../../../src/backends/batches.ts';
import { DROPPED, levelSize, withClasses } from '../../../src/backends/classes.ts';
import { emaDecayAt, learningRateAt } from '../../../src/backends/learningRate.ts';
import { initialWeights, networkInputs, TIME_FEATURES } from '../../../src/backends/network.ts';
import { LEVEL_SIZE } from '../../../src/backends/objective.ts';
import { simdBackend } from '../../../src/backends/simd/backend.ts';
import { batchMemory } from '../../../src/backends/simd/batchMemory.ts';
import { Heap } from '../../../src/backends/simd/heap.ts';
import { loadKernel } from '../../../src/backends/simd/kernel.ts';
import { Holding } from '../../../src/backends/simd/machine.ts';
import { freshState } from '../../../src/backends/state.ts';
import type { SharedLevel, TrainerBackend } from '../../../src/backends/types.ts';
import { datasets } from '../../../src/core/datasets/index.ts';
import { exactDenoiser, exactScore } from '../../../src/core/exact.ts';
import { slicedWasserstein2 } from '../../../src/core/metrics/index.ts';
import { createRng } from '../../../src/core/rng.ts';
import { samplers } from '../../../src/core/samplers/index.ts';
import type { Vector } from '../../../src/core/types.ts';
import { defaultConfig } from '../../../src/experiment/fields.ts';
import type { ExperimentConfig } from '../../../src/experiment/types.ts';
import {
  type DeviceDenoiser,
  exactDeviceDenoiser,
  learnedDeviceDenoiser,
} from '../../../src/families/gaussian/deviceDenoiser.ts';
import {
  createExperiment,
  freshData,
  type GaussianExperiment,
  targetOf,
} from '../../../src/families/gaussian/experiment.ts';
import { leastLossOf } from '../../../src/families/gaussian/leastLoss.ts';
import { newFrames } from '../../../src/families/gaussian/recordings/frames.ts';
import { runSampler } from '../../../src/families/gaussian/recordings/runSampler.ts';
import { timesOf } from '../../../src/families/gaussian/recordings/samplerRun.ts';
import { scoreAt } from '../../../src/families/gaussian/recordings/score.ts';
import { startingPoints } from '../../../src/families/gaussian/recordings/start.ts';

const conditional = (patch: Partial<ExperimentConfig>): GaussianExperiment =>
  createExperiment({ ...defaultConfig, nPoints: 500, nChain: 50, conditional: true, ...patch });

const withClassNames = datasets.entries.filter(({ classNames }) => classNames.length > 0);

/** Samples of a denoiser, data units, by 20 steps of a solver whose own error is small. */
async function samples<X>(
  deviceDenoiser: DeviceDenoiser<X>,
  experiment: GaussianExperiment,
  n: number,
  seed: number,
): Promise<Vector> {
  const frames = newFrames();
  const choice = { sampler: 'dpm-solver-pp-2m', nSteps: 20, timeGrid: 'quadratic' };
  const steps = runSampler(frames, deviceDenoiser, experiment, {
    sampler: samplers.get(choice.sampler),
    options: { eta: 0, variance: 'beta' },
    times: timesOf(choice, experiment),
    start: startingPoints(n, false, createRng(seed), experiment.process),
    nFrames: 2,
  });
  for await (const _ of steps);
  return Float64Array.from(frames.x.at(-1)!);
}

describe('the table of noise levels', () => {
  const plain = createExperiment({ ...defaultConfig, nPoints: 50, nChain: 20 });

  it('is the same object where no class is taught', () => {
    const { objective } = plain.trainingLevels;
    expect(plain.task.objective).toBe(objective);
    expect(withClasses(objective, 0)).toBe(objective);
    expect(networkInputs(plain.task.shape)).toBe(networkInputs({ classes: 0 }));
  });

  it('has every level once for no class and once for each, told apart by the one-hot alone', () => {
    const { objective } = conditional({ dataset: 'rings', nChain: 20 }).task;
    const size = levelSize(objective);
    expect(objective.levels).toHaveLength(5 * 20 * size);
    for (let row = 0; row < 100; row++) {
      const numbers = objective.levels.subarray(row * size, (row + 1) * size);
      const level = row % 20;
      const known = plain.trainingLevels.objective.levels.subarray(
        level * LEVEL_SIZE,
        (level + 1) * LEVEL_SIZE,
      );
      expect(numbers.subarray(0, LEVEL_SIZE)).toEqual(known);
      const oneHot = [1, 2, 3, 4].map((y) => (Math.floor(row / 20) === y ? 1 : 0));
      expect([...numbers.subarray(LEVEL_SIZE)]).toEqual(oneHot);
    }
  });
});

describe('batches', () => {
  const experiment = conditional({ dataset: 'pinwheel' });
  const { task } = experiment;
  const { nLevels } = task.objective;
  const indexOf = new Map(Array.from(task.labels!, (_, i) => [Math.fround(task.points[2 * i]!), i]));
  const SIZE = 250;
  const BATCHES = 40;

  const drawn = {
    async cpu() {
      const source = batchSource(task, SIZE, createRng(3));
      return () => source.next();
    },
    async simd() {
      const heap = new Heap();
      const kernel = await loadKernel('simd', heap.memory);
      const memory = batchMemory({ kernel, heap }, new Holding(heap), task, createRng(3));
      return (step: number) => {
        const { level, x0 } = memory.draw(SIZE, step);
        return {
          level: new Uint32Array(heap.memory.buffer, level, SIZE),
          x0: new Float32Array(heap.memory.buffer, x0, 2 * SIZE),
        };
      };
    },
  };

  it.each(['cpu', 'simd'] as const)(
    'show points with their own class, one in ten with none: %s',
    async (on) => {
      const next = await drawn[on]();
      let dropped = 0;
      for (let k = 0; k < BATCHES; k++) {
        const { level, x0 } = next(k);
        for (const [i, row] of level.entries()) {
          const shown = Math.floor(row / nLevels);
          if (shown === 0) dropped += 1;
          else expect(shown).toBe(task.labels![indexOf.get(x0[2 * i]!)!]);
        }
      }
      const n = SIZE * BATCHES;
      expect(Math.abs(dropped / n - DROPPED)).toBeLessThan(4 * Math.sqrt((DROPPED * (1 - DROPPED)) / n));
    },
  );
});

describe.each(withClassNames)('the exact answer for a class of $id', ({ id, classNames }) => {
  const experiment = conditional({ dataset: id });

  it.each(classNames.map((name, y) => [name, y + 1] as const))('leads to the %s', async (_, ofClass) => {
    const n = 150;
    let [found, perfect] = [0, 0];
    for (let k = 0; k < 20; k++) {
      const truth = freshData(targetOf(experiment, ofClass), n, 2 * k);
      const deviceDenoiser = exactDeviceDenoiser(experiment, createRng(1), { ofClass, guidance: 0 });
      found += slicedWasserstein2(await samples(deviceDenoiser, experiment, n, 100 + k), truth, 16);
      perfect += slicedWasserstein2(freshData(targetOf(experiment, ofClass), n, 2 * k + 1), truth, 16);
    }
    expect(found / perfect).toBeLessThan(1.5);
  });
});

describe('guidance', () => {
  const experiment = conditional({ dataset: 'moons' });
  const x = Float64Array.of(0.3, -0.8, 1.4, 0.2, -1, 0.7);
  const answers = (t: number) =>
    [experiment.classes[1]!, experiment.density].map((density) =>
      exactDenoiser(density, experiment.process)(x, t),
    ) as [Vector, Vector];

  it.each([-1, -0.3, 0, 1.5])('mixes the exact answers by Eq. 6, w = %f', (guidance) => {
    const deviceDenoiser = exactDeviceDenoiser(experiment, createRng(1), { ofClass: 2, guidance });
    for (const t of [0.1, 0.5, 1]) {
      const [own, any] = answers(t);
      const found = deviceDenoiser.denoise(x, t);
      for (const [i, value] of found.entries()) {
        expect(value).toBeCloseTo((1 + guidance) * own[i]! - guidance * any[i]!, 10);
      }
    }
    expect(deviceDenoiser.nfePerAnswer).toBe(guidance === 0 ? 1 : 2);
  });

  it('changes nothing where any class is asked for, or one that is not taught', () => {
    for (const ofClass of [0, 3]) {
      const deviceDenoiser = exactDeviceDenoiser(experiment, createRng(1), { ofClass, guidance: 2 });
      expect(deviceDenoiser.denoise(x, 0.4)).toEqual(answers(0.4)[1]);
      expect(deviceDenoiser.nfePerAnswer).toBe(1);
    }
  });

  it('mixes what a network answers in the same way, in x̂₀ and in the score', async () => {
    // A network that answers for the class alone: F is the class's number, 0 for any.
    const asked: number[] = [];
    const network = {
      evaluate(points: Float32Array, { features }: SharedLevel) {
        const ofClass = 1 + [...features.subarray(TIME_FEATURES)].indexOf(1);
        asked.push(ofClass);
        return { output: points.map(() => 10 * ofClass), variance: null };
      },
      dispose() {},
    };
    const backend = (await simdBackend()) as TrainerBackend<unknown>;
    const w = 1.5;
    const mixed = learnedDeviceDenoiser(backend, network as never, experiment, createRng(1), {
      ofClass: 2,
      guidance: w,
    });
    const same = learnedDeviceDenoiser(
      backend,
      {
        ...network,
        evaluate: (p: Float32Array) => ({ output: p.map(() => 20 * (1 + w)), variance: null }),
      } as never,
      experiment,
      createRng(1),
    );
    const points = Float32Array.from(x);
    const found = mixed.denoise(points, 0.4) as Float32Array;
    for (const [i, value] of (same.denoise(points, 0.4) as Float32Array).entries()) {
      expect(found[i]).toBeCloseTo(value, 5);
    }
    expect(asked).toEqual([2, 0]);
    backend.dispose();
  });

  it('mixes the exact scores', async () => {
    const { alpha, sigma } = experiment.process.kernel(0.4);
    const { centre, scale } = experiment.standardization;
    const points = x.map((value, i) => centre[i & 1]! + scale * value);
    const found = await scoreAt(
      { source: 'exact', ofClass: 2, guidance: 1.5 },
      0.4,
      points,
      null as never,
      experiment,
    );
    const [own, any] = [experiment.classes[1]!, experiment.density].map((density) =>
      exactScore(density, { alpha, sigma }, x),
    );
    for (const [i, value] of found.entries())
      expect(value).toBeCloseTo((2.5 * own![i]! - 1.5 * any![i]!) / scale, 5);
  });
});

it('no network beats the least loss, which knowing the class makes less', () => {
  const [taught, plain] = [true, false].map((known) =>
    leastLossOf(createExperiment({ ...defaultConfig, dataset: 'rings', nChain: 50, conditional: known })),
  );
  expect(taught!).toBeLessThan(0.9 * plain!);
  expect(taught!).toBeGreaterThan(0.1 * plain!);
});

describe('a network that was taught the moons', () => {
  const experiment = conditional({ dataset: 'moons', nPoints: 5000, width: 32, depth: 3 });
  const { task } = experiment;
  const BUDGET = 2000;
  const N = 400;
  let backend: TrainerBackend<unknown>;
  let network: ReturnType<TrainerBackend<unknown>['createNetwork']>;

  beforeAll(async () => {
    backend = (await simdBackend()) as TrainerBackend<unknown>;
    const start = freshState(initialWeights(task.shape, createRng(1)));
    const trainer = backend.createTrainer(task, start, createRng(2));
    const rates = Array.from({ length: BUDGET }, (_, step) => ({
      learningRate: learningRateAt(step, 5e-3),
      emaDecay: emaDecayAt(step, 0.9999),
    }));
    trainer.advance(128, rates);
    network = trainer.freeze();
    trainer.dispose();
  }, 120_000);

  /** The share of points that lie nearer to a moon than to the other. */
  const shareNear = (points: Vector, ofClass: number) => {
    const [own, other] = [ofClass, 3 - ofClass].map((y) => freshData(targetOf(experiment, y), 1000, 9));
    const distance = (x: number, y: number, to: Vector) => {
      let least = Infinity;
      for (let k = 0; k < to.length; k += 2) least = Math.min(least, Math.hypot(x - to[k]!, y - to[k + 1]!));
      return least;
    };
    let near = 0;
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i]!, points[i + 1]!];
      if (distance(x, y, own!) < distance(x, y, other!)) near += 1;
    }
    return (2 * near) / points.length;
  };
  const drawn = (ofClass: number, guidance: number) =>
    samples(
      learnedDeviceDenoiser(backend, network, experiment, createRng(4), { ofClass, guidance }),
      experiment,
      N,
      5,
    );

  it.each([1, 2])('draws moon %i when asked for it', async (ofClass) => {
    expect(shareNear(await drawn(ofClass, 0), ofClass)).toBeGreaterThan(0.95);
    expect(shareNear(await drawn(ofClass, 1), ofClass)).toBeGreaterThan(0.95);
  });

  it('draws both alike when asked for any, or when guidance takes the class away', async () => {
    const any = await drawn(0, 0);
    expect(Math.abs(shareNear(any, 1) - 0.5)).toBeLessThan(0.1);
    const away = await drawn(1, -1);
    expect(slicedWasserstein2(any, away)).toBeLessThan(1e-3);
  });

  it('leaves nothing behind', async () => {
    const before = backend.memory();
    await drawn(2, 1.5);
    expect(backend.memory()).toEqual(before);
  });
});
