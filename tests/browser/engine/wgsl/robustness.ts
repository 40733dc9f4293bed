import { batchSource } from '../../../../src/backends/batches.ts';
import { freshState } from '../../../../src/backends/state.ts';
import type { TrainerBackend } from '../../../../src/backends/types.ts';
import { createRng } from '../../../../src/core/rng.ts';
import { equalBits, normals, onGpu, onOwnGpu, type Patch, roughWeights, tinyExperiment } from './fixtures.ts';
import { endOfPath } from './sampling.ts';

const CANARY = 0x5ca1ab1e;
const CANARY_WORDS = 1024;

/**
 * A device that makes every buffer longer than was asked, with a pattern at the end: kernels bind whole buffers, so what
 * they write beyond their part is neither clamped nor lost.
 */
function withCanaries(device: GPUDevice, made: { buffer: GPUBuffer; end: number }[]): GPUDevice {
  const createBuffer = (wanted: GPUBufferDescriptor): GPUBuffer => {
    if (!(wanted.usage & GPUBufferUsage.STORAGE)) return device.createBuffer(wanted);
    const buffer = device.createBuffer({ ...wanted, size: wanted.size + 4 * CANARY_WORDS });
    device.queue.writeBuffer(buffer, wanted.size, new Uint32Array(CANARY_WORDS).fill(CANARY));
    // Looked at in the end; the device takes it along when it closes.
    Object.defineProperty(buffer, 'destroy', { value: () => {} });
    made.push({ buffer, end: wanted.size });
    return buffer;
  };
  return new Proxy(device, {
    get(target, name) {
      if (name === 'createBuffer') return createBuffer;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

async function wordsAfter(device: GPUDevice, buffer: GPUBuffer, end: number): Promise<Uint32Array> {
  const copy = device.createBuffer({
    size: 4 * CANARY_WORDS,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, end, copy, 0, 4 * CANARY_WORDS);
  device.queue.submit([encoder.finish()]);
  await copy.mapAsync(GPUMapMode.READ);
  return new Uint32Array(copy.getMappedRange().slice(0));
}

/** Trains on batches of each size, drawn and given, and walks a path with as many points. */
async function used(
  backend: TrainerBackend<unknown>,
  patch: Patch,
  sizes: readonly number[],
): Promise<readonly Float32Array[]> {
  const experiment = tinyExperiment(patch);
  const { task } = experiment;
  const rates = { learningRate: 1e-3, emaDecay: 0.9 };
  const results: Float32Array[] = [];
  for (const size of sizes) {
    const trainer = backend.createTrainer(task, freshState(roughWeights(experiment, 3)), createRng(1));
    trainer.advance(size, [rates, rates]);
    trainer.advanceOn(batchSource(task, size, createRng(2)).next(), rates);
    const { weights } = await trainer.state();
    const choice = { sampler: 'ddim', nSteps: 2 };
    results.push(weights, await endOfPath(backend, experiment, weights, choice, normals(2 * size, 5)));
  }
  return results;
}

/** What that does beyond the ends of buffers: canaries that are gone, and whether any was read. */
export async function overrun(patch: Patch, sizes: readonly number[]) {
  const made: { buffer: GPUBuffer; end: number }[] = [];
  const plain = await onGpu((backend) => used(backend, patch, sizes));
  return onOwnGpu(
    async (backend, device) => {
      const results = await used(backend, patch, sizes);
      const overwritten: string[] = [];
      for (const { buffer, end } of made) {
        const words = await wordsAfter(device, buffer, end);
        if (!words.every((word) => word === CANARY)) overwritten.push(buffer.label);
      }
      return {
        watched: made.length,
        overwritten,
        sameWithout: results.every((values, i) => equalBits(values, plain[i]!)),
      };
    },
    (device) => withCanaries(device, made),
  );
}

async function messageOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'nothing went wrong';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What is said when the device goes while steps are queued. */
export function lostWhileTraining() {
  return onOwnGpu(async (backend, device) => {
    const experiment = tinyExperiment();
    const { task } = experiment;
    const trainer = backend.createTrainer(task, freshState(roughWeights(experiment, 3)), createRng(1));
    const rates = Array.from({ length: 20 }, () => ({ learningRate: 1e-3, emaDecay: 0 }));
    trainer.advance(32, rates);
    const settling = messageOf(trainer.settle());
    device.destroy();
    trainer.advance(32, rates);
    return {
      settle: await settling,
      again: await messageOf(trainer.settle()),
      state: await messageOf(trainer.state()),
      read: await messageOf(backend.read(backend.upload(new Float32Array(2)))),
    };
  });
}

/** Trains and samples until the device goes: what is said then, once steps have been taken. */
export function trainUntilLost(underway: () => void) {
  return onOwnGpu(async (backend) => {
    const experiment = tinyExperiment();
    const weights = roughWeights(experiment, 3);
    const trainer = backend.createTrainer(experiment.task, freshState(weights), createRng(1));
    const train = async () => {
      for (;;) {
        trainer.advance(32, [{ learningRate: 1e-3, emaDecay: 0 }]);
        await trainer.settle();
        if (trainer.step === 3) underway();
      }
    };
    const choice = { sampler: 'ddim', nSteps: 5 };
    const walk = () => endOfPath(backend, experiment, weights, choice, normals(20, 5));
    return { train: await messageOf(train()), path: await messageOf(walk()), steps: trainer.step };
  });
}

/** What is said when a shader does not compile. */
export function refusedShader() {
  const broken = (device: GPUDevice): GPUDevice =>
    new Proxy(device, {
      get(target, name) {
        if (name === 'createShaderModule') {
          return ({ label, code }: GPUShaderModuleDescriptor) =>
            target.createShaderModule({ label: label ?? '', code: code.replace('fn main', 'fn main(') });
        }
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  return onOwnGpu(async (backend) => {
    const experiment = tinyExperiment();
    const trainer = backend.createTrainer(
      experiment.task,
      freshState(roughWeights(experiment, 3)),
      createRng(1),
    );
    trainer.advance(32, [{ learningRate: 1e-3, emaDecay: 0 }]);
    return { settle: await messageOf(trainer.settle()), state: await messageOf(trainer.state()) };
  }, broken);
}

/** Buffers and bytes on the device before and after much use. */
export function leftOver() {
  return onGpu(async (backend) => {
    const experiment = tinyExperiment();
    const before = backend.memory();
    const use = async (batchSize: number) => {
      const trainer = backend.createTrainer(
        experiment.task,
        freshState(roughWeights(experiment, 3)),
        createRng(1),
      );
      trainer.advance(batchSize, [{ learningRate: 1e-3, emaDecay: 0 }]);
      const network = trainer.freeze();
      await trainer.settle();
      network.dispose();
      trainer.dispose();
      const choice = { sampler: 'ddim', nSteps: 3 };
      await endOfPath(backend, experiment, roughWeights(experiment, 3), choice, normals(20, 5));
    };
    await use(20);
    const once = backend.memory();
    await use(40);
    await use(20);
    return { before, once, after: backend.memory() };
  });
}
