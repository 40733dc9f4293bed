import { type Codec, choiceCodec, clip, repeated } from './codecs.ts';
import { ConfigError, show } from './errors.ts';

/** A choice written as one or two letters, for lists of settings in a link. */
export function letterCodec<T extends string>(letters: Readonly<Record<T, string>>): Codec<T> {
  const choices = keysOf(letters);
  return {
    ...choiceCodec(choices),
    format: (value) => letters[value],
    parse(text, name, fallback) {
      const value = choices.find((choice) => letters[choice] === text);
      if (value !== undefined) return { value, warnings: [] };
      return { value: fallback, warnings: [`${name} = ${clip(text)} is unknown; using ${fallback}.`] };
    },
  };
}

/** A set of choices written as a run of single letters; "0" for none. */
export function letterSetCodec<T extends string>(letters: Readonly<Record<T, string>>): Codec<readonly T[]> {
  const choices = keysOf(letters);
  const one = choiceCodec(choices);
  const allowed = `a list of any of ${choices.join(', ')}`;
  return {
    allowed,
    format: (value) =>
      choices.map((choice) => (value.includes(choice) ? letters[choice] : '')).join('') || '0',
    parse(text, name) {
      const value = choices.filter((choice) => text.includes(letters[choice]));
      const given = [...text.replace(/0/g, '')];
      const unknown = given.some((letter) => !choices.some((choice) => letters[choice] === letter));
      const twice = repeated(given).length > 0;
      return {
        value,
        warnings: [
          ...(unknown ? [`${name} = ${clip(text)} has unknown letters; left out.`] : []),
          ...(twice ? [`${name} = ${clip(text)} has a letter twice; once is enough.`] : []),
        ],
      };
    },
    check(value, path) {
      if (!Array.isArray(value)) throw new ConfigError(path, `= ${show(value)} is not a list`, allowed);
      const chosen = value.map((word, i) => one.check(word, `${path}[${i}]`));
      return choices.filter((choice) => chosen.includes(choice));
    },
  };
}

/** Some of the choices, each once, in an order of the person's: single letters; "0" for none. */
export function letterListCodec<T extends string>(
  letters: Readonly<Record<T, string>>,
): Codec<readonly T[]> & { readonly ordered: readonly T[] } {
  const choices = keysOf(letters);
  const set = letterSetCodec(letters);
  const one = choiceCodec(choices);
  const of = (letter: string) => choices.find((choice) => letters[choice] === letter);
  return {
    allowed: `a list, in any order, of any of ${choices.join(', ')}`,
    ordered: choices,
    format: (value) => value.map((choice) => letters[choice]).join('') || '0',
    parse(text, name, fallback) {
      const value = [...new Set([...text].flatMap((letter) => of(letter) ?? []))];
      return { value, warnings: set.parse(text, name, fallback).warnings };
    },
    check(value, path) {
      set.check(value, path);
      const chosen = (value as readonly unknown[]).map((word, i) => one.check(word, `${path}[${i}]`));
      const [twice] = repeated(chosen);
      if (twice !== undefined) throw new ConfigError(path, `has ${show(twice)} twice`, 'each at most once');
      return chosen;
    },
  };
}

function keysOf<T extends string>(record: Readonly<Record<T, string>>): readonly T[] {
  return Object.keys(record) as T[];
}
