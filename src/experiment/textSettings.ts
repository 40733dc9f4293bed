import { type Codec, clip } from './codecs.ts';

/** Settings as a link carries them for whoever is loaded later: by letters, what differs from the default. */
export type Texts = Readonly<Record<string, string>>;

/** How a setting is written and read. */
export type TextCodec<T> = Pick<Codec<T>, 'format' | 'parse'>;

/** One such setting. */
export interface TextField<T> {
  /** For people: labels and warnings begin with it. */
  readonly name: string;
  /** Its letters in links; each its own. */
  readonly key: string;
  readonly default: T;
  readonly codec: TextCodec<T>;
}

export type TextFieldsOf<S> = { readonly [K in keyof S]: TextField<S[K]> };

/** The settings nearest to what a link says; never throws. `warnings` tells what was changed, in sentences. */
export function readTexts<S extends object>(
  fields: TextFieldsOf<S>,
  texts: Texts,
): { readonly settings: S; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const read = <K extends keyof S>(name: K): S[K] => {
    const { key, codec, default: usual, name: label } = fields[name];
    const text = texts[key];
    if (text === undefined) return usual;
    const reading = codec.parse(text, label, usual);
    warnings.push(...reading.warnings);
    return reading.value;
  };
  const entries = namesIn(fields).map((name) => [name, read(name)]);
  return { settings: Object.fromEntries(entries) as S, warnings };
}

/**
 * In sentences, the letters that are nobody's.
 * @param others what the letters of settings elsewhere begin with
 * @param whose what has no such setting, as the subject of a sentence
 */
export function unknownLetters<S extends object>(
  fields: TextFieldsOf<S>,
  texts: Texts,
  others: string,
  whose: string,
): readonly string[] {
  const own = namesIn(fields).map((name) => fields[name].key);
  return Object.keys(texts)
    .filter((key) => !own.includes(key) && !others.includes(key.charAt(0)))
    .map((key) => `${whose} has no setting “${clip(key)}”; left out.`);
}

/** What differs from the default, as texts. */
export function writeTexts<S extends object>(fields: TextFieldsOf<S>, settings: S): Texts {
  const pairs = namesIn(fields).flatMap((name) => {
    const { key, codec, default: usual } = fields[name];
    const text = codec.format(settings[name]);
    return text === codec.format(usual) ? [] : [[key, text]];
  });
  return Object.fromEntries(pairs) as Texts;
}

/** Those texts without the ones of some settings. */
export function withoutTexts<S extends object>(fields: TextFieldsOf<S>, texts: Texts): Texts {
  const own = namesIn(fields).map((name) => fields[name].key);
  return Object.fromEntries(Object.entries(texts).filter(([key]) => !own.includes(key)));
}

const namesIn = <S extends object>(fields: TextFieldsOf<S>) => Object.keys(fields) as (keyof S & string)[];

/** A list joined by "_". What cannot be read is left out. @param one its `parse` reads `usual` where it can read nothing */
export function listCodec<T>(one: Codec<T>, usual: T, most: number): TextCodec<readonly T[]> {
  return {
    format: (values) => values.map((value) => one.format(value)).join('_') || '0',
    parse(text, name) {
      const words = text === '0' ? [] : text.split('_').filter((word) => word !== '');
      const readings = words.map((word) => one.parse(word, name, usual));
      const odd = words.filter((_, i) => readings[i]!.warnings.length > 0);
      const values = readings.filter(({ warnings }) => warnings.length === 0).map(({ value }) => value);
      const warnings = odd
        .slice(0, 3)
        .map((word) => `${name}: ${clip(word)} is not ${one.allowed}; left out.`);
      return { value: [...new Set(values)].slice(0, most), warnings };
    },
  };
}
