import { setBackend } from '@tensorflow/tfjs-core';
import { findAdapter } from '../../src/backends/adapter.ts';
import { openGpu } from '../../src/backends/gpu.ts';
import { simdBackend, type Threads } from '../../src/backends/simd/backend.ts';
import type { Variant } from '../../src/backends/simd/kernel.ts';
import { initialState } from '../../src/backends/state.ts';
import { tfjsBackend } from '../../src/backends/tfjs/backend.ts';
import { prepare as prepareCpu } from '../../src/backends/tfjs/backends/cpu.ts';
import { prepare as prepareWasm } from '../../src/backends/tfjs/backends/wasm.ts';
import { prepare as prepareWebgl } from '../../src/backends/tfjs/backends/webgl.ts';
import { prepare as prepareWebgpu } from '../../src/backends/tfjs/backends/webgpu.ts';
import type { TrainerBackend } from '../../src/backends/types.ts';
import { wgslBackend } from '../../src/backends/wgsl/backend.ts';
import { createRng } from '../../src/core/rng.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { createExperiment } from '../../src/families/gaussian/experiment.ts';
import { jaxTraining, prepareJax } from './jaxJs.ts';
import { stockTrainer, stockTraining } from './stockTfjs.ts';

/** One model in training. */
export interface Run {
  /** Asks for so many steps. What the CPU does of them, it has done when this returns. */
  queue(steps: number): void;
  /** Waits until all that was asked for is done, and reads the loss. */
  settle(): Promise<void>;
  dispose(): void;
}

/** Something that trains. */
export interface Contender {
  /** Before every turn: tfjs has one backend at a time. @throws Error with the reason when it cannot run here */
  select?(): Promise<void>;
  train(width: number, batch: number): Promise<Run>;
  /** Missing where sampling is not compared. */
  open?(): Promise<TrainerBackend<unknown>>;
}

/** The network that all are compared on. */
export function experimentOf(width: number) {
  return createExperiment({ ...defaultConfig, width, depth: 3, activation: 'silu' });
}

/** One of the engine's own trainers. */
function ofEngine(open: () => Promise<TrainerBackend<unknown>>): Required<Pick<Contender, 'open' | 'train'>> {
  const rates = { learningRate: 1e-3, emaDecay: 0.99 };
  const train = async (width: number, batch: number): Promise<Run> => {
    const backend = await open();
    const experiment = experimentOf(width);
    const trainer = backend.createTrainer(experiment.task, initialState(experiment), createRng(1));
    return {
      queue: (steps) => trainer.advance(batch, new Array(steps).fill(rates)),
      async settle() {
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

/** What has to be loaded for a backend of tfjs. */
const PREPARE = {
  wasm: prepareWasm,
  cpu: prepareCpu,
  webgl: prepareWebgl,
  webgpu: async () => {
    await prepareWebgpu(await requireAdapter(), () => {});
  },
};
type TfjsName = keyof typeof PREPARE;

const prepared = new Map<TfjsName, Promise<void>>();

const onTfjs = (name: TfjsName) => ({
  async select(): Promise<void> {
    if (!prepared.has(name)) prepared.set(name, PREPARE[name]());
    await prepared.get(name);
    if (!(await setBackend(name))) throw new Error('its start was refused');
  },
});

const stock = {
  train: async (width: number, batch: number) => stockTraining(experimentOf(width).task, batch),
};
const jax: Contender = {
  select: prepareJax,
  train: async (width, batch) => jaxTraining(experimentOf(width).task, batch),
};
const tuned = ofEngine(async () => tfjsBackend(() => {}) as unknown as TrainerBackend<unknown>);
const simdIn = (variant?: Variant, threads?: Threads) =>
  ofEngine(async () => (await simdBackend(variant, threads)) as unknown as TrainerBackend<unknown>);
const ALONE: Threads = { sampling: 1, training: 1 };
const wgsl = ofEngine(async () => {
  // An adapter gives one device only.
  const { device, close } = await openGpu(await requireAdapter(), () => {});
  return wgslBackend(device, close) as unknown as TrainerBackend<unknown>;
});

/** Whatever trains, by the name it has in the table. */
export const CONTENDERS: Readonly<Record<string, Contender>> = {
  'stock tfjs webgpu': { ...onTfjs('webgpu'), ...stock },
  'stock tfjs webgl': { ...onTfjs('webgl'), ...stock },
  'stock tfjs wasm': { ...onTfjs('wasm'), ...stock },
  'stock tfjs cpu': { ...onTfjs('cpu'), ...stock },
  'jax-js wasm': jax,
  'our tfjs wasm': { ...onTfjs('wasm'), ...tuned },
  'our tfjs cpu': { ...onTfjs('cpu'), ...tuned },
  wgsl,
  // As the page runs it, then each kernel on one thread.
  simd: simdIn(),
  'simd, relaxed': simdIn('relaxed', ALONE),
  'simd, plain': simdIn('simd', ALONE),
  'simd, scalar': simdIn('scalar', ALONE),
};

/** Models in training as one would write it with TensorFlow.js, on its best backend here. */
export const STOCK: Required<Pick<Contender, 'select' | 'open'>> = {
  ...onTfjs('wasm'),
  open: async () => {
    const backend = { ...tfjsBackend(() => {}), createTrainer: stockTrainer };
    return backend as unknown as TrainerBackend<unknown>;
  },
};

/** @throws Error when there is none of this name */
export function contenderOf(name: string): Contender {
  const contender = CONTENDERS[name];
  if (!contender) throw new Error(`Nothing here is called "${name}".`);
  return contender;
}

async function requireAdapter(): Promise<GPUAdapter> {
  const { adapter } = await findAdapter();
  if (!adapter) throw new Error('there is no WebGPU adapter');
  return adapter;
}
