import { bitsOf } from '../../../core/words/automaton.ts';
import { type Asked, askedFacts, fulfils } from '../../../core/words/control.ts';
import { LANGUAGE } from '../../../core/words/language.ts';
import { measureSentences } from '../../../core/words/quality.ts';
import { turnedNumber } from '../../../core/words/turnNumber.ts';
import type { SentenceQuality } from '../recordings.ts';
import { controlRequest, type WordsSettings } from '../settings.ts';
import type { Trajectory } from './methods/method.ts';

/** How good the sentences at the end of a walk are. */
export function qualityOf({ frames, nfe, beside }: Trajectory, settings: WordsSettings): SentenceQuality {
  const sentences = frames.at(-1)!;
  const { asked } = controlRequest(settings);
  return {
    ...measureSentences(sentences),
    nfe,
    ...(beside
      ? { success: turnedShare(sentences, beside), bitsGiven: null }
      : askedQuality(sentences, asked)),
  };
}

/** Share of DiffuSeq's answers that are true ones. */
function turnedShare(sentences: readonly Int32Array[], sources: readonly Int32Array[]): number {
  const hits = sentences.filter((sentence, k) =>
    turnedNumber(sources[k]!).some((target) => target.sentence.every((word, i) => word === sentence[i])),
  );
  return hits.length / sentences.length;
}

/** How many have what is asked, and how probable those are among all sentences that have it. */
export function askedQuality(
  sentences: readonly Int32Array[],
  asked: Asked,
): Pick<SentenceQuality, 'success' | 'bitsGiven'> {
  if (Object.keys(asked).length === 0) return { success: null, bitsGiven: null };
  const having = sentences.filter((sentence) => fulfils(asked, sentence));
  const bits = having
    .map((sentence) => bitsOf(LANGUAGE, sentence))
    .filter((value) => value < Number.POSITIVE_INFINITY);
  const mean = bits.reduce((sum, value) => sum + value, 0) / bits.length;
  return {
    success: having.length / sentences.length,
    bitsGiven: bits.length === 0 ? null : mean + Math.log2(askedFacts(asked).share),
  };
}
