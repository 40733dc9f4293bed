import { expect, it } from 'vitest';
import { draftSentence } from '../../../src/worlds/words/Claims.tsx';

it('a draft is said to help, or not to, only where it is more than chance', () => {
  const says = (noise: number, draft: number) =>
    draftSentence({ noise, draft, counted: 500, nfe: { noise: 10, draft: 3 } });
  expect(says(0.2, 0.3)).toMatch(/20\.0 %.*30\.0 %: the draft helps here too/);
  expect(says(0.3, 0.2)).toMatch(/here the draft does not help/);
  // Two shares of 500 differ by 5 % in two standard errors.
  expect(says(0.2, 0.23)).toMatch(/no difference/);
});
