import { setBackend } from '@tensorflow/tfjs-core';
import { defaultConfig } from '../../src/config/fields.ts';
import { createRng } from '../../src/core/rng.ts';
import { noiseKeyOf, sample } from '../../src/core/sample.ts';
import { ddpm } from '../../src/core/samplers/ddpm.ts';
import { linear } from '../../src/core/timeGrids/linear.ts';
import { learnedArena } from '../../src/engine/arena.ts';
import { createExperiment } from '../../src/engine/experiment.ts';
import { parameterCount } from '../../src/engine/trainers/network.ts';
import { simdBackend } from '../../src/engine/trainers/simd/backend.ts';
import { loadKernel, type Variant } from '../../src/engine/trainers/simd/kernel.ts';
import { tfjsBackend } from '../../src/engine/trainers/tfjs/backend.ts';
import { prepare as prepareCpu } from '../../src/engine/trainers/tfjs/backends/cpu.ts';
import { prepare as prepareWasm } from '../../src/engine/trainers/tfjs/backends/wasm.ts';
import type { TrainerBackend } from '../../src/engine/trainers/types.ts';
import { initialState } from '../../src/engine/training.ts';
import { stockTraining } from './stockTfjs.ts';

/** One model in training. */
interface Run {
  step(): Promise<void>;
  dispose(): void;
}

interface Entry {
  /** Whatever has to be loaded first. */
  prepare?(): Promise<void>;
  /** Before every turn: tfjs has one backend at a time. */
  select?(): Promise<unknown>;
  train(width: number, batch: number): Promise<Run>;
  /** Missing where sampling is not compared. */
  open?(): Promise<TrainerBackend<unknown>>;
}

/** One of the engine's own trainers. */
function ofEngine(open: () => Promise<TrainerBackend<unknown>>): Pick<Entry, 'open' | 'train'> {
  const train = async (width: number, batch: number) => {
    const backend = await open();
    const experiment = experimentOf(width);
    const trainer = backend.createTrainer(experiment.task, initialState(experiment), createRng(1));
    return {
      async step() {
        trainer.advance(batch, [{ learningRate: 1e-3, emaDecay: 0.99 }]);
        await trainer.settle();
      },
      dispose() {
        trainer.dispose();
        backend.dispose();
      },
    };
  };
  return { open, train };
}

const TFJS = {
  wasm: { prepare: prepareWasm, select: () => setBackend('wasm') },
  cpu: { prepare: prepareCpu, select: () => setBackend('cpu') },
};
const stock = {
  train: async (width: number, batch: number) => stockTraining(experimentOf(width).task, batch),
};
const tuned = ofEngine(async () => tfjsBackend(() => {}) as unknown as TrainerBackend<unknown>);
const simdIn = (variant: Variant) =>
  ofEngine(async () => (await simdBackend(variant)) as unknown as TrainerBackend<unknown>);

/** Whatever trains, by the name it has in the table. */
const CONTENDERS = {
  'stock tfjs wasm': { ...TFJS.wasm, ...stock },
  'stock tfjs cpu': { ...TFJS.cpu, ...stock },
  'our tfjs wasm': { ...TFJS.wasm, ...tuned },
  'our tfjs cpu': { ...TFJS.cpu, ...tuned },
  'simd, relaxed': simdIn('relaxed'),
  'simd, plain': simdIn('simd'),
  'simd, scalar': simdIn('scalar'),
} satisfies Record<string, Entry>;

export type Contender = keyof typeof CONTENDERS;

const N_SAMPLES = 2000;

function experimentOf(width: number) {
  return createExperiment({ ...defaultConfig, width, depth: 3, activation: 'silu' });
}

/** A contender in the middle of its training. */
async function runnerOf(name: Contender, width: number, batch: number) {
  const entry: Entry = CONTENDERS[name];
  await entry.prepare?.();
  await entry.select?.();
  const run = await entry.train(width, batch);
  return {
    /** Steps per second in a window of time, of one step at least. */
    async rate(seconds: number): Promise<number> {
      await entry.select?.();
      await run.step();
      const begun = performance.now();
      let steps = 0;
      do {
        await run.step();
        steps += 1;
      } while (performance.now() - begun < 1000 * seconds);
      return (1000 * steps) / (performance.now() - begun);
    },
    dispose: () => run.dispose(),
  };
}

interface Race {
  readonly names: readonly Contender[];
  readonly width: number;
  readonly batch: number;
  readonly rounds: number;
  /** Of a turn. */
  readonly seconds: number;
}

/** Steps per second of each contender in each round; they take turns, so that whatever else runs slows all alike. */
async function race({ names, width, batch, rounds, seconds }: Race) {
  const runners = [];
  for (const name of names) {
    const runner = await runnerOf(name, width, batch);
    await runner.rate(0);
    runners.push(runner);
  }
  const rates: number[][] = names.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, runner] of runners.entries()) rates[i]!.push(await runner.rate(seconds));
  }
  for (const runner of runners) runner.dispose();
  return { rates, parameters: parameterCount(experimentOf(width).task.shape) };
}

/** Points times steps of DDPM per second, with everything that sampling needs. */
async function samplingRate(name: Contender, { width, steps }: { width: number; steps: number }) {
  const entry: Entry = CONTENDERS[name];
  if (!entry.open) return null;
  await entry.prepare?.();
  await entry.select?.();
  const backend = await entry.open();
  const experiment = experimentOf(width);
  const network = backend.createNetwork(experiment.task.shape, initialState(experiment).weights);
  const arena = learnedArena(backend, network, experiment, createRng(2));
  const { nChain, process } = experiment;
  const noise = createRng(3);
  const start = arena.upload(Float64Array.from({ length: 2 * N_SAMPLES }, () => noise.normal()));
  const context = {
    space: arena.space,
    process,
    denoise: arena.denoise,
    options: { eta: 1, variance: 'beta-tilde' as const },
    noiseKey: noiseKeyOf(nChain),
  };
  const times = linear.times(process, nChain, nChain).slice(0, steps + 1);
  const begun = performance.now();
  for (const { t, x } of sample(ddpm, context, times, start)) if (t === times.at(-1)) await arena.read(x);
  const seconds = (performance.now() - begun) / 1000;
  network.dispose();
  backend.dispose();
  return (N_SAMPLES * steps) / seconds;
}

/** The most multiply-adds that the instructions of a variant do, as GFLOP/s. */
async function peakOf(variant: Variant): Promise<number> {
  const kernel = await loadKernel(variant, new WebAssembly.Memory({ initial: 1 }));
  const ROUNDS = 2e7;
  let best = 0;
  for (let attempt = 0; attempt < 5; attempt++) {
    const begun = performance.now();
    kernel.peak(ROUNDS);
    const operations = ROUNDS * 12 * 2 * (variant === 'scalar' ? 1 : 4);
    best = Math.max(best, operations / (performance.now() - begun) / 1e6);
  }
  return best;
}

const bench = { race, samplingRate, peakOf };

declare global {
  interface Window {
    trainersBench: typeof bench;
  }
}

window.trainersBench = bench;
