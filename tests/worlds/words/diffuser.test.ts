import { expect, test } from 'vitest';
import { editDistance } from '../../../src/core/words/editDistance.ts';
import type { DenoiserId } from '../../../src/families/discrete/requests.ts';
import type { Trajectory } from '../../../src/worlds/words/learning/methods/method.ts';
import type { WordsSettings } from '../../../src/worlds/words/settings.ts';
import { trained, valid } from './training.ts';

test('exact answers keep as much of a draft however many steps lead there, and more than of noise', async () => {
  const { sample } = await trained({ method: 'diffuser' }, 1);
  const edits = ({ frames }: Trajectory) =>
    frames[0]!.map((first, k) => editDistance(first, frames.at(-1)![k]!)).reduce((a, b) => a + b) /
    frames[0]!.length;
  const from = (start: WordsSettings['start'], steps: number) =>
    edits(sample(150, { start, steps }, { denoiser: 'exact' }));
  const [atOnce, inSteps] = [from('draft', 1), from('draft', 6)];
  // A mean of 150 distances, whose deviation is about 2, has an error of 0.16.
  expect(Math.abs(atOnce - inSteps)).toBeLessThan(0.7);
  expect(from('noise', 6)).toBeGreaterThan(inSteps + 0.7);
});

test('a draft helps where evaluations are few, learned and exact word by word', async () => {
  const { sample } = await trained({ method: 'diffuser' }, 300);
  const from = (start: WordsSettings['start'], n: number, denoiser: DenoiserId) =>
    valid(sample(n, { start, steps: 6 }, { denoiser }));
  expect(from('draft', 200, 'learned')).toBeGreaterThan(from('noise', 200, 'learned') + 0.1);
  expect(from('draft', 40, 'factorised')).toBeGreaterThan(from('noise', 40, 'factorised') + 0.1);
});

test('the source’s own edits follow the temperature: the most probable ones write more sentences', async () => {
  const { sample } = await trained({ method: 'diffuser', edits: 'source' }, 500);
  const at = (temperature: number) => valid(sample(400, { start: 'autoregressive', steps: 10, temperature }));
  const [drawn, likely] = [at(1), at(0.2)];
  expect(likely).toBeGreaterThan(drawn + 0.05);
});
