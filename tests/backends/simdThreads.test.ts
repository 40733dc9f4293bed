import { describe, expect, it, vi } from 'vitest';
import { TIME_FEATURES } from '../../src/backends/network.ts';
import type { ProgramStep } from '../../src/backends/programSteps.ts';
import { Heap, sharedMemory } from '../../src/backends/simd/heap.ts';
import { kernelOf, loadKernel, sharedModule } from '../../src/backends/simd/kernel.ts';
import type { Machine } from '../../src/backends/simd/machine.ts';
import { Mailbox } from '../../src/backends/simd/mailbox.ts';
import { fixedNetwork } from '../../src/backends/simd/network.ts';
import { type Helper, helperOn } from '../../src/backends/simd/secondThread.ts';
import { simdTrainer } from '../../src/backends/simd/trainer.ts';
import { perform, type SegmentPart } from '../../src/backends/simd/work.ts';
import { createRng } from '../../src/core/rng.ts';
import { randomBatch, randomState, randomTask, randomWeights } from './simdFixtures.ts';

const task = randomTask({ width: 13, depth: 2, activation: 'silu', outputs: 4 });
const rates = { learningRate: 1e-2, emaDecay: 0.5 };
/** On both sides of the size from which batches are split. */
const SIZES = [1, 95, 96, 97, 101, 200];
const N_SPLIT = SIZES.filter((size) => size >= 96).length;

/** The state after a step on a batch of each size, and the loss of each. */
async function trained(machine: Parameters<typeof simdTrainer>[0]) {
  const trainer = simdTrainer(machine, task, randomState(task.shape), createRng(1));
  const losses = [];
  for (const size of SIZES) {
    trainer.advanceOn(randomBatch(size, size), rates);
    losses.push(await trainer.settle());
  }
  const state = await trainer.state();
  trainer.dispose();
  return { losses, state };
}

/** A network's answers to so many points at two times. */
async function sampled(machine: Parameters<typeof fixedNetwork>[0]) {
  const network = fixedNetwork(machine, task.shape, randomWeights(task.shape));
  const answers = SIZES.flatMap((size) =>
    [0.3, 0.9].map((time) => {
      const features = new Float32Array(TIME_FEATURES).fill(time);
      return network.evaluate(randomBatch(size, size).x0, { inputScale: 0.7, features });
    }),
  );
  network.dispose();
  return answers;
}

/** Registers after five steps of a path of so many points. */
async function pathsOf(machine: Parameters<typeof fixedNetwork>[0]) {
  const network = fixedNetwork(machine, task.shape, randomWeights(task.shape));
  const steps = Array.from({ length: 5 }, (_, k): ProgramStep[] => [
    { kind: 'answer', to: 1, from: 0, level: k, skip: 0.5, out: 0.1 },
    { kind: 'noise', to: 2, key: k },
    { kind: 'scale-noise', to: 2, noise: 2, logLow: -3, logHigh: -2 },
    {
      kind: 'combine',
      to: 0,
      terms: [
        [0.9, 0],
        [0.1, 1],
        [0.2, 2],
      ],
    },
  ]).flat();
  const paths = SIZES.map((size) => {
    const { x0, eps } = randomBatch(size, size);
    const segment = {
      steps,
      varianceRegister: 3,
      levelAt: (k: number) => ({ inputScale: 0.7, features: new Float32Array(TIME_FEATURES).fill(k / 5) }),
      noise: (key: number) => eps.map((z) => z * (key + 1)),
    };
    return network.runSegment(segment, [x0, x0, x0, x0]).registers;
  });
  network.dispose();
  return paths;
}

/** What can be done by two, and how often it is here. */
const KINDS = [
  { what: 'paths', outcome: pathsOf, split: N_SPLIT },
  { what: 'steps', outcome: trained, split: N_SPLIT },
  { what: 'answers', outcome: sampled, split: 2 * N_SPLIT },
];

async function alone<T>(outcome: (machine: Machine) => Promise<T>): Promise<T> {
  const heap = new Heap();
  return outcome({ heap, kernel: await loadKernel('simd', heap.memory) });
}

/** Where the first instruction of a segment puts its result. */
const writtenBy = (heap: Heap, { code }: SegmentPart): number =>
  new Uint32Array(heap.memory.buffer, code, 2)[1]!;

/** A machine on shared memory, and its second thread's work, which tests do when they like. */
async function sharedMachine() {
  const heap = new Heap(sharedMemory());
  const kernel = kernelOf(await sharedModule('simd'), heap.memory);
  const mailbox = new Mailbox();
  const other = new Mailbox(mailbox.buffer);
  const serve = () => other.serve((work) => perform(kernel, work), 0);
  return { heap, kernel, mailbox, other, serve };
}

describe.each(KINDS)('two threads', ({ what, outcome, split }) => {
  it(`come to the same ${what} as one, to the bit`, async () => {
    const { heap, kernel, mailbox, serve } = await sharedMachine();
    const helper = helperOn(mailbox, () => {});
    let done = 0;
    const diligent: Helper = {
      ...helper,
      offer(work) {
        helper.offer(work);
        serve();
      },
      collect(ownMs) {
        const sum = helper.collect(ownMs);
        if (sum !== null) done += 1;
        return sum;
      },
    };
    expect(await outcome({ heap, kernel, helper: diligent })).toEqual(await alone<unknown>(outcome));
    expect(done).toBe(split);
    expect(heap.blocks).toBe(0);
  });

  it(`come to the same ${what} when the second has not begun, for which nobody waits`, async () => {
    const { heap, kernel, mailbox, serve } = await sharedMachine();
    const end = vi.fn();
    const helper = helperOn(mailbox, end);
    expect(await outcome({ heap, kernel, helper })).toEqual(await alone<unknown>(outcome));
    serve();
    expect(mailbox.withdraw(), 'nothing is left that it could begin').toBe(false);
    expect(helper.lost).toBe(false);
    expect(end).not.toHaveBeenCalled();
    expect(heap.blocks).toBe(0);
  });

  it(`come to the same ${what} when the second dies at its work, whose memory nobody gets`, async () => {
    const { heap, kernel, mailbox, other } = await sharedMachine();
    const end = vi.fn();
    const helper = helperOn(mailbox, end, 1);
    let offers = 0;
    const dying: Helper = {
      get lost() {
        return helper.lost;
      },
      dispose: helper.dispose,
      offer(work) {
        helper.offer(work);
        offers += 1;
      },
      collect(ownMs) {
        if (helper.lost) return helper.collect(ownMs);
        let sum: number | null = Number.NaN;
        // In the middle of its work it is asked for the answer.
        other.serve(({ part }) => {
          sum = helper.collect(ownMs);
          heap.view('gradient' in part ? part.gradient : writtenBy(heap, part), 8).fill(Number.NaN);
          return Number.NaN;
        }, 0);
        return sum;
      },
    };
    expect(await outcome({ heap, kernel, helper: dying })).toEqual(await alone<unknown>(outcome));
    expect(offers).toBeGreaterThan(0);
    expect(helper.lost).toBe(true);
    expect(end).toHaveBeenCalledOnce();
    expect(heap.blocks).toBeGreaterThan(0);
  });
});

it('steps are the same to the bit whichever way is taken', async () => {
  const { heap, kernel, mailbox, serve } = await sharedMachine();
  const helper = helperOn(mailbox, () => {});
  const offered = vi.fn();
  const diligent: Helper = {
    ...helper,
    offer(work) {
      offered();
      helper.offer(work);
      serve();
    },
  };
  let asked = 0;
  const training = { together: () => ++asked % 2 === 0, took() {} };
  expect(await trained({ heap, kernel, helper: diligent, training })).toEqual(await alone(trained));
  expect(asked).toBe(N_SPLIT);
  expect(offered).toHaveBeenCalledTimes(Math.floor(N_SPLIT / 2));
});

it('a helper that is for sampling only is offered no step', async () => {
  const { heap, kernel, mailbox } = await sharedMachine();
  const offer = vi.fn();
  const helper = { ...helperOn(mailbox, () => {}), offer };
  const machine = { heap, kernel, helper, training: null };
  expect(await trained(machine)).toEqual(await alone(trained));
  expect(offer).not.toHaveBeenCalled();
  await sampled(machine);
  expect(offer).toHaveBeenCalledTimes(2 * N_SPLIT);
});

describe('the mailbox', () => {
  const plan = {
    activation: 0,
    boundWeight: 0.5,
    waves: 1,
    levels: 2,
    nLevelFeatures: 16,
    features: 3,
    layers: [],
    wanted: [4, 5],
  } as const;
  const part = { size: 1, batchSize: 2, level: 3, x0: 4, eps: 5, gradient: 6 };

  it('hands over what was offered, with the plan that goes with it', () => {
    const mailbox = new Mailbox();
    const other = new Mailbox(mailbox.buffer);
    for (const boundWeight of [0.5, 0.5, 0.25]) {
      const offered = { ...plan, boundWeight };
      mailbox.offer({ kind: 'gradient', plan: offered, part });
      other.serve((received) => {
        expect(received).toEqual({ kind: 'gradient', plan: offered, part });
        return 1 / 3;
      }, 0);
      expect(mailbox.withdraw()).toBe(false);
      expect(mailbox.answer(0)).toBe(1 / 3);
    }
  });

  it('gives an offer to nobody once it is withdrawn', () => {
    const mailbox = new Mailbox();
    const work = vi.fn();
    mailbox.offer({ kind: 'gradient', plan, part });
    expect(mailbox.withdraw()).toBe(true);
    new Mailbox(mailbox.buffer).serve(work, 0);
    expect(work).not.toHaveBeenCalled();
  });

  it('says at once that work has failed', () => {
    const mailbox = new Mailbox();
    mailbox.offer({ kind: 'gradient', plan, part });
    const fail = () => {
      throw new Error('out of bounds');
    };
    expect(() => new Mailbox(mailbox.buffer).serve(fail, 0)).toThrow('out of bounds');
    expect(mailbox.answer(60_000)).toBeNull();
  });

  it('refuses a plan that it has no room for', () => {
    const layer = {
      inner: 1e6,
      strips: 1e6,
      weights: 1e9,
      biases: 1e9,
      weightsOffset: 1e9,
      biasesOffset: 1e9,
    };
    const layers = Array.from({ length: 200 }, () => ({
      ...layer,
      answer: 1e9,
      slope: 1e9,
      transposed: 1e9,
    }));
    expect(() => new Mailbox().offer({ kind: 'gradient', plan: { ...plan, layers }, part })).toThrow(
      /plan of \d+ bytes is too long/,
    );
  });
});
