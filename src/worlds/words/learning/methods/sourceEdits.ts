import { drawIndex } from '../../../../core/discrete/draw.ts';
import { crossEntropy, NO_LABEL, softmaxGroups } from '../../../../core/losses/crossEntropy.ts';
import type { Rng } from '../../../../core/types.ts';
import { drawSentence, L, V } from '../../../../core/words/language.ts';
import {
  type Corrupted,
  corrupt,
  INSERT,
  KEEP,
  REPLACE,
  TAGS,
  undo,
} from '../../../../core/words/sourceEdits.ts';
import type { WordsSettings } from '../../settings.ts';
import { EDIT_INPUTS, encodeEdited, fitting, startingStrings, strip } from './editStrings.ts';
import type { Process, SampleRun, Trajectory } from './method.ts';
import { sharpened, softmax } from './shared.ts';

/** Steps of corruption; the source has few. */
const T = 10;
const TAG_COUNT = TAGS.length;
const OUTPUTS = L * (TAG_COUNT + V);
/** A draft is taken for a sentence after so many steps. */
const DRAFT_STEPS = 3;

/** The source's corruption, with two heads: what to do at each word, and which word to put there. */
export function sourceEditProcess(): Process {
  const corruptedTo = (x0: readonly number[], t: number, rng: Rng): Corrupted => {
    let last: Corrupted = { words: [...x0], tags: [], originals: [] };
    for (let k = 0; k < t; k++) {
      const { words } = last;
      // A string that has grown too long is drawn again.
      do last = corrupt(words, rng);
      while (last.words.length > L);
    }
    return last;
  };
  const steppedTo = (x0: readonly number[], t: number, rng: Rng) =>
    fitting(() => corruptedTo(x0, t, rng).words);
  return {
    inputs: EDIT_INPUTS,
    outputs: OUTPUTS,
    mostSteps: T,
    batch(n, rng) {
      const tags = new Int32Array(n * L).fill(NO_LABEL);
      const words = new Int32Array(n * L).fill(NO_LABEL);
      const times: number[] = [];
      const states = Array.from({ length: n }, (_, k) => {
        const t = 1 + Math.floor(rng.uniform() * T);
        times.push(t / T);
        const step = corruptedTo(strip(drawSentence(rng)), t, rng);
        step.tags.forEach((tag, i) => {
          tags[k * L + i] = tag;
          if (tag === REPLACE || tag === INSERT) words[k * L + i] = step.originals[i]!;
        });
        return fitting(() => step.words);
      });
      return {
        inputs: encodeEdited(states, times),
        slopes: (outputs, into) =>
          headLoss(outputs, into, n, 0, TAG_COUNT, tags) +
          headLoss(outputs, into, n, L * TAG_COUNT, V, words),
      };
    },
    forward(sentences, rng) {
      let states = [...sentences];
      const frames = [states];
      for (let t = 1; t <= T; t++) {
        states = states.map((state) => steppedTo(strip(state), 1, rng));
        frames.push(states);
      }
      return { times: frames.map((_, k) => k / T), frames, nfe: 0 };
    },
    *sample({
      n,
      denoiser,
      net,
      rng,
      settings,
      steps: asked,
      sources,
    }: SampleRun): Generator<void, Trajectory> {
      if (denoiser !== 'learned') throw new RangeError(NO_EXACT);
      const from = settings.start === 'noise' ? Math.min(asked ?? settings.steps, T) : DRAFT_STEPS;
      let states = startingStrings(settings, n, rng, (x0) => steppedTo(strip(x0), DRAFT_STEPS, rng), sources);
      const frames = [states];
      for (let t = from; t > 0; t--) {
        const answers = net.evaluate(encodeEdited(states, new Array<number>(n).fill(t / T)), n);
        states = states.map((state, k) => {
          const [tags, words] = drawEdits(answers.subarray(k * OUTPUTS, (k + 1) * OUTPUTS), settings, rng);
          const back = undo(strip(state), tags, words);
          return fitting(() => back.slice(0, L));
        });
        frames.push(states);
        yield;
      }
      return { times: frames.map((_, k) => 1 - k / from), frames, nfe: from };
    },
    posterior({ sequence, t, denoiser, net }) {
      if (denoiser !== 'learned') throw new RangeError(NO_EXACT);
      return softmax(net.evaluate(encodeEdited([sequence], [t]), 1).subarray(L * TAG_COUNT));
    },
    bound: null,
    transition: null,
  };
}

const NO_EXACT =
  'The source\u2019s own edits have no closed form over several steps: ask the birth\u2013death process, which has one.';

/** Cross-entropy of one head, [L][size] of each row from `at`. */
function headLoss(
  outputs: Float32Array,
  into: Float32Array,
  n: number,
  at: number,
  size: number,
  labels: Int32Array,
): number {
  const logits = new Float32Array(n * L * size);
  for (let k = 0; k < n; k++)
    logits.set(outputs.subarray(k * OUTPUTS + at, k * OUTPUTS + at + L * size), k * L * size);
  const slopes = new Float32Array(logits.length);
  const loss = crossEntropy(logits, { n, groups: L, size }, labels, null, slopes);
  for (let k = 0; k < n; k++) into.set(slopes.subarray(k * L * size, (k + 1) * L * size), k * OUTPUTS + at);
  return loss;
}

/** Edits drawn from both heads, the more probable ones more often where the temperature is below 1. */
function drawEdits(
  answer: Float32Array,
  { temperature, topP }: Pick<WordsSettings, 'temperature' | 'topP'>,
  rng: Rng,
): [number[], number[]] {
  const headOf = (at: number, size: number) =>
    sharpened(softmaxGroups(answer.subarray(at, at + L * size), size), temperature, topP, size);
  const ofTags = headOf(0, TAG_COUNT);
  const ofWords = headOf(L * TAG_COUNT, V);
  const tags = Array.from({ length: L }, (_, i) => drawIndex(ofTags, rng, i * TAG_COUNT, TAG_COUNT));
  const words = tags.map((tag, i) => (tag === KEEP ? 0 : drawIndex(ofWords, rng, i * V, V)));
  return [tags, words];
}
