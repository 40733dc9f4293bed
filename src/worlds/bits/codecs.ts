import { BITS } from '../../core/discrete/bits.ts';
import { type Codec, clip } from '../../experiment/codecs.ts';
import { ConfigError, show } from '../../experiment/errors.ts';

const MOST_PATTERNS = 8;
const HEX = /^[0-9a-f]{5}$/;

const toHex = (pattern: string) => Number.parseInt(pattern, 2).toString(16).padStart(5, '0');
const fromHex = (hex: string) => Number.parseInt(hex, 16).toString(2).padStart(BITS, '0');

/** Patterns of 20 bits, five hexadecimal digits each in links. */
export const patternsCodec: Codec<readonly string[]> = {
  allowed: `1 to ${MOST_PATTERNS} patterns of ${BITS} letters 0 and 1`,
  format: (patterns) => patterns.map(toHex).join('-'),
  parse(text, name, fallback) {
    const words = text.split('-').filter((word) => word !== '');
    const good = words.filter((word) => HEX.test(word)).slice(0, MOST_PATTERNS);
    const warnings = [
      ...words
        .filter((word) => !HEX.test(word))
        .map((word) => `${name}: ${clip(word)} is not five hexadecimal digits; left out.`),
      ...(words.length > MOST_PATTERNS ? [`${name}: only the first ${MOST_PATTERNS} are taken.`] : []),
    ];
    if (good.length > 0) return { value: good.map(fromHex), warnings: warnings.slice(0, 3) };
    return { value: fallback, warnings: [`${name} = ${clip(text)} holds no pattern; using the default.`] };
  },
  check(value, path) {
    const reject = (what: string, problem: string) => new ConfigError(what, problem, patternsCodec.allowed);
    if (!Array.isArray(value)) throw reject(path, `= ${show(value)} is not a list`);
    if (value.length < 1 || value.length > MOST_PATTERNS) throw reject(path, `has ${value.length} patterns`);
    for (const [i, pattern] of value.entries()) {
      const at = `${path}[${i}]`;
      if (typeof pattern !== 'string' || !/^[01]*$/.test(pattern))
        throw reject(at, `= ${show(pattern)} is not of 0 and 1`);
      if (pattern.length !== BITS) throw reject(at, `has ${pattern.length} bits`);
    }
    return [...value];
  },
};

/** Bits by their numbers, from 1. */
export const bitListCodec: Codec<readonly number[]> = {
  allowed: `a list of different whole numbers from 1 to ${BITS}`,
  format: (bits) => bits.join('-'),
  parse(text, name) {
    const words = text.split('-').filter((word) => word !== '');
    const known = words.filter((word) => /^\d{1,2}$/.test(word) && Number(word) >= 1 && Number(word) <= BITS);
    const warnings = words
      .filter((word) => !known.includes(word))
      .map((word) => `${name}: ${clip(word)} is not a number from 1 to ${BITS}; left out.`);
    return { value: sorted(known.map(Number)), warnings: warnings.slice(0, 3) };
  },
  check(value, path) {
    if (!Array.isArray(value))
      throw new ConfigError(path, `= ${show(value)} is not a list`, bitListCodec.allowed);
    for (const [i, bit] of value.entries()) {
      if (!Number.isInteger(bit) || bit < 1 || bit > BITS) {
        throw new ConfigError(`${path}[${i}]`, `= ${show(bit)} is not a bit`, bitListCodec.allowed);
      }
      if (value.indexOf(bit) < i)
        throw new ConfigError(`${path}[${i}]`, `= ${bit} is named twice`, bitListCodec.allowed);
    }
    return sorted(value);
  },
};

const sorted = (bits: readonly number[]) => [...new Set(bits)].toSorted((a, b) => a - b);
