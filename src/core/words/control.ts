import { ATTRIBUTE_IDS, ATTRIBUTES, type AttributeId, attributeValue } from './attributes.ts';
import type { Arc, Automaton } from './automaton.ts';
import { LANGUAGE } from './language.ts';
import { languageFacts } from './statistics.ts';

/** y: the value that each attribute shall have, all of them at once; those that are left out may have any. */
export type Asked = Readonly<Partial<Record<AttributeId, string>>>;

/** What is asked, as indices of values. */
const askedOf = (asked: Asked) =>
  ATTRIBUTE_IDS.flatMap((id) => {
    const value = asked[id];
    return value === undefined
      ? []
      : [{ attribute: ATTRIBUTES[id], value: ATTRIBUTES[id].values.indexOf(value) }];
  });

/** Whether a sequence has all that is asked. */
export const fulfils = (asked: Asked, sequence: ArrayLike<number>): boolean =>
  askedOf(asked).every(({ attribute, value }) => attributeValue(attribute, sequence) === value);

/** The language's sentences that have what is asked, with their probabilities: their sum is p(y). */
export function controlled(asked: Asked): Automaton {
  let automaton = LANGUAGE;
  for (const { attribute, value } of askedOf(asked)) {
    const k = attribute.states;
    const arcs: Arc[] = [];
    for (const { from, to, word, probability } of automaton.arcs) {
      for (let c = 0; c < k; c++)
        arcs.push({ from: from * k + c, to: to * k + attribute.next(c, word), word, probability });
    }
    const final = new Float64Array(automaton.states * k);
    for (let s = 0; s < automaton.states; s++)
      for (let c = 0; c < k; c++) final[s * k + c] = attribute.valueAt(c) === value ? automaton.final[s]! : 0;
    const { states, start, words } = automaton;
    automaton = trimmed({ states: states * k, start: start * k, words, arcs, final });
  }
  return automaton;
}

/** Whether any sentence has all that is asked. */
export const canBe = (asked: Asked): boolean => controlled(asked).arcs.length > 0;

/** Without the states that no sentence passes. */
function trimmed({ states, start, words, arcs, final }: Automaton): Automaton {
  const reached = closure([start], arcs, ({ from, to }) => [from, to]);
  const ends = Array.from(final.keys()).filter((s) => final[s]! > 0);
  const ending = closure(ends, arcs, ({ from, to }) => [to, from]);
  const kept = Array.from({ length: states }, (_, s) => s).filter(
    (s) => s === start || (reached.has(s) && ending.has(s)),
  );
  const place = new Map(kept.map((s, k) => [s, k]));
  return {
    states: kept.length,
    start: place.get(start)!,
    words,
    arcs: arcs.flatMap((arc) => {
      const [from, to] = [place.get(arc.from), place.get(arc.to)];
      return from === undefined || to === undefined ? [] : [{ ...arc, from, to }];
    }),
    final: Float64Array.from(kept, (s) => final[s]!),
  };
}

function closure(
  seeds: readonly number[],
  arcs: readonly Arc[],
  ends: (arc: Arc) => readonly [number, number],
): ReadonlySet<number> {
  const next = new Map<number, number[]>();
  for (const arc of arcs) {
    const [from, to] = ends(arc);
    const list = next.get(from);
    if (list) list.push(to);
    else next.set(from, [to]);
  }
  const found = new Set(seeds);
  for (const state of found) for (const to of next.get(state) ?? []) found.add(to);
  return found;
}

/** What is true of the sentences that have what is asked: p(y), and H(w | y) in bits. */
export function askedFacts(asked: Asked): { readonly share: number; readonly entropy: number } {
  const { sentences, probabilities } = languageFacts();
  let share = 0;
  let sum = 0;
  sentences.forEach((sentence, n) => {
    if (!fulfils(asked, sentence)) return;
    const p = probabilities[n]!;
    share += p;
    sum -= p * Math.log2(p);
  });
  return { share, entropy: share === 0 ? Number.NaN : sum / share + Math.log2(share) };
}
