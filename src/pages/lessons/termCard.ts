import { lazy } from 'react';
import { loadKatex } from '../../ui/katex.ts';

/**
 * The card of a term, which arrives with KaTeX: equations that were set after it had been placed would resize it in the
 * midst of that. Without KaTeX it has the equations' words.
 */
export const TermCard = lazy(async () => {
  const [card] = await Promise.all([import('./content/TermCard.tsx'), loadKatex().catch(() => null)]);
  return card;
});
