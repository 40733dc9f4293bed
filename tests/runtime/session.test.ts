import { memory } from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { processes } from '../../src/core/processes/index.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { EngineError } from '../../src/protocol/errors.ts';
import { recordingKey } from '../../src/views/types.ts';
import { ddim, smallConfig } from '../families/gaussian/smallExperiment.ts';
import { sessionPerTest, until } from './sessionOnCpu.ts';

const tiny: ExperimentConfig = { ...smallConfig, nPoints: 200, nChain: 20, budgetSteps: 40 };

const stand = sessionPerTest();
const { of, latest } = stand;

describe('training', () => {
  it.each(['SIMD', 'TensorFlow.js'])(
    'on %s takes exactly the steps it was asked for, then to the budget, then as many again',
    async (engine) => {
      if (engine === 'TensorFlow.js') stand.openTfjs();
      await stand.session.start(tiny);
      expect((await stand.session.train({ steps: 1 })).step).toBe(1);
      expect((await stand.session.train({ steps: 6 })).step).toBe(7);
      expect(of('phase').at(-1)).toMatchObject({ phase: 'paused', step: 7 });
      expect((await stand.session.train()).step).toBe(40);
      expect(of('phase').at(-1)).toMatchObject({ phase: 'converged', step: 40 });
      expect((await stand.session.train()).step).toBe(80);
    },
  );

  it('reports finite losses with the steps they belong to', async () => {
    await stand.session.start(tiny);
    const { loss } = await stand.session.train({ steps: 30 });
    const progress = of('progress');
    const steps = progress.flatMap((event) => [...event.steps]);
    const losses = progress.flatMap((event) => [...event.losses]);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(30);
    expect(losses.at(-1)).toBe(Math.fround(loss));
    expect(losses.every((value) => value > 0 && value < 10)).toBe(true);
  });

  it('stops at the time given, and at a pause', async () => {
    await stand.session.start({ ...tiny, budgetSteps: 1_000_000 });
    const timed = await stand.session.train({ seconds: 0.1 });
    expect(timed.seconds).toBeGreaterThan(0.09);
    const running = stand.session.train();
    await until(() => of('phase').at(-1)?.phase === 'training');
    await stand.session.pause();
    const { step } = await running;
    expect(of('phase').at(-1)).toMatchObject({ phase: 'paused', step });
  });

  it('spends the first budget at a pace to follow where that is wanted; a program trains at full speed', async () => {
    await stand.session.start({ ...tiny, pace: 'followed', budgetSteps: 36 });
    // The shortest of three: the machine may do something else for a moment.
    const shortest = async (train: () => ReturnType<typeof stand.session.train>) =>
      Math.min((await train()).seconds, (await train()).seconds, (await train()).seconds);
    expect(await shortest(() => stand.session.train({ steps: 8 }))).toBeLessThan(0.5);
    const followed = await stand.session.train();
    expect(followed.step).toBe(36);
    expect(followed.seconds).toBeGreaterThan(0.9);
    const steps = of('progress').map(({ step }) => step);
    expect(new Set(steps).size).toBeGreaterThan(5);
    expect(await shortest(() => stand.session.train())).toBeLessThan(0.5);
  });

  it('ends where the first budget ends now, when it is changed on the way', async () => {
    await stand.session.start({ ...tiny, budgetSteps: 1_000_000 });
    const training = stand.session.train();
    await stand.session.configure({ ...tiny, budgetSteps: 1 });
    expect((await training).step).toBeLessThan(1_000_000);
    expect(of('phase').at(-1)?.phase).toBe('converged');
  });

  it('draws the untrained network before the first step of a training that is followed', async () => {
    await stand.session.start({ ...tiny, pace: 'followed', budgetSteps: 20 });
    const training = stand.session.train();
    // A page that is slow to say what it shows.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await stand.session.watch([ddim]);
    expect((await training).step).toBe(20);
    expect(of('recording')[0]?.recording.modelStep).toBe(0);
  });

  it('learns the same weights from the same seed, others from another', async () => {
    const samples = async (seed: number) => {
      await stand.session.configure({ ...tiny, seed });
      await stand.session.reset();
      await stand.session.train({ steps: 12 });
      return (await stand.session.sample({ sampler: 'ddim', nSteps: 5, n: 20, seed: 3 })).points;
    };
    await stand.session.start(tiny);
    const first = await samples(1);
    const other = await samples(2);
    expect(await samples(1)).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('learns the same again where draws follow the losses, and goes on with them on another backend', async () => {
    const aware = { ...tiny, timeSampling: 'importance', budgetSteps: 1000 };
    const samples = async () =>
      (await stand.session.sample({ sampler: 'ddim', nSteps: 5, n: 20, seed: 3 })).points;
    await stand.session.start(aware);
    const { loss } = await stand.session.train({ steps: 120 });
    expect(loss).toBeGreaterThan(0);
    expect(loss).toBeLessThan(2);
    const first = await samples();
    await stand.session.reset();
    await stand.session.train({ steps: 50 });
    await stand.session.train({ steps: 70 });
    expect(await samples()).toEqual(first);
    await stand.session.configure({ ...aware, backend: 'cpu' });
    expect((await stand.session.train({ steps: 2 })).step).toBe(122);
  });

  it('stops with advice when the loss diverges, and keeps weights to draw with', async () => {
    await stand.session.start({ ...tiny, learningRate: 1e30 });
    const failure = await stand.session.train({ steps: 100 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EngineError);
    expect(failure).toMatchObject({ code: 'diverged', advice: expect.stringContaining('learning rate') });
    expect(of('phase').at(-1)?.phase).toBe('diverged');
    const { points } = await stand.session.sample({ sampler: 'ddpm', nSteps: 20, n: 10, seed: 1 });
    expect(points.every(Number.isFinite)).toBe(true);
    await expect(stand.session.train({ steps: 1 })).rejects.toMatchObject({ code: 'bad-request' });
    await stand.session.configure({ ...tiny, learningRate: 1e-3 });
    await stand.session.reset();
    expect((await stand.session.train({ steps: 3 })).step).toBe(3);
  });

  it.each([{ steps: 0 }, { steps: 1.5 }, { seconds: -1 }, { seconds: Number.NaN }])(
    'refuses %o',
    async (budget) => {
      await stand.session.start(tiny);
      await expect(stand.session.train(budget)).rejects.toMatchObject({ code: 'bad-request' });
    },
  );
});

describe('an answer', () => {
  it('is never NaN: training that ends without a loss is refused', async () => {
    await stand.session.start(tiny);
    const cut = stand.session.train({ steps: 1000 }).catch((error: unknown) => error);
    const reset = stand.session.reset();
    expect(await cut).toMatchObject({ code: 'interrupted' });
    await reset;
    const early = stand.session.train({ steps: 1000 }).catch((error: unknown) => error);
    await stand.session.pause();
    const outcome = await early;
    if (outcome instanceof EngineError) expect(outcome.message).toMatch(/before its first step/);
    else expect(outcome).toMatchObject({ loss: expect.closeTo(1, 0) });
  });

  it.each(processes.entries.map(({ id }) => id))(
    'is never NaN: the score of %s is finite or refused, at every t',
    async (process) => {
      await stand.session.start({ ...tiny, process });
      for (const source of ['learned', 'exact'] as const) {
        for (const t of [1e-300, 1e-12, 1e-6, 1e-3, 1]) {
          const points = new Float32Array([0, 0, 3, -3, 1e6, 1e-6]);
          const answer = await stand.session.score({ t, points, source }).catch((error: unknown) => error);
          if (answer instanceof EngineError)
            expect(answer.message).toMatch(/score at t = .* is not a finite/);
          else expect((answer as Float32Array).every(Number.isFinite)).toBe(true);
        }
      }
    },
  );

  it('is never NaN: samples that are not numbers are refused, with what to do', async () => {
    await stand.session.start({ ...tiny, output: 'eps', learningRate: 1e9, budgetSteps: 5 });
    await stand.session.train({ steps: 1 }).catch(() => undefined);
    const request = { sampler: 'ddim', nSteps: 20, n: 50, seed: 1 };
    const answer = await stand.session.sample(request).catch((error: unknown) => error);
    if (answer instanceof EngineError) expect(answer.advice).toMatch(/learning rate/);
    else expect((answer as { points: Float32Array }).points.every(Number.isFinite)).toBe(true);
  });
});

describe('configure', () => {
  it('keeps the model through a change that does not concern it', async () => {
    await stand.session.start(tiny);
    await stand.session.train({ steps: 5 });
    await stand.session.configure({ ...tiny, learningRate: 1e-3, batchSize: 8, time: 0.3 });
    expect((await stand.session.train({ steps: 1 })).step).toBe(6);
  });

  it('starts afresh when the model is thrown away, and trains on if it was training', async () => {
    await stand.session.start(tiny);
    await stand.session.train({ steps: 5 });
    await stand.session.configure({ ...tiny, width: 9 });
    expect(of('phase').at(-1)).toMatchObject({ phase: 'idle', step: 0 });
    const old = stand.session.train({ seconds: 60 }).catch((error: unknown) => error);
    await until(() => of('phase').at(-1)?.phase === 'training');
    await stand.session.configure({ ...tiny, width: 10 });
    expect(await old).toMatchObject({ code: 'interrupted', message: /experiment was changed/ });
    await until(() => of('phase').at(-1)?.phase === 'converged');
    expect(of('phase').at(-1)?.step).toBe(tiny.budgetSteps);
  });

  it('moves to another backend with the weights it has', async () => {
    await stand.session.start(tiny);
    await stand.session.train({ steps: 5 });
    const request = { sampler: 'ddim', nSteps: 4, n: 8, seed: 1 };
    const { points } = await stand.session.sample(request);
    await stand.session.configure({ ...tiny, backend: 'cpu' });
    expect(of('engine')).toHaveLength(2);
    expect((await stand.session.sample(request)).points).toEqual(points);
    expect((await stand.session.train({ steps: 1 })).step).toBe(6);
  });

  it('refuses a data set without points, and goes on as it was', async () => {
    await stand.session.start(tiny);
    await stand.session.train({ steps: 2 });
    await expect(
      stand.session.configure({ ...tiny, dataset: 'custom', customPoints: [] }),
    ).rejects.toMatchObject({
      code: 'bad-request',
    });
    expect((await stand.session.train({ steps: 1 })).step).toBe(3);
  });
});

describe('what is watched', () => {
  it('is recorded from shared noise, and once more when training has ended', async () => {
    const mesh = { ...ddim, mesh: true };
    const forward = { kind: 'forward', mode: 'chain' } as const;
    const fields = [
      { kind: 'score', source: 'learned' },
      { kind: 'score', source: 'exact' },
    ] as const;
    await stand.session.start(tiny);
    await stand.session.watch([ddim, mesh, forward, ...fields]);
    await stand.session.train({ steps: 20 });
    await until(() => [ddim, mesh, fields[0]].every((request) => latest(request)?.modelStep === 20));
    await until(() => latest(forward) !== undefined && latest(fields[1]) !== undefined);
    const plain = latest(ddim);
    const meshed = latest(mesh);
    if (plain?.kind !== 'trajectory' || meshed?.kind !== 'trajectory') throw new Error('not a trajectory');
    expect([...plain.times].map((t) => t.toFixed(2))).toEqual([
      '1.00',
      '0.80',
      '0.60',
      '0.40',
      '0.20',
      '0.00',
    ]);
    expect([...plain.nfe]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(plain.x).toHaveLength(6 * 50 * 2);
    expect(plain.x0Hat).toHaveLength(6 * 50 * 2);
    expect(meshed.x).toHaveLength(6 * (50 + 441) * 2);
    expect(meshed.x.slice(0, 100)).toEqual(plain.x.slice(0, 100));
    expect(plain.x0Hat.slice(-100)).toEqual(plain.x.slice(-100));

    const noising = latest(forward);
    expect(noising?.kind === 'trajectory' && noising.times[0]).toBe(0);
    const exact = latest(fields[1]);
    expect(exact?.kind === 'field' && exact.values.every(Number.isFinite)).toBe(true);
    await until(() => of('quality').at(-1)?.step === 20, 60_000);
    const { slicedW2, strays, missed } = of('quality').at(-1)!;
    for (const { value, perfect } of [slicedW2, strays, missed]) expect(value).toBeGreaterThan(perfect);
  }, 90_000);

  it('says how many weights the network of any experiment has, and stays as it is', async () => {
    await stand.session.start(tiny);
    const { weights } = await stand.session.weights();
    expect(await stand.session.weightCount(tiny)).toBe(weights.length);
    expect(await stand.session.weightCount({ ...tiny, depth: tiny.depth + 1 })).toBeGreaterThan(
      weights.length,
    );
    expect((await stand.session.weights()).weights).toEqual(weights);
  });

  it('is measured for likelihood: own weights at rest in several rounds', async () => {
    await stand.session.start({ ...tiny, learnedVariance: true });
    await stand.session.watch([], true);
    await stand.session.train({ steps: 20 });
    await until(() => of('likelihood').at(-1)?.rounds === 3, 60_000);
    const { step, terms, losses, flow, entropy } = of('likelihood').at(-1)!;
    expect(step).toBe(20);
    expect(flow.model.mean).toBeGreaterThan(entropy.mean);
    if (terms.kind !== 'bound') throw new Error('A chain has a bound.');
    expect(losses.model).toHaveLength(tiny.nChain);
    expect(terms.of.map(({ variance }) => variance)).toEqual(['learned', 'beta', 'beta-tilde', 'optimal']);
    for (const { model, exact } of terms.of) {
      expect(model.terms).toHaveLength(tiny.nChain);
      expect(model.total.mean).toBeGreaterThan(exact.total.mean);
    }
  }, 90_000);

  it('is measured for its loss by level where there is no chain', async () => {
    await stand.session.start({ ...tiny, process: 've' });
    await stand.session.watch([], true);
    await stand.session.train({ steps: 5 });
    await until(() => of('likelihood').at(-1)?.terms.kind === 'loss', 20_000);
  }, 90_000);

  it('shows a slow recording as it grows', async () => {
    stand.openTfjs();
    await stand.session.start({ ...tiny, width: 64, depth: 3, nChain: 100, nParticles: 200 });
    const slow = { ...ddim, sampler: 'ddpm', nSteps: 100 };
    await stand.session.watch([slow]);
    await until(() => {
      const recording = latest(slow);
      return recording?.kind === 'trajectory' && recording.times.at(-1) === 0;
    }, 20_000);
    const lengths = of('recording').map(({ recording }) => recording.times.length);
    expect(lengths.at(-1)).toBe(61);
    expect(lengths[0]).toBeLessThan(61);
  });
});

describe('snapshots', () => {
  it('are kept on the way, shown on all stages while it trains on, and gone with the model', async () => {
    const config = { ...tiny, budgetSteps: 120 };
    await stand.session.start(config);
    expect(of('snapshots').at(-1)?.steps).toEqual([0]);
    await stand.session.train();
    expect(of('snapshots').at(-1)?.steps).toEqual([0, 30, 100]);
    await stand.recorded([ddim]);
    await until(() => latest(ddim)?.modelStep === 120);
    await expect(stand.session.show(50)).rejects.toMatchObject({ code: 'bad-request' });
    await stand.session.show(30);
    await until(() => latest(ddim)?.modelStep === 30);
    expect((await stand.session.train({ steps: 5 })).step).toBe(125);
    expect(latest(ddim)?.modelStep).toBe(30);
    await stand.session.show(null);
    await until(() => latest(ddim)?.modelStep === 125);
    await stand.session.show(100);
    await stand.session.reset();
    expect(of('snapshots').at(-1)?.steps).toEqual([0]);
    await until(() => latest(ddim)?.modelStep === 0);
  });

  it('hold the weights of their step', async () => {
    await stand.session.start({ ...tiny, budgetSteps: 100 });
    await stand.session.train({ steps: 30 });
    await stand.recorded([ddim]);
    const then = structuredClone(latest(ddim));
    await stand.session.train();
    await until(() => latest(ddim)?.modelStep === 100);
    await stand.session.show(30);
    await until(() => latest(ddim)?.modelStep === 30);
    expect(latest(ddim)).toEqual(then);
  });
});

describe('each stage', () => {
  it('is measured by its own sampler: what it shows while it trains, and fresh samples at rest', async () => {
    const coarse = { ...ddim, nSteps: 2 };
    await stand.session.start({ ...tiny, budgetSteps: 300 });
    await stand.session.watch([ddim, coarse, { kind: 'forward', mode: 'chain' }]);
    await stand.session.train();
    const told = (request: typeof ddim | typeof coarse) =>
      of('stageQuality').filter(({ key, step }) => key === recordingKey(request) && step === 300);
    await until(() => [ddim, coarse].every((request) => told(request).at(-1)?.samples === 16_000), 60_000);
    const [fine, rough] = [told(ddim).at(-1)!, told(coarse).at(-1)!];
    expect(rough.slicedW2.value).not.toBe(fine.slicedW2.value);
    for (const { slicedW2, strays } of [fine, rough]) {
      expect(slicedW2.error).toBeGreaterThan(0);
      expect(strays.perfect).toBeGreaterThan(0);
    }
    const keys = new Set(of('stageQuality').map(({ key }) => key));
    expect(keys).toEqual(new Set([ddim, coarse].map(recordingKey)));
  }, 90_000);
});

describe('a stage that asks for a class', () => {
  it('is held against that class alone', async () => {
    const classes = { ...tiny, nChain: 200, conditional: true };
    const exact = { ...ddim, nSteps: 50, denoiser: 'exact' as const };
    const first = { ...exact, ofClass: 1 };
    const strong = { ...first, guidance: 4 };
    await stand.session.start(classes);
    await stand.session.watch([exact, first, strong]);
    const told = (request: typeof exact) =>
      of('stageQuality').findLast(({ key, samples }) => key === recordingKey(request) && samples >= 8000);
    await until(() => [exact, first, strong].every((request) => told(request)), 60_000);
    const times = (request: typeof exact) => {
      const { value, perfect } = told(request)!.slicedW2;
      return value / perfect;
    };
    expect(times(first)).toBeLessThan(2);
    expect(told(first)!.missed.value).toBeLessThan(0.1);
    // Guided strongly, it is the most typical part of the class.
    expect(times(strong)).toBeGreaterThan(2 * times(first));
  }, 90_000);
});

describe('requests', () => {
  it('are answered with paths, scores and data', async () => {
    await stand.session.start(tiny);
    const stage = { ...ddim, layers: [] };
    const path = await stand.session.path({ stage, t: 0.5, point: [0.4, -0.2] });
    expect(path.times[0]).toBe(1);
    expect(path.times.at(-1)).toBe(0);
    expect(path.times[path.droppedAt]).toBeCloseTo(0.5);
    expect(path.points[2 * path.droppedAt]).toBeCloseTo(0.4);
    const random = await stand.session.path({ stage: { ...stage, eta: 1 }, t: 0, point: [0.4, -0.2] });
    expect(random.droppedAt).toBe(random.times.length - 1);

    const points = Float32Array.of(0, 0, 1, 1);
    expect(await stand.session.score({ t: 1, points, source: 'exact' })).toHaveLength(4);
    expect(await stand.session.score({ t: 0.1, points, source: 'learned' })).toHaveLength(4);
    expect(await stand.session.data({ n: 7, seed: 2 })).toHaveLength(14);
    expect(await stand.session.data({ n: 7, seed: 2 })).toEqual(await stand.session.data({ n: 7, seed: 2 }));
    const { frames, times } = await stand.session.sample({
      sampler: 'ddim',
      nSteps: 8,
      n: 3,
      seed: 1,
      frames: 5,
    });
    expect(times).toHaveLength(5);
    expect(frames).toHaveLength(30);
  });

  it.each([
    [{ sampler: 'none' }, 'sampler'],
    [{ n: 0 }, 'n is 0'],
    [{ nSteps: 0 }, 'nSteps'],
    [{ eta: 2 }, 'eta'],
    [{ timeGrid: 'none' }, 'timeGrid'],
  ])('that are wrong are refused by name: %o', async (wrong, name) => {
    await stand.session.start(tiny);
    const request = { sampler: 'ddim', nSteps: 5, n: 5, seed: 1, ...wrong };
    await expect(stand.session.sample(request)).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining(name),
    });
  });

  it('before the start are refused', async () => {
    await expect(stand.session.data({ n: 1, seed: 1 })).rejects.toMatchObject({ code: 'bad-request' });
  });
});

describe('tensors', () => {
  /** Of other files that this process has run. */
  let before = 0;
  beforeEach(async () => {
    await stand.openTfjs();
    before = memory().numTensors;
  });

  it('are as many after twenty restarts in mid-work as after one', async () => {
    await stand.session.start({ ...tiny, budgetSteps: 1_000_000 });
    await stand.session.watch([ddim, { ...ddim, sampler: 'ddpm' }]);
    const counts: number[] = [];
    for (let i = 0; i < 20; i++) {
      stand.session.train().catch(() => undefined);
      await until(() => of('phase').at(-1)?.phase === 'training');
      await new Promise((resolve) => setTimeout(resolve, i));
      await stand.session.reset();
      await stand.session.watch([]);
      counts.push((await stand.session.memory()).tensors);
      await stand.session.watch([ddim, { ...ddim, sampler: 'ddpm' }]);
    }
    expect(Math.max(...counts)).toBeLessThanOrEqual(counts[0]! + 12);
    await stand.session.watch([]);
    await stand.session.reset();
    const { tensors } = await stand.session.memory();
    expect(tensors - before).toBe(9);
  });

  it('of a request that is broken off are freed', async () => {
    await stand.session.start(tiny);
    const broken = stand.session.sample({ sampler: 'ddpm', nSteps: 20, n: 5000, seed: 1 });
    const refused = expect(broken).rejects.toMatchObject({ code: 'interrupted' });
    await stand.session.reset();
    await refused;
    expect((await stand.session.memory()).tensors - before).toBe(9);
  });
});

describe('samples', () => {
  it.each([
    [{ parameters: { nonsense: 1 } }, 'nonsense'],
    [{ sampler: 'heun', parameters: { sChurn: -1 } }, 'sChurn'],
  ])('with %j are refused', async (extra, message) => {
    await stand.session.start(tiny);
    const request = { sampler: 'ddim', nSteps: 2, n: 4, seed: 1, ...extra };
    await expect(stand.session.sample(request)).rejects.toThrow(message);
  });
});
