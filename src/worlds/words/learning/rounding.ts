import type { DenoiserId } from '../../../families/discrete/requests.ts';
import type { RoundingAnswer, RoundingLine } from '../recordings.ts';
import type { WordsSettings } from '../settings.ts';

import type { WordsModel } from './model.ts';

const SENTENCES = 48;
const LINES: readonly (readonly [DenoiserId, boolean])[] = [
  ['learned', false],
  ['learned', true],
  ['factorised', false],
  ['factorised', true],
];

/** How far x̂_0 is from words over the way, with and without the clamp, beside the exact E[x_0 | x_t]. */
export function* roundingAnswer(
  { process, net, rng }: WordsModel,
  settings: WordsSettings,
): Generator<void, RoundingAnswer | null> {
  if (settings.method !== 'diffusion-lm') return null;
  const lines: RoundingLine[] = [];
  for (const [denoiser, clamp] of LINES) {
    const walk = yield* process.sample({
      n: SENTENCES,
      denoiser,
      net,
      rng: rng.fork('rounding'),
      settings: { ...settings, clamp },
    });
    lines.push({ denoiser, clamp, distances: walk.rounding! });
    yield;
  }
  return { lines };
}
