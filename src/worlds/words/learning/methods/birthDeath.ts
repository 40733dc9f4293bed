import { crossEntropy } from '../../../../core/losses/crossEntropy.ts';
import type { Rng } from '../../../../core/types.ts';
import { edited, editPosterior } from '../../../../core/words/birthDeath.ts';
import { editBridge } from '../../../../core/words/editBridge.ts';
import { drawSentence, L, MASK, V } from '../../../../core/words/language.ts';
import { EDIT_INPUTS, encodeEdited, fitting, RATES, startingStrings, strip } from './editStrings.ts';
import type { Net, Process, SampleRun, Trajectory } from './method.ts';
import { drawIndependently, sharpened, softmax } from './shared.ts';

/** Time at which little of a sentence is left. */
const T_END = 6;
/** Where a draft stands on the way back. */
const DRAFT = 0.25;

/** Time at a share of the way: finely spaced where edits are few. */
const timeAt = (share: number) => T_END * share ** 2;

/** The birth–death process, whose p(x_t | x_0) and posterior are exact for every t. */
export function birthDeathProcess(): Process {
  const corrupted = (x0: Int32Array, share: number, rng: Rng) =>
    fitting(() => edited(strip(x0), RATES, timeAt(share), rng));
  const learned = (net: Net, states: readonly Int32Array[], share: number) =>
    softmax(
      net.evaluate(
        encodeEdited(
          states,
          states.map(() => share),
        ),
        states.length,
      ),
    );
  return {
    inputs: EDIT_INPUTS,
    outputs: L * V,
    mostSteps: 200,
    batch(n, rng) {
      const sentences = Array.from({ length: n }, () => drawSentence(rng));
      const shares = sentences.map(() => rng.uniform());
      const states = sentences.map((x0, k) => corrupted(x0, Math.max(shares[k]!, 1e-3), rng));
      const labels = sentences.flatMap((x0) => [...x0]);
      return {
        inputs: encodeEdited(states, shares),
        slopes: (outputs, into) => crossEntropy(outputs, { n, groups: L, size: V }, labels, null, into),
      };
    },
    forward(sentences, rng) {
      const steps = 24;
      let states = [...sentences];
      const frames = [states];
      for (let k = 1; k <= steps; k++) {
        const t = timeAt(k / steps) - timeAt((k - 1) / steps);
        states = states.map((state) => fitting(() => edited(strip(state), RATES, t, rng)));
        frames.push(states);
      }
      return { times: frames.map((_, k) => k / steps), frames, nfe: 0 };
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
      const steps = asked ?? settings.steps;
      const from = settings.start === 'noise' ? 1 : DRAFT;
      let states = startingStrings(settings, n, rng, (x0) => corrupted(x0, DRAFT, rng), sources);
      const frames = [states];
      const shares = Array.from({ length: steps + 1 }, (_, k) => from * (1 - k / steps));
      for (let k = 0; k < steps; k++) {
        const share = shares[k]!;
        const x0 = answers(states, share);
        const left = shares[k + 1]!;
        states = left === 0 ? x0 : x0.map((sentence, m) => between(sentence, states[m]!, left, share));
        frames.push(states);
        yield;
      }
      return { times: shares, frames, nfe: steps };

      /** x_s ~ q(x_s | x̂_0, x_t): what both have in common is kept. */
      function between(x0: Int32Array, xt: Int32Array, s: number, t: number): Int32Array {
        const bridge = editBridge(strip(x0), strip(xt), RATES, timeAt(s), timeAt(t));
        return fitting(() => bridge.sample(rng));
      }

      function answers(seen: readonly Int32Array[], share: number): Int32Array[] {
        if (denoiser === 'exact')
          return seen.map((state) => editPosterior(strip(state), RATES, timeAt(share)).sample(rng));
        const p = denoiser === 'learned' ? learned(net, seen, share) : factorisedEdits(seen, share, rng);
        return drawIndependently(sharpened(p, settings.temperature, settings.topP), seen.length, rng);
      }
    },
    posterior({ sequence, t, denoiser, net }) {
      if (sequence.includes(MASK))
        throw new RangeError('DiffusER has no masks: give a string of words, of any kind.');
      if (denoiser === 'learned') return learned(net, [sequence], t);
      return editMarginals(sequence, t);
    },
    bound: null,
    transition: null,
  };
}

/** Draws of the exact posterior for its marginals, which the pair automaton does not give by position. */
const MARGINAL_DRAWS = 400;

function editMarginals(sequence: Int32Array, share: number): Float64Array {
  const found = editPosterior(strip(sequence), RATES, Math.max(timeAt(share), 1e-6));
  // Evenly spread numbers in place of random ones: the same answer each time.
  let k = 0;
  const rng = { uniform: () => (k++ * 0.6180339887498949) % 1 };
  return averageOf(Array.from({ length: MARGINAL_DRAWS }, () => found.sample(rng)));
}

const FACTORISED_DRAWS = 24;

function factorisedEdits(states: readonly Int32Array[], share: number, rng: Rng): Float64Array {
  const p = new Float64Array(states.length * L * V);
  states.forEach((state, n) => {
    const found = editPosterior(strip(state), RATES, timeAt(share));
    p.set(averageOf(Array.from({ length: FACTORISED_DRAWS }, () => found.sample(rng))), n * L * V);
  });
  return p;
}

function averageOf(sentences: readonly Int32Array[]): Float64Array {
  const p = new Float64Array(L * V);
  for (const sentence of sentences)
    sentence.forEach((word, i) => {
      p[i * V + word]! += 1 / sentences.length;
    });
  return p;
}
