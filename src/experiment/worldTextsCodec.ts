import type { WorldTexts } from '../worlds/world.ts';
import { type Codec, clip } from './codecs.ts';
import { ConfigError, show } from './errors.ts';

const KEY = /^[A-Za-z][A-Za-z0-9]{0,11}$/;
const MOST_LENGTH = 2000;

const escaped = (text: string) => encodeURIComponent(text).replaceAll('~', '%7E');

/** The settings of a world other than Points as `key:text~key:text`; what they mean is that world's to say, once it is loaded. */
export const worldTextsCodec: Codec<WorldTexts> = {
  allowed: 'texts by the letters of the world’s settings',
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
      throw new ConfigError(path, `= ${show(value)} is not an object`, worldTextsCodec.allowed);
    }
    for (const [key, text] of Object.entries(value)) {
      if (!KEY.test(key) || typeof text !== 'string' || text.length > MOST_LENGTH) {
        throw new ConfigError(`${path}.${key}`, `= ${show(text)} is not a text`, worldTextsCodec.allowed);
      }
    }
    return { ...value } as WorldTexts;
  },
};

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
