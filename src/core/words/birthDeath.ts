import { drawIndex } from '../discrete/draw.ts';
import type { Rng } from '../types.ts';
import { arcsFrom } from './automaton.ts';
import { L, LANGUAGE, PAD } from './language.ts';
import { languageFacts } from './statistics.ts';

/** Rates per unit of time of the birth–death process (Thorne, Kishino & Felsenstein 1991); birth < death. */
export interface EditRates {
  /** λ: a word is born in a gap. */
  readonly birth: number;
  /** μ: a word dies. */
  readonly death: number;
  /** ρ: a word is replaced. */
  readonly replacement: number;
}

/** How many words one word, or the left edge, has become after a time t, and whether it is one of them. */
export interface Descendants {
  /** It survives, with n ≥ 1 words in all. */
  survives(n: number): number;
  /** It is gone, and n ≥ 0 words are in its place. */
  dies(n: number): number;
  /** n ≥ 0 words to the left of the first. */
  edge(n: number): number;
  /** Probability that it survives. */
  readonly alive: number;
  /** λB: of births beside it, probability of one more. */
  readonly more: number;
  /** Probability that a survivor was not replaced. */
  readonly same: number;
}

/** @param t time, above 0 */
export function descendants({ birth, death, replacement }: EditRates, t: number): Descendants {
  const decay = Math.exp((birth - death) * t);
  const B = (1 - decay) / (death - birth * decay);
  const lambdaB = birth * B;
  const alive = Math.exp(-death * t);
  return {
    survives: (n) => (n < 1 ? 0 : alive * (1 - lambdaB) * lambdaB ** (n - 1)),
    dies: (n) => (n < 1 ? death * B : (1 - alive - death * B) * (1 - lambdaB) * lambdaB ** (n - 1)),
    edge: (n) => (1 - lambdaB) * lambdaB ** n,
    alive,
    more: lambdaB,
    same: Math.exp(-replacement * t),
  };
}

/** Words as a string without padding: x_0 after a time t, which may be longer than any sentence. */
export function edited(
  x0: ArrayLike<number>,
  rates: EditRates,
  t: number,
  rng: Pick<Rng, 'uniform'>,
): number[] {
  const { alive, more, same, dies } = descendants(rates, t);
  const { unigrams } = languageFacts();
  const out: number[] = [];
  const anyWord = () => drawIndex(unigrams, rng);
  const births = () => {
    while (rng.uniform() < more) out.push(anyWord());
  };
  births();
  for (let i = 0; i < x0.length; i++) {
    const fate = rng.uniform();
    if (fate < dies(0)) continue;
    const survives = fate < dies(0) + alive;
    out.push(survives && rng.uniform() < same ? x0[i]! : anyWord());
    births();
  }
  return out;
}

/** A string from the equilibrium: (1 − λ/μ)(λ/μ)ⁿ words from the unigram table. */
export function equilibrium({ birth, death }: EditRates, rng: Pick<Rng, 'uniform'>): number[] {
  const { unigrams } = languageFacts();
  const words: number[] = [];
  while (rng.uniform() < birth / death) words.push(drawIndex(unigrams, rng));
  return words;
}

/** p(x_0 | x_t) of the whole language: the sentences' automaton and the pair automaton of edits, together. */
export interface EditPosterior {
  /** ln p_t(x_t) under the language. */
  readonly logEvidence: number;
  /** A sentence of the language, padded: [L]. */
  sample(rng: Pick<Rng, 'uniform'>): Int32Array;
}

/**
 * Exact, by dynamic programming over (state of the language, words of x_t explained so far): each arc says one word of x_0,
 * which leaves any number n of the next words of x_t.
 * @param xt a string without padding
 */
export function editPosterior(xt: ArrayLike<number>, rates: EditRates, t: number): EditPosterior {
  const chart = createChart(xt, rates, t);
  const { end } = chart;
  const edges = Float64Array.from(
    { length: xt.length + 1 },
    (_, n) => chart.edge(n) * chart.rest(LANGUAGE.start, n),
  );
  const evidence = edges.reduce((sum, value) => sum + value, 0);
  return {
    logEvidence: Math.log(evidence),
    sample(rng) {
      const sentence = new Int32Array(L);
      let state = LANGUAGE.start;
      let at = drawIndex(edges, rng);
      for (let i = 0; state !== end; i++) {
        const arcs = arcsFrom(LANGUAGE, state);
        const ways = xt.length - at + 1;
        const weights = Float64Array.from({ length: arcs.length * ways }, (_, k) => {
          const arc = arcs[Math.floor(k / ways)]!;
          const n = k % ways;
          return arc.probability * chart.leaves(arc.word, at, n) * chart.rest(arc.to, at + n);
        });
        const way = drawIndex(weights, rng);
        const arc = arcs[Math.floor(way / ways)]!;
        sentence[i] = arc.word;
        state = arc.to;
        at += way % ways;
      }
      return sentence;
    },
  };
}

/** p(x_t | x_0), exact. Both are strings without padding. */
export function editProbability(
  x0: ArrayLike<number>,
  xt: ArrayLike<number>,
  rates: EditRates,
  t: number,
): number {
  const { edge, leaves } = pairWeights(xt, rates, t);
  let row = Float64Array.from({ length: xt.length + 1 }, (_, n) => edge(n));
  for (let i = 0; i < x0.length; i++) {
    row = Float64Array.from({ length: xt.length + 1 }, (_, j) => {
      let sum = 0;
      for (let at = 0; at <= j; at++) sum += row[at]! * leaves(x0[i]!, at, j - at);
      return sum;
    });
  }
  return row[xt.length]!;
}

/** The probabilities of the pieces of x_t: of what is left of the edge, and of what a word leaves. */
function pairWeights(xt: ArrayLike<number>, rates: EditRates, t: number) {
  const { unigrams } = languageFacts();
  const { survives, dies, edge, same } = descendants(rates, t);
  /** Births that say words from … to − 1. */
  const born = (from: number, to: number) => {
    let product = 1;
    for (let k = from; k < to; k++) product *= unigrams[xt[k]!]!;
    return product;
  };
  return {
    edge: (n: number) => edge(n) * born(0, n),
    leaves(word: number, at: number, n: number): number {
      if (n === 0) return dies(0);
      const said = unigrams[xt[at]!]!;
      const own = same * (xt[at] === word ? 1 : 0) + (1 - same) * said;
      return (survives(n) * own + dies(n) * said) * born(at + 1, at + n);
    },
  };
}

function createChart(xt: ArrayLike<number>, rates: EditRates, t: number) {
  const { edge, leaves: leavesOf } = pairWeights(xt, rates, t);
  const places = xt.length + 1;
  const end = LANGUAGE.final.findIndex((weight) => weight > 0);
  const pieces = new Map<number, Float64Array>();
  /** [word] → [at][n], made once for each word. */
  const leaves = (word: number, at: number, n: number): number => {
    let table = pieces.get(word);
    if (!table) {
      table = Float64Array.from({ length: places * places }, (_, k) =>
        Math.floor(k / places) + (k % places) < places
          ? leavesOf(word, Math.floor(k / places), k % places)
          : 0,
      );
      pieces.set(word, table);
    }
    return table[at * places + n]!;
  };
  const known: (Float64Array | undefined)[] = [];
  /** p(words of x_t from `at` on | state), [places]; the automaton has no loop but that of the padding, left out here. */
  const rests = (state: number): Float64Array => {
    let row = known[state];
    if (!row) {
      row = new Float64Array(places);
      if (state === end) row[places - 1] = 1;
      for (const arc of arcsFrom(LANGUAGE, state)) {
        if (arc.word === PAD) continue;
        const after = rests(arc.to);
        for (let at = 0; at < places; at++)
          for (let n = 0; at + n < places; n++)
            row[at]! += arc.probability * leaves(arc.word, at, n) * after[at + n]!;
      }
      known[state] = row;
    }
    return row;
  };
  return { end, edge, leaves, rest: (state: number, at: number) => rests(state)[at]! };
}

/** A string as it is put into L positions: padded. @throws RangeError when it is longer */
export function padded(words: readonly number[]): Int32Array {
  if (words.length > L)
    throw new RangeError(`A string of ${words.length} words does not fit into ${L} positions.`);
  const sentence = new Int32Array(L).fill(PAD);
  sentence.set(words);
  return sentence;
}
