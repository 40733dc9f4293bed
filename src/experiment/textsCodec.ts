import { type Codec, clip } from './codecs.ts';
import { ConfigError, show } from './errors.ts';
import type { Texts } from './textSettings.ts';

const KEY = /^[A-Za-z][A-Za-z0-9]{0,11}$/;
const MOST_LENGTH = 2000;

const escaped = (text: string) => encodeURIComponent(text).replaceAll('~', '%7E');

/** Settings as `key:text~key:text`; what they mean is to be said by whoever is loaded for them. */
const textsCodec = (allowed: string): Codec<Texts> => ({
  allowed,
  format: (texts) =>
    Object.keys(texts)
      .toSorted()
      .map((key) => `${key}:${escaped(texts[key]!)}`)
      .join('~'),
  parse(text, name) {
    const texts: Record<string, string> = {};
    const warnings: string[] = [];
    for (const word of text.split('~').filter((part) => part !== '')) {
      const [key = '', ...rest] = word.split(':');
      const value = decoded(rest.join(':'));
      if (!KEY.test(key) || value === null || value.length > MOST_LENGTH) {
        warnings.push(`${name}: ${clip(word)} is not a setting with its value, such as T:100; left out.`);
      } else texts[key] = value;
    }
    return { value: texts, warnings: warnings.slice(0, 3) };
  },
  check(value, path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ConfigError(path, `= ${show(value)} is not an object`, allowed);
    }
    for (const [key, text] of Object.entries(value)) {
      if (!KEY.test(key) || typeof text !== 'string' || text.length > MOST_LENGTH) {
        throw new ConfigError(`${path}.${key}`, `= ${show(text)} is not a text`, allowed);
      }
    }
    return { ...value } as Texts;
  },
});

/** Those of a world other than Points. */
export const worldTextsCodec = textsCodec('texts by the letters of the world’s settings');

/** Those of all comparisons, whose letters differ. */
export const comparisonTextsCodec = textsCodec('texts by the letters of the comparisons’ settings');

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
