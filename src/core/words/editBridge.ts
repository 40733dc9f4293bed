import { drawIndex } from '../discrete/draw.ts';
import type { Rng } from '../types.ts';
import { descendants, type EditRates } from './birthDeath.ts';
import { languageFacts } from './statistics.ts';

/** The birth–death process between two strings that are known. */
export interface EditBridge {
  /** ln p_t(x_t | x_0): the same whatever s is, by Chapman & Kolmogorov. */
  readonly logEvidence: number;
  /** x_s ~ q(x_s | x_0, x_t), a string without padding, of any length. */
  sample(rng: Pick<Rng, 'uniform'>): number[];
}

/**
 * Exact, by dynamic programming over (words of x_0 gone through, words of x_t explained so far): each word of x_0, and the left edge, has
 * some descendants at s, and each of these has a piece of x_t.
 * @param x0 and xt: strings without padding
 * @param s 0 < s < t
 */
export function editBridge(
  x0: ArrayLike<number>,
  xt: ArrayLike<number>,
  rates: EditRates,
  s: number,
  t: number,
): EditBridge {
  const { unigrams } = languageFacts();
  const first = descendants(rates, s);
  const second = descendants(rates, t - s);
  const end = xt.length;
  /** Words from … to − 1 of x_t are births. */
  const born = (from: number, to: number) => {
    let product = 1;
    for (let k = from; k < to; k++) product *= unigrams[xt[k]!]!;
    return product;
  };
  /** A word born before s has the next n words of x_t. */
  const ofNewborn = (j: number, n: number) =>
    (n === 0 ? second.dies(0) : second.survives(n) + second.dies(n)) * born(j, j + n);
  const same = first.same * second.same;
  /** A word of x_0 that is there at s has the next n words of x_t, and is the first of them. */
  const asItself = (word: number, j: number, n: number) =>
    second.survives(n) *
    (same * (xt[j] === word ? 1 : 0) + (1 - same) * unigrams[xt[j]!]!) *
    born(j + 1, j + n);
  const ofSurvivor = (word: number, j: number, n: number) =>
    n === 0 ? second.dies(0) : asItself(word, j, n) + second.dies(n) * born(j, j + n);
  const withBirths = 1 - first.alive - first.dies(0);

  /** p(words of x_t from j on), where the words of x_0 from i on are still to come; and where births after word i − 1 may come first. */
  const starts = Array.from({ length: x0.length + 1 }, () => new Float64Array(end + 1));
  const more = Array.from({ length: x0.length + 1 }, () => new Float64Array(end + 1));
  starts[x0.length]![end] = 1;
  for (let i = x0.length; i >= 0; i--) {
    for (let j = end; j >= 0; j--) {
      if (i < x0.length) {
        let sum = first.dies(0) * starts[i + 1]![j]!;
        for (let n = 0; j + n <= end; n++)
          sum +=
            (first.alive * ofSurvivor(x0[i]!, j, n) + withBirths * ofNewborn(j, n)) * more[i + 1]![j + n]!;
        starts[i]![j] = sum;
      }
      let births = (1 - first.more) * starts[i]![j]!;
      for (let n = 1; j + n <= end; n++) births += first.more * ofNewborn(j, n) * more[i]![j + n]!;
      // Births that leave nothing may come any number of times.
      more[i]![j] = births / (1 - first.more * ofNewborn(j, 0));
    }
  }
  const edges = Float64Array.from({ length: end + 1 }, (_, n) => second.edge(n) * born(0, n) * more[0]![n]!);

  return {
    logEvidence: Math.log(edges.reduce((sum, value) => sum + value, 0)),
    sample(rng) {
      const words: number[] = [];
      const pieces = (j: number, weight: (n: number) => number) =>
        Array.from({ length: end - j + 1 }, (_, n) => weight(n));
      const anyWord = () => drawIndex(unigrams, rng);
      const sayNewborn = (j: number, n: number) => {
        const survives = n > 0 && rng.uniform() * (second.survives(n) + second.dies(n)) < second.survives(n);
        words.push(survives && rng.uniform() < second.same ? xt[j]! : anyWord());
      };
      const saySurvivor = (word: number, j: number, n: number) => {
        const own = n > 0 ? asItself(word, j, n) : 0;
        if (rng.uniform() * ofSurvivor(word, j, n) >= own) {
          words.push(rng.uniform() < first.same ? word : anyWord());
          return;
        }
        // From the word to the one that it is in the end, by way of any.
        const said = unigrams[xt[j]!]!;
        const by = Float64Array.from(unigrams, (p, w) => {
          const to = first.same * (w === word ? 1 : 0) + (1 - first.same) * p;
          return to * (second.same * (w === xt[j] ? 1 : 0) + (1 - second.same) * said);
        });
        words.push(drawIndex(by, rng));
      };
      let j = drawIndex(edges, rng);
      const births = (i: number) => {
        for (;;) {
          const stops = (1 - first.more) * starts[i]![j]!;
          const goesOn = pieces(j, (n) => first.more * ofNewborn(j, n) * more[i]![j + n]!);
          const way = drawIndex([stops, ...goesOn], rng);
          if (way === 0) return;
          sayNewborn(j, way - 1);
          j += way - 1;
        }
      };
      births(0);
      for (let i = 0; i < x0.length; i++) {
        const gone = first.dies(0) * starts[i + 1]![j]!;
        const stays = pieces(j, (n) => first.alive * ofSurvivor(x0[i]!, j, n) * more[i + 1]![j + n]!);
        const replaced = pieces(j, (n) => withBirths * ofNewborn(j, n) * more[i + 1]![j + n]!);
        const way = drawIndex([gone, ...stays, ...replaced], rng) - 1;
        if (way < 0) continue;
        const n = way % stays.length;
        if (way < stays.length) saySurvivor(x0[i]!, j, n);
        else sayNewborn(j, n);
        j += n;
        births(i + 1);
      }
      return words;
    },
  };
}
