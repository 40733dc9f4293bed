/** A step of an automaton: from one state to another, saying a word. */
export interface Arc {
  readonly from: number;
  readonly to: number;
  readonly word: number;
  readonly probability: number;
}

/**
 * A weighted automaton: the probability of a sequence of words is the sum over its paths of the product of the
 * arcs' probabilities and the weight of the last state.
 */
export interface Automaton {
  readonly states: number;
  readonly start: number;
  /** Number of words V; words are 0…V−1. */
  readonly words: number;
  readonly arcs: readonly Arc[];
  /** The weight of each state where a sequence stops, length `states`. */
  readonly final: Float64Array;
}

/**
 * −log₂ p(sequence), and whether the automaton can say it at all.
 * @param sequence words, [L]; a word outside 0…V−1 has probability zero
 */
export function bitsOf(automaton: Automaton, sequence: ArrayLike<number>): number {
  let weights = new Float64Array(automaton.states);
  weights[automaton.start] = 1;
  for (let i = 0; i < sequence.length; i++) {
    const next = new Float64Array(automaton.states);
    for (const { from, to, word, probability } of automaton.arcs) {
      if (word === sequence[i]) next[to]! += weights[from]! * probability;
    }
    weights = next;
  }
  return -Math.log2(weights.reduce((sum, weight, state) => sum + weight * automaton.final[state]!, 0));
}

/** Every sequence of `length` words that can be said, with its probability: sequences [n][length], probabilities [n]. */
export function enumerate(
  automaton: Automaton,
  length: number,
): { sequences: Int32Array[]; probabilities: Float64Array } {
  const totals = new Map<string, number>();
  const words = new Int32Array(length);
  const walk = (state: number, i: number, probability: number): void => {
    if (i === length) {
      const key = words.join(' ');
      const weight = probability * automaton.final[state]!;
      if (weight > 0) totals.set(key, (totals.get(key) ?? 0) + weight);
      return;
    }
    for (const arc of arcsFrom(automaton, state)) {
      words[i] = arc.word;
      walk(arc.to, i + 1, probability * arc.probability);
    }
  };
  walk(automaton.start, 0, 1);
  return {
    sequences: [...totals.keys()].map((key) => Int32Array.from(key.split(' '), Number)),
    probabilities: Float64Array.from(totals.values()),
  };
}

const leaving = new WeakMap<Automaton, Arc[][]>();

/** The arcs that leave a state. */
export function arcsFrom(automaton: Automaton, state: number): readonly Arc[] {
  let lists = leaving.get(automaton);
  if (!lists) {
    lists = Array.from({ length: automaton.states }, () => []);
    for (const arc of automaton.arcs) lists[arc.from]!.push(arc);
    leaving.set(automaton, lists);
  }
  return lists[state]!;
}
