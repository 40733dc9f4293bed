import { type Codec, choiceCodec, clip } from './codecs.ts';
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
      const unknown = text.replace(/0/g, '').length - value.length;
      return {
        value,
        warnings: unknown === 0 ? [] : [`${name} = ${clip(text)} has unknown letters; left out.`],
      };
    },
    check(value, path) {
      if (!Array.isArray(value)) throw new ConfigError(path, `= ${show(value)} is not a list`, allowed);
      const chosen = value.map((word, i) => one.check(word, `${path}[${i}]`));
      return choices.filter((choice) => chosen.includes(choice));
    },
  };
}

function keysOf<T extends string>(record: Readonly<Record<T, string>>): readonly T[] {
  return Object.keys(record) as T[];
}
