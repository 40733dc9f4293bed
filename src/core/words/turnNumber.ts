import { drawIndex } from '../discrete/draw.ts';
import type { Rng } from '../types.ts';
import { L, lengthOf, WORDS } from './language.ts';

/** A sentence that may come of another, and how probable that is. */
export interface Target {
  readonly sentence: Int32Array;
  readonly probability: number;
}

type Word = (typeof WORDS)[number];
const index = (text: Word): number => WORDS.indexOf(text);

/** The other number of each noun and verb. */
const TURNED = new Map<number, number>(
  (
    [
      ['cat', 'cats'],
      ['dog', 'dogs'],
      ['sees', 'see'],
      ['sleeps', 'sleep'],
    ] as const
  ).flatMap(([one, many]) => [
    [index(one), index(many)],
    [index(many), index(one)],
  ]),
);
const isNoun = (word: number) => word >= index('cat') && word <= index('dogs');
const isVerb = (word: number) => word >= index('sees') && word <= index('sleep');
const isAdjective = (word: number) => word === index('small') || word === index('big');

const KEEPS_ADJECTIVE = 0.7;

/**
 * The task of DiffuSeq's toy, “turn the subject's number”: the subject's noun and the verb take the other number, a → the
 * (.6) or nothing (.4), nothing → a or the (½ each), the → the, and the subject's adjective stays with probability .7.
 * @param source a sentence of the language, [L]
 * @returns at most four sentences, of total probability 1
 */
export function turnedNumber(source: ArrayLike<number>): readonly Target[] {
  const words = Array.from(source).slice(0, lengthOf(source));
  const noun = words.findIndex(isNoun);
  const determiner = words[0] === index('a') || words[0] === index('the') ? words[0] : null;
  const adjective = words.slice(0, noun).find(isAdjective);
  const verb = words.findIndex(isVerb);
  const rest = words.slice(noun + 1).map((word, i) => (i + noun + 1 === verb ? TURNED.get(word)! : word));
  const targets: Target[] = [];
  for (const [said, p] of determiners(determiner)) {
    for (const [described, q] of adjectives(adjective)) {
      const sentence = new Int32Array(L);
      sentence.set([...said, ...described, TURNED.get(words[noun]!)!, ...rest]);
      targets.push({ sentence, probability: p * q });
    }
  }
  return targets;
}

function determiners(word: number | null): (readonly [number[], number])[] {
  const the = index('the');
  if (word === the) return [[[the], 1]];
  if (word === null)
    return [
      [[index('a')], 0.5],
      [[the], 0.5],
    ];
  return [
    [[the], 0.6],
    [[], 0.4],
  ];
}

const adjectives = (word: number | undefined): (readonly [number[], number])[] =>
  word === undefined
    ? [[[], 1]]
    : [
        [[word], KEEPS_ADJECTIVE],
        [[], 1 - KEEPS_ADJECTIVE],
      ];

export function drawTarget(targets: readonly Target[], rng: Pick<Rng, 'uniform'>): Int32Array {
  return targets[
    drawIndex(
      targets.map(({ probability }) => probability),
      rng,
    )
  ]!.sentence;
}

/** p(target | x) for likelihoods of the positions, [L][V]: the exact answer, a sum over the few targets. */
export function targetPosterior(targets: readonly Target[], like: Float64Array, V: number): Float64Array {
  const weights = Float64Array.from(targets, ({ sentence, probability }) =>
    sentence.reduce((product, word, i) => product * like[i * V + word]!, probability),
  );
  const total = weights.reduce((sum, value) => sum + value, 0);
  return weights.map((value) => value / total);
}
