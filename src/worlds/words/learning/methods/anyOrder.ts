import { crossEntropy, NO_LABEL } from '../../../../core/losses/crossEntropy.ts';
import type { Rng } from '../../../../core/types.ts';
import { boundOfCosts } from '../../../../core/words/d3pm.ts';
import { drawSentence, L, MASK, SYMBOLS, V } from '../../../../core/words/language.ts';
import { observedLikelihood } from '../../../../core/words/likelihood.ts';
import type { Method, Process, SampleRun, Trajectory } from './method.ts';
import { mostProbable, predict, sharpened, writeOneHot } from './shared.ts';

const K = SYMBOLS.length;

/** What is hidden of a sentence in training, and how much the loss of each position counts. */
export type MaskLaw = (x0: Int32Array, rng: Rng) => { seen: Int32Array; weights: Float64Array };

/** Some of the positions, drawn without replacement: an order of all of them. */
export function drawOrder(rng: Pick<Rng, 'uniform'>): number[] {
  return Array.from({ length: L }, (_, i) => ({ i, at: rng.uniform() }))
    .sort((a, b) => a.at - b.at)
    .map(({ i }) => i);
}

/** k of the words, k even in 1…L, each counting L/k: the loss is then −ln p of a sentence said in a random order. */
const anyK: MaskLaw = (x0, rng) => {
  const k = 1 + Math.floor(rng.uniform() * L);
  const seen = x0.slice();
  const weights = new Float64Array(L);
  for (const i of drawOrder(rng).slice(0, k)) {
    seen[i] = MASK;
    weights[i] = L / k;
  }
  return { seen, weights };
};

/** BERT: 15 % of the words, of which 80 % are masked, 10 % replaced and 10 % left. */
const fifteenPercent: MaskLaw = (x0, rng) => {
  const seen = x0.slice();
  const weights = new Float64Array(L);
  for (let i = 0; i < L; i++) {
    if (rng.uniform() >= 0.15) continue;
    weights[i] = 1;
    const way = rng.uniform();
    if (way < 0.8) seen[i] = MASK;
    else if (way < 0.9) seen[i] = Math.floor(rng.uniform() * V);
  }
  return { seen, weights };
};

/** GPT: all words from a position on; only the next one counts, L times, so that the loss is −ln p from left to right. */
const suffix: MaskLaw = (x0, rng) => {
  const next = Math.floor(rng.uniform() * L);
  const weights = new Float64Array(L);
  weights[next] = L;
  return { seen: x0.slice().fill(MASK, next), weights };
};

interface MaskedOptions {
  readonly leftToRight: boolean;
  /** Whether words that are seen are always true, so that the network is never asked about them. */
  readonly isTrusting: boolean;
}

/** What is seen is certain. @param p [L][V] */
function writeKnown(sequence: Int32Array, p: Float64Array): void {
  for (const [i, word] of sequence.entries()) {
    if (word === MASK) continue;
    p.fill(0, i * V, (i + 1) * V);
    p[i * V + word] = 1;
  }
}

/** A method that sees words and masks, and says words. */
function maskedMethod(law: MaskLaw, { leftToRight, isTrusting }: MaskedOptions): Method {
  return () => {
    const encode = (states: readonly Int32Array[]) => {
      const inputs = new Float32Array(states.length * L * K);
      states.forEach((state, n) => {
        writeOneHot(state, K, inputs, n * L * K);
      });
      return inputs;
    };
    const process: Process = {
      inputs: L * K,
      outputs: L * V,
      mostSteps: L,
      batch(n, rng) {
        const labels = new Int32Array(n * L).fill(NO_LABEL);
        const weights = new Float64Array(n * L);
        const states = Array.from({ length: n }, (_, k) => {
          const x0 = drawSentence(rng);
          const masked = law(x0, rng);
          labels.set(x0, k * L);
          weights.set(masked.weights, k * L);
          return masked.seen;
        });
        return {
          inputs: encode(states),
          slopes: (outputs, into) => crossEntropy(outputs, { n, groups: L, size: V }, labels, weights, into),
        };
      },
      forward: (sentences, rng) => maskedStepByStep(sentences, rng, leftToRight),
      sample: (run) => sayMasked(run, encode, leftToRight),
      posterior({ sequence, denoiser, net }) {
        const { p } = predict(denoiser, net, [sequence], encode, observedLikelihood, { refuses: true });
        if (isTrusting) writeKnown(sequence, p);
        return p;
      },
      *bound({ n, denoiser, net, rng, steps = L }) {
        return yield* orderedBits(
          { n, rng, leftToRight, steps, isJoint: denoiser === 'exact' },
          (states) => predict(denoiser, net, states, encode, observedLikelihood).p,
        );
      },
      transition: null,
    };
    return process;
  };
}

function maskedStepByStep(sentences: readonly Int32Array[], rng: Rng, leftToRight: boolean): Trajectory {
  const orders = sentences.map(() => (leftToRight ? positions() : drawOrder(rng)));
  const frames = Array.from({ length: L + 1 }, (_, k) =>
    sentences.map((x0, n) => {
      const state = x0.slice();
      for (const i of orders[n]!.slice(L - k)) state[i] = MASK;
      return state;
    }),
  );
  return { times: frames.map((_, k) => k / L), frames, nfe: 0 };
}

const positions = () => Array.from({ length: L }, (_, i) => i);

/** Starts from masks and says some words at a time, each by itself given what was said before. */
function* sayMasked(
  { n, denoiser, net, rng, settings, fixed, steps }: SampleRun,
  encode: (states: readonly Int32Array[]) => Float32Array,
  leftToRight: boolean,
): Generator<void, Trajectory> {
  const { temperature, topP, order } = settings;
  let states = Array.from({ length: n }, () => fixed?.slice() ?? new Int32Array(L).fill(MASK));
  const orders = states.map(() => (leftToRight || order === 'left-to-right' ? positions() : drawOrder(rng)));
  const frames = [states];
  /** Words left to say, as many in every sentence. */
  let open = states[0]!.filter((word) => word === MASK).length;
  for (let k = 0; open > 0; k++) {
    const perStep = steps === undefined ? settings.wordsPerStep : Math.ceil(open / Math.max(1, steps - k));
    const { p, draw } = predict(denoiser, net, states, encode, observedLikelihood, {
      shaped: (raw) => sharpened(raw, temperature, topP),
    });
    const drawn = temperature <= 0.01 ? mostProbable(p, n) : draw(rng);
    states = states.map((state, row) => {
      const next = state.slice();
      const masked = orders[row]!.filter((i) => state[i] === MASK);
      if (order === 'certain' && !leftToRight)
        masked.sort((a, b) => certainty(p, row, b) - certainty(p, row, a));
      for (const i of masked.slice(0, perStep)) next[i] = drawn[row]![i]!;
      return next;
    });
    frames.push(states);
    open -= Math.min(open, perStep);
    yield;
  }
  const nfe = frames.length - 1;
  return { times: frames.map((_, k) => 1 - k / Math.max(nfe, 1)), frames, nfe };
}

const certainty = (p: Float64Array, k: number, i: number) =>
  Math.max(...p.subarray((k * L + i) * V, (k * L + i + 1) * V));

interface Ordered {
  readonly n: number;
  readonly rng: Rng;
  readonly leftToRight: boolean;
  /** So many steps say all words, each as many as are left to each. */
  readonly steps: number;
  /** Whether the words of a step are said together, and not each by itself. */
  readonly isJoint: boolean;
}

/** −log₂ p of sentences said step by step in a random order, or from left to right, on average. */
function* orderedBits(
  { n, rng, leftToRight, steps, isJoint }: Ordered,
  probabilities: (states: readonly Int32Array[]) => Float64Array,
) {
  const sentences = Array.from({ length: n }, () => drawSentence(rng));
  const orders = sentences.map(() => (leftToRight ? positions() : drawOrder(rng)));
  const costs = Array.from({ length: steps }, () => new Float64Array(n));
  for (let step = 0, said = 0; said < L; step++) {
    const end = said + Math.ceil((L - said) / (steps - step));
    // Together, p of a step is that of its words one after the other.
    for (let k = said; k < end; k += isJoint ? 1 : end - said) {
      const p = probabilities(sentences.map((x0, s) => maskedFrom(x0, orders[s]!, k)));
      sentences.forEach((x0, s) => {
        for (const i of orders[s]!.slice(k, isJoint ? k + 1 : end))
          costs[step]![s]! -= Math.log2(p[(s * L + i) * V + x0[i]!]!);
      });
      yield;
    }
    said = end;
  }
  return boundOfCosts(costs, sentences);
}

/** A sentence of which the first `count` words of the order are known. */
function maskedFrom(x0: Int32Array, order: readonly number[], count: number): Int32Array {
  const state = x0.slice();
  for (const i of order.slice(count)) state[i] = MASK;
  return state;
}

export const anyOrder: Method = maskedMethod(anyK, { leftToRight: false, isTrusting: true });

export const bert: Method = maskedMethod(fifteenPercent, { leftToRight: false, isTrusting: false });

export const gpt: Method = maskedMethod(suffix, { leftToRight: true, isTrusting: true });
