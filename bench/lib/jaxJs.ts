import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { adamRate, BETA_1, BETA_2, EPSILON } from '../../src/backends/adam.ts';
import { batchSource } from '../../src/backends/batches.ts';
import { examplesOf } from '../../src/backends/examples.ts';
import { initialWeights, networkInputs, networkLayers } from '../../src/backends/network.ts';
import type { Task } from '../../src/backends/task.ts';
import type { Batch } from '../../src/backends/types.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Run } from './contenders.ts';

/** Arrays of jax-js are counted: whoever is handed one gives it back, and `.ref` is one more of the same. */
type Layer = { w: np.Array; b: np.Array };
type Examples = { inputs: np.Array; target: np.Array; gain: np.Array };

interface JaxRun extends Run {
  /** Takes a step on a given batch. @returns its loss before the step */
  stepOn(batch: Batch): Promise<number>;
  /** [parameterCount], in the layout of `network.ts`. */
  weights(): Promise<Float32Array>;
}

/** Makes WebAssembly jax-js's device, on as many threads as it takes. @throws Error when it is not to be had */
export async function prepareJax(): Promise<void> {
  if (!(await init('wasm')).includes('wasm')) throw new Error('jax-js found no WebAssembly');
  defaultDevice('wasm');
}

const multiplied = (x: np.Array, w: np.Array, b: np.Array) => np.matmul(x, w).add(b);

/** The mean of (gain·(F − F*))². */
function lossOf(layers: Layer[], { inputs, target, gain }: Examples): np.Array {
  let h = inputs;
  for (const [l, { w, b }] of layers.entries()) {
    h = multiplied(h, w, b);
    if (l + 1 < layers.length) h = nn.silu(h);
  }
  return np.mean(np.square(h.sub(target).mul(gain)));
}

/** A loss, its gradient and a step of Adam, compiled as one. */
const adamStep = () =>
  jit((layers: Layer[], mean: Layer[], square: Layer[], examples: Examples, rate: np.Array) => {
    const [loss, gradient] = valueAndGrad(lossOf)(tree.ref(layers), examples);
    const nextMean = tree.map(
      (m: np.Array, g: np.Array) => m.mul(BETA_1).add(g.mul(1 - BETA_1)),
      mean,
      tree.ref(gradient),
    );
    const nextSquare = tree.map(
      (v: np.Array, g: np.Array) => v.mul(BETA_2).add(np.square(g).mul(1 - BETA_2)),
      square,
      gradient,
    );
    const moved = tree.map(
      (p: np.Array, m: np.Array, v: np.Array) => p.sub(rate.ref.mul(m).div(np.sqrt(v).add(EPSILON))),
      layers,
      tree.ref(nextMean),
      tree.ref(nextSquare),
    );
    rate.dispose();
    return { loss, layers: moved, mean: nextMean, square: nextSquare };
  });

/**
 * The same network and loss as one would write them with jax-js: its own gradients, Adam within `jit`.
 * @param flat the weights to begin with, in the layout of `network.ts`
 */
export function jaxTraining(
  task: Task,
  size: number,
  flat = initialWeights(task.shape, createRng(1)),
): JaxRun {
  const nInputs = networkInputs(task.shape);
  const source = batchSource(task, size, createRng(1));
  const step = adamStep();
  const copies = () => layersOf(task, flat);
  const nothing = () => tree.map((x: np.Array) => np.zerosLike(x), copies());
  let state = { layers: copies(), mean: nothing(), square: nothing() };
  let latest: np.Array | null = null;
  let taken = 0;

  function stepOn(batch: Batch): np.Array {
    const { inputs, target, gain } = examplesOf(batch, task.objective);
    const examples = {
      inputs: np.array(inputs, { shape: [batch.size, nInputs] }),
      target: np.array(target, { shape: [batch.size, 2] }),
      gain: np.array(gain, { shape: [batch.size, 1] }),
    };
    taken += 1;
    const rate = np.array(Float32Array.of(adamRate(1e-3, taken)), { shape: [] });
    const { loss, ...next } = step(state.layers, state.mean, state.square, examples, rate);
    state = next;
    latest?.dispose();
    latest = loss;
    return loss;
  }

  return {
    queue(steps) {
      for (let i = 0; i < steps; i++) stepOn(source.next());
    },
    async settle() {
      await latest?.ref.data();
    },
    stepOn: async (batch) => (await stepOn(batch).ref.data())[0]!,
    async weights() {
      const parts = await Promise.all(state.layers.flatMap(({ w, b }) => [w.ref.data(), b.ref.data()]));
      return Float32Array.from(parts.flatMap((part: Float32Array) => [...part]));
    },
    dispose() {
      latest?.dispose();
      tree.dispose(state);
      step.dispose();
    },
  };
}

function layersOf({ shape }: Task, flat: Float32Array): Layer[] {
  return networkLayers(shape).map(({ inputs, outputs, weights, biases }) => ({
    w: np.array(flat.slice(weights, biases), { shape: [inputs, outputs] }),
    b: np.array(flat.slice(biases, biases + outputs)),
  }));
}
