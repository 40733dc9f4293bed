import { drawIndex } from '../../../../core/discrete/draw.ts';
import { evenTimes, noised, stepPosteriors, wordBound } from '../../../../core/words/d3pm.ts';
import { d3pmLoss } from '../../../../core/words/d3pmLoss.ts';
import { drawSentence, L, MASK, SYMBOLS, V } from '../../../../core/words/language.ts';
import { categoricalLikelihood } from '../../../../core/words/likelihood.ts';
import { type WordNoise, wordNoise } from '../../../../core/words/noise.ts';
import type { WordsSettings } from '../../settings.ts';
import type { Method, Process, SampleRun, Trajectory } from './method.ts';
import {
  knowing,
  type Prediction,
  type PredictOptions,
  predict,
  sharpened,
  TIME_FEATURES,
  writeOneHot,
  writeTime,
} from './shared.ts';

const K = SYMBOLS.length;
const INPUTS = L * K + TIME_FEATURES;

function createD3pm(settings: WordsSettings): Process {
  const noise = wordNoise(settings.matrix, settings.nChain);
  const { T } = noise;
  const encode = (states: readonly Int32Array[], times: readonly number[]) => {
    const inputs = new Float32Array(states.length * INPUTS);
    states.forEach((state, n) => {
      writeOneHot(state, K, inputs, n * INPUTS);
      writeTime(times[n]! / T, inputs, n * INPUTS + L * K);
    });
    return inputs;
  };
  const predictAt = (
    run: Pick<SampleRun, 'denoiser' | 'net' | 'fixed'>,
    states: readonly Int32Array[],
    t: number,
    { shaped = (p: Float64Array) => p, refuses = false }: Pick<PredictOptions, 'shaped' | 'refuses'> = {},
  ): Prediction =>
    predict(
      run.denoiser,
      run.net,
      states,
      (all) => encode(all, new Array<number>(all.length).fill(t)),
      (state) => knowing(run.fixed, categoricalLikelihood(state, noise.upTo(t), noise.K)),
      { shaped: (p) => shaped(onlyPossible(noise, states, t, p)), refuses },
    );
  return {
    inputs: INPUTS,
    outputs: L * V,
    mostSteps: T,
    batch(n, rng) {
      const x0 = Array.from({ length: n }, () => drawSentence(rng));
      const t = x0.map(() => 1 + Math.floor(rng.uniform() * T));
      const xt = x0.map((sentence, k) => noised(noise, sentence, t[k]!, rng));
      return {
        inputs: encode(xt, t),
        slopes: (outputs, into) => d3pmLoss(noise, { x0, xt, t }, settings.lambda, outputs, into),
      };
    },
    forward(sentences, rng) {
      let states = [...sentences];
      const frames = [states];
      for (let t = 1; t <= T; t++) {
        const Q = noise.step(t);
        states = states.map((state) => state.map((word) => drawIndex(Q, rng, word * noise.K, noise.K)));
        frames.push(states);
      }
      return { times: frames.map((_, t) => t / T), frames, nfe: 0 };
    },
    sample: (run) => reverse(noise, run, predictAt),
    posterior({ sequence, t: share, denoiser, net }) {
      const t = Math.max(1, Math.round(share * T));
      requireReached(noise, sequence, t);
      return predictAt({ denoiser, net }, [sequence], t, { refuses: true }).p;
    },
    *bound({ n, denoiser, net, rng, steps }) {
      const sentences = Array.from({ length: n }, () => drawSentence(rng));
      const times = evenTimes(T, steps ?? T);
      yield;
      return wordBound(
        noise,
        (states, t) => predictAt({ denoiser, net }, states, t).p,
        sentences,
        rng.fork('noise'),
        times,
      );
    },
    transition: (t) => ({ Q: noise.step(t), Qbar: noise.upTo(t), K: noise.K }),
  };
}

/** @throws RangeError for a symbol that no word can have become */
function requireReached(noise: WordNoise, sequence: Int32Array, t: number): void {
  const upTo = noise.upTo(t);
  const wrong = sequence.find((symbol) =>
    Array.from({ length: V }, (_, v) => upTo[v * noise.K + symbol]!).every((q) => q === 0),
  );
  if (wrong !== undefined)
    throw new RangeError(`x_t cannot hold “${SYMBOLS[wrong]}” at t = ${t}: no word has become it.`);
}

/** p̃ without the words that cannot have become x_t. */
function onlyPossible(
  noise: WordNoise,
  states: readonly Int32Array[],
  t: number,
  p: Float64Array,
): Float64Array {
  const upTo = noise.upTo(t);
  const out = p.slice();
  states.forEach((state, n) => {
    for (let i = 0; i < L; i++) {
      const at = (n * L + i) * V;
      let total = 0;
      for (let v = 0; v < V; v++) {
        if (upTo[v * noise.K + state[i]!] === 0) out[at + v] = 0;
        total += out[at + v]!;
      }
      for (let v = 0; v < V; v++) out[at + v]! /= total;
    }
  });
  return out;
}

/** x_T from the prior; then x̂_0 from the denoiser, and x_s ~ q(x_s | x_t, x̂_0), down to 0. */
function* reverse(
  noise: WordNoise,
  run: SampleRun,
  predictAt: (
    run: SampleRun,
    states: readonly Int32Array[],
    t: number,
    options: Pick<PredictOptions, 'shaped'>,
  ) => Prediction,
): Generator<void, Trajectory> {
  const { n, rng, settings, fixed } = run;
  const times = evenTimes(noise.T, Math.min(run.steps ?? settings.steps, noise.T));
  const isFree = (i: number) => !fixed || fixed[i] === MASK;
  // Any set of words may be masked, so that one that is fixed never is; other noise must be as the network knows it at t.
  const noisedFixed = (word: number, t: number) =>
    noise.id === 'absorbing' ? word : drawIndex(noise.upTo(t), rng, word * noise.K, noise.K);
  const start = (i: number) => (isFree(i) ? drawIndex(noise.prior, rng) : noisedFixed(fixed![i]!, noise.T));
  let states = Array.from({ length: n }, () => Int32Array.from({ length: L }, (_, i) => start(i)));
  const frames = [states];
  for (let k = 0; k + 1 < times.length; k++) {
    const t = times[k]!;
    const s = times[k + 1]!;
    const shaped = (p: Float64Array) => sharpened(p, settings.temperature, settings.topP);
    const x0 = predictAt(run, states, t, { shaped }).draw(rng);
    const tables = stepPosteriors(noise, t, s);
    const K = noise.K;
    states = states.map((state, m) =>
      state.map((word, i) => {
        if (!isFree(i)) return s === 0 ? fixed![i]! : noisedFixed(fixed![i]!, s);
        return drawIndex(tables[word]!, rng, x0[m]![i]! * K, K);
      }),
    );
    frames.push(states);
    yield;
  }
  return { times: times.map((t) => t / noise.T), frames, nfe: times.length - 1 };
}

export const d3pm: Method = createD3pm;
