import { ConfigError, show } from './errors.ts';

/** A value read from a link, and what had to be changed to make it valid, in sentences. */
export interface Reading<T> {
  readonly value: T;
  readonly warnings: readonly string[];
}

/** How a kind of value is written in a link, read back, and checked when it comes from a program. */
export interface Codec<T> {
  /** What is allowed, in words: "a whole number from 10 to 1000". */
  readonly allowed: string;
  /** The text for a link; equal texts mean equal values. */
  format(value: T): string;
  /**
   * Reads a link's text. Never throws: takes the nearest valid value, or `fallback` where none is near.
   * @param name the field's name for people, which the warnings begin with
   */
  parse(text: string, name: string, fallback: T): Reading<T>;
  /**
   * The value itself, rounded as far as a link can carry it.
   * @throws ConfigError naming `path` when it is not valid
   */
  check(value: unknown, path: string): T;
}

export interface NumberCodec extends Codec<number> {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
  /** Values that differ by factors: sliders are logarithmic. */
  readonly logarithmic: boolean;
}

export interface ChoiceCodec<T extends string> extends Codec<T> {
  readonly choices: readonly T[];
}

interface NumberOptions {
  readonly integer?: boolean;
  readonly logarithmic?: boolean;
  /** Finer values are rounded to this many decimals, so that links stay short. */
  readonly decimals?: number;
}

/** Longer texts are no number that anybody means. */
const MAX_NUMBER_LENGTH = 64;
const DECIMAL_NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** The number that a link's text is; NaN when it is none. */
function readNumber(text: string): number {
  const trimmed = text.length > MAX_NUMBER_LENGTH ? '' : text.trim();
  return DECIMAL_NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN;
}

/** Finite numbers in [min, max]. */
export function numberCodec(min: number, max: number, options: NumberOptions = {}): NumberCodec {
  const { integer = false, logarithmic = false, decimals } = options;
  const unit = 10 ** (decimals ?? 0);
  // Adding 0 turns −0 into 0, which a link cannot tell apart.
  const round = (value: number) => (decimals === undefined ? value : Math.round(value * unit) / unit) + 0;
  const allowed = `a ${integer ? 'whole ' : ''}number from ${min} to ${max}`;
  return {
    min,
    max,
    integer,
    logarithmic,
    allowed,
    format: String,
    parse(text, name, fallback) {
      const written = readNumber(text);
      const using = (value: number, problem: string) => ({
        value,
        warnings: [`${name} = ${clip(text)} ${problem}; using ${value}.`],
      });
      if (!Number.isFinite(written)) return using(fallback, 'is not a number');
      if (written < min) return using(min, `is below ${min}`);
      if (written > max) return using(max, `is above ${max}`);
      if (integer && !Number.isInteger(written)) return using(Math.round(written), 'is not a whole number');
      return { value: round(written), warnings: [] };
    },
    check(value, path) {
      const reject = (problem: string) => new ConfigError(path, `= ${show(value)} ${problem}`, allowed);
      if (typeof value !== 'number' || !Number.isFinite(value)) throw reject('is not a finite number');
      if (value < min) throw reject(`is below ${min}`);
      if (value > max) throw reject(`is above ${max}`);
      if (integer && !Number.isInteger(value)) throw reject('is not a whole number');
      return round(value);
    },
  };
}

/** Whole numbers from min to max. */
export function integerCodec(min: number, max: number, logarithmic = false): NumberCodec {
  return numberCodec(min, max, { integer: true, logarithmic });
}

/** On or off; 1 or 0 in a link. */
export const booleanCodec: Codec<boolean> = {
  allowed: 'true or false',
  format: (value) => (value ? '1' : '0'),
  parse(text, name, fallback) {
    const word = text.trim().toLowerCase();
    if (['1', 'true', 'on', 'yes'].includes(word)) return { value: true, warnings: [] };
    if (['0', 'false', 'off', 'no'].includes(word)) return { value: false, warnings: [] };
    const using = fallback ? 'on (1)' : 'off (0)';
    return { value: fallback, warnings: [`${name} = ${clip(text)} is neither 0 nor 1; using ${using}.`] };
  },
  check(value, path) {
    if (typeof value === 'boolean') return value;
    throw new ConfigError(path, `= ${show(value)} is not a boolean`, booleanCodec.allowed);
  },
};

/** In a sentence for people, so many of a long list are enough. */
const MOST_NAMED = 5;

const someOf = (choices: readonly string[]): string =>
  choices.length <= MOST_NAMED + 1 ? choices.join(', ') : `${choices.slice(0, MOST_NAMED).join(', ')}, …`;

/** One of a closed set of words. */
export function choiceCodec<const T extends string>(choices: readonly T[]): ChoiceCodec<T> {
  const find = (value: unknown) => choices.find((choice) => choice === value);
  const list = choices.join(', ');
  return {
    choices,
    allowed: `one of ${list}`,
    format: (value) => value,
    parse(text, name, fallback) {
      const choice = find(text.trim().toLowerCase());
      if (choice !== undefined) return { value: choice, warnings: [] };
      const warning = `${name} = ${clip(text)} is not one of ${someOf(choices)}; using ${fallback}.`;
      return { value: fallback, warnings: [warning] };
    },
    check(value, path) {
      const choice = find(value);
      if (choice !== undefined) return choice;
      throw new ConfigError(path, `= ${show(value)} is unknown`, `one of ${list}`);
    },
  };
}

/** A set of distinct words from a closed set, in the set's own order; may be empty. */
export function subsetCodec<const T extends string>(choices: readonly T[]): ChoiceListCodec<T> {
  const one = choiceCodec(choices);
  const inOrder = (chosen: readonly T[]) => choices.filter((choice) => chosen.includes(choice));
  const allowed = `a list of any of ${choices.join(', ')}`;
  return {
    choices,
    allowed,
    format: (value) => inOrder(value).join('~'),
    parse(text, name) {
      const words = text.split('~').filter((word) => word !== '');
      const known = choices.filter((choice) => words.includes(choice));
      const warnings = words
        .filter((word) => !choices.some((choice) => choice === word))
        .map((word) => `${name}: ${clip(word)} is not one of ${someOf(choices)}; left out.`);
      const twice = repeated(words).map((word) => `${name}: ${clip(word)} is listed twice; once is enough.`);
      return { value: known, warnings: [...warnings.slice(0, 3), ...twice.slice(0, 3)] };
    },
    check(value, path) {
      if (!Array.isArray(value)) throw new ConfigError(path, `= ${show(value)} is not a list`, allowed);
      return inOrder(value.map((word, i) => one.check(word, `${path}[${i}]`)));
    },
  };
}

export interface ChoiceListCodec<T extends string> extends Codec<readonly T[]> {
  readonly choices: readonly T[];
}

/** The words that come more than once, each once. */
export function repeated(words: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const word of words) (seen.has(word) ? again : seen).add(word);
  return [...again];
}

/** Text from a link as a warning shows it. */
export function clip(text: string): string {
  const line = text.slice(0, 200).replace(/\s+/g, ' ').trim();
  if (line === '') return '(nothing)';
  return line.length > 24 ? `${line.slice(0, 21)}…` : line;
}
