import { type DenseTrainer, denseRatesAt, freshDenseTrainer } from '../../../backends/dense/index.ts';
import { crossEntropy } from '../../../core/losses/crossEntropy.ts';
import type { Rng } from '../../../core/types.ts';
import { ATTRIBUTES, type AttributeId, attributeValue } from '../../../core/words/attributes.ts';
import type { Asked } from '../../../core/words/control.ts';
import type { ClassifierReading } from './methods/method.ts';

type Machine = Parameters<typeof freshDenseTrainer>[0];

const SIZE = { width: 64, depth: 2, residual: false } as const;
const BATCH = 128;
const STEPS = 600;
/** After what they read has changed. */
const STEPS_AGAIN = 150;
const RATES = { learningRate: 3e-3, budget: STEPS, emaDecay: 0.98 };

/** p_φ(y | what a method reads of a sentence): a small network for each attribute, learned where it is first asked for. */
export interface Classifiers {
  /** @param modelStep steps of the method's own network, by which what is read may have changed */
  learn(ids: readonly AttributeId[], modelStep: number): Generator<void, void>;
  /** d/d inputs of Σ ln p_φ(y | inputs) over what is asked: [n][inputs]. All of it must have been learned. */
  slopes(asked: Asked, inputs: Float32Array, n: number): Float32Array;
  /** p_φ(value | inputs), [n][values]: logits. */
  logits(id: AttributeId, inputs: Float32Array, n: number): Float32Array;
  dispose(): void;
}

export function createClassifiers(machine: Machine, reading: ClassifierReading, rng: Rng): Classifiers {
  const { inputs } = reading;
  const known = new Map<AttributeId, { readonly net: DenseTrainer; at: number }>();

  function* train(id: AttributeId, net: DenseTrainer, steps: number): Generator<void, void> {
    const stream = rng.fork(`batches of ${id}, ${net.step}`);
    const { values } = ATTRIBUTES[id];
    for (let k = 0; k < steps; k++) {
      const batch = reading.batch(BATCH, stream);
      const labels = batch.sentences.map((sentence) => attributeValue(ATTRIBUTES[id], sentence));
      const shape = { n: BATCH, groups: 1, size: values.length };
      net.train(
        batch.inputs,
        BATCH,
        (outputs, into) => crossEntropy(outputs, shape, labels, null, into),
        denseRatesAt(net.step, RATES),
      );
      yield;
    }
  }
  const netOf = (id: AttributeId): DenseTrainer => {
    const found = known.get(id);
    if (found) return found.net;
    throw new RangeError(`The classifier of “${id}” has not been learned.`);
  };

  return {
    *learn(ids, modelStep) {
      for (const id of ids) {
        const found = known.get(id);
        if (found && (!reading.moves || found.at === modelStep)) continue;
        const shape = { inputs, outputs: ATTRIBUTES[id].values.length, ...SIZE };
        const net = found?.net ?? freshDenseTrainer(machine, shape, rng.fork(`weights of ${id}`));
        yield* train(id, net, found ? STEPS_AGAIN : STEPS);
        known.set(id, { net, at: modelStep });
      }
    },
    slopes(asked, rows, n) {
      const sum = new Float32Array(rows.length);
      const one = new Float32Array(rows.length);
      for (const [id, value] of Object.entries(asked) as [AttributeId, string][]) {
        const { values } = ATTRIBUTES[id];
        const labels = new Int32Array(n).fill(values.indexOf(value));
        // A loss that is a sum, not a mean: each row has its own gradient, as large whatever n is.
        const weights = new Float32Array(n).fill(n);
        netOf(id).inputGradient(
          rows,
          n,
          (outputs, into) =>
            crossEntropy(outputs, { n, groups: 1, size: values.length }, labels, weights, into),
          one,
        );
        for (let k = 0; k < sum.length; k++) sum[k]! -= one[k]!;
      }
      return sum;
    },
    logits: (id, rows, n) => netOf(id).evaluate(rows, n),
    dispose() {
      for (const { net } of known.values()) net.dispose();
      known.clear();
    },
  };
}
