import { describe, expect, it } from 'vitest';
import { controlsOf, METHOD_FACTS } from '../../../src/worlds/words/methodFacts.ts';
import { METHOD_IDS, USUAL, type WordsSettings } from '../../../src/worlds/words/settings.ts';
import { words } from '../../../src/worlds/words/world.ts';
import { type Trained, trained } from './training.ts';

/** Another value of each setting that a method may offer. */
const OTHER: Partial<WordsSettings> = {
  order: 'left-to-right',
  wordsPerStep: 3,
  temperature: 0.2,
  topP: 0.3,
  steps: 7,
  matrix: 'uniform',
  nChain: 9,
  lambda: 0.5,
  block: '4',
  simplex: 3,
  softmaxInput: true,
  projection: 'greedy',
  dimension: 3,
  learnedEmbeddings: true,
  predicts: 'noise',
  clamp: true,
  candidates: 4,
  crossEntropy: true,
  edits: 'source',
  start: 'draft',
};
/** Steps of training after which methods say something of their own. */
const STEPS = 12;

const models = new Map<string, Promise<Trained>>();

/** A model of these settings, trained once. */
function modelOf(settings: Partial<WordsSettings>): Promise<Trained> {
  const key = JSON.stringify(settings);
  const known = models.get(key) ?? trained(settings, STEPS);
  models.set(key, known);
  return known;
}

/** What is said with a setting as it is and as another, as text. */
async function saidBoth(base: Partial<WordsSettings>, name: keyof WordsSettings): Promise<[string, string]> {
  const changes = { [name]: OTHER[name] };
  const model = await modelOf(base);
  const other = words.fields[name].keepsModel ? model : await modelOf({ ...base, ...changes });
  const text = ({ sample }: Trained, asked = {}) =>
    JSON.stringify(sample(24, asked).frames.map((frame) => frame.map((row) => Array.from(row))));
  return [text(model), text(other, changes)];
}

describe.each(METHOD_IDS)('of %s', (method) => {
  const { controls, onlyWith = {} } = METHOD_FACTS[method];

  it.each(controls)(
    'the control %s changes what is said, and is not there where it would not',
    async (name) => {
      expect(OTHER[name], 'the test knows another value').toBeDefined();
      expect(words.fields[name].codec.check(OTHER[name], name)).not.toEqual(USUAL[name]);
      const needed = onlyWith[name];
      // DiffusER has two ways to edit, and what it offers besides holds for both.
      const ways = method === 'diffuser' && name !== 'edits' ? (['birth-death', 'source'] as const) : [];
      for (const way of ways.length > 0 ? ways.map((edits) => ({ method, edits })) : [{ method }]) {
        const on = { ...way, ...(needed && { [needed]: true }) };
        const [as, otherwise] = await saidBoth(on, name);
        expect(otherwise).not.toBe(as);
        expect(controlsOf({ ...USUAL, ...on })).toContain(name);
        if (!needed) continue;
        const off = { ...way, [needed]: false };
        const [without, still] = await saidBoth(off, name);
        expect(still).toBe(without);
        expect(controlsOf({ ...USUAL, ...off })).not.toContain(name);
      }
    },
  );
});
