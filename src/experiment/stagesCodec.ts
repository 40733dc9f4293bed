import { type AnyView, type StageConfig, viewOf, views } from '../views/index.ts';
import type { Part } from '../views/types.ts';
import { type Codec, clip, integerCodec, type Reading } from './codecs.ts';
import { ConfigError, show } from './errors.ts';
import { cutAtFirst, named } from './positionalStages.ts';
import { formatWords, parseWords } from './stageWords.ts';

export const MAX_STAGES = 6;

/**
 * Stages left to right, joined by "~": the letter of the view, then by name what differs from a new stage,
 * `f_layers(ps)~r_sampler(heun)steps(30)grid(karras)rho(3)~s`.
 */
export const stagesCodec: Codec<readonly StageConfig[]> = {
  allowed: `a list of 1 to ${MAX_STAGES} stages of kind ${views.map(({ kind }) => kind).join(', ')}`,
  format: (stages) => stages.map(formatStage).join('~'),
  parse(text, name, fallback) {
    const words = text.split('~').filter((word) => word !== '');
    const warnings: string[] = [];
    if (words.length > MAX_STAGES) {
      warnings.push(`${name}: ${words.length} are above ${MAX_STAGES}; using the first ${MAX_STAGES}.`);
    }
    const stages: StageConfig[] = [];
    for (const [i, word] of words.slice(0, MAX_STAGES).entries()) {
      const reading = parseStage(word, `Stage ${i + 1}`);
      warnings.push(...reading.warnings);
      if (reading.value !== null) stages.push(reading.value);
    }
    if (stages.length > 0) return { value: stages, warnings };
    return {
      value: fallback,
      warnings: [...warnings, `${name}: none could be read; using the default stages.`],
    };
  },
  check(value, path) {
    if (!Array.isArray(value))
      throw new ConfigError(path, `= ${show(value)} is not a list`, stagesCodec.allowed);
    if (value.length < 1 || value.length > MAX_STAGES) {
      throw new ConfigError(path, `has ${value.length} stages`, stagesCodec.allowed);
    }
    return value.map((stage, i) => checkStage(stage, `${path}[${i}]`));
  },
};

const idCodec = integerCodec(0, 1e9);

const KINDS = views.map(({ kind }) => kind).join(', ');

function formatStage(stage: StageConfig): string {
  const view = viewOf(stage);
  const words = formatParts(view, stage);
  return words === '' ? view.letter : `${view.letter}_${words}`;
}

/** A stage of a view, with what depends on other settings filled in where nobody said it. */
function filled({ kind, fill }: AnyView, settings: object, given: ReadonlySet<string>, id = 0): StageConfig {
  const stage = { id, kind, ...settings } as StageConfig;
  return fill ? fill(stage, (setting) => given.has(setting)) : stage;
}

function parseStage(word: string, name: string): Reading<StageConfig | null> {
  const [letter, text] = cutAtFirst(named(word), '_');
  const view = views.find((each) => each.letter === letter);
  if (view === undefined) {
    return { value: null, warnings: [`${name} = ${clip(word)} cannot be read; left out.`] };
  }
  const { value, given, warnings } = parseParts(view.parts, text, name);
  return { value: filled(view, value, given), warnings };
}

function checkStage(stage: unknown, path: string): StageConfig {
  if (typeof stage !== 'object' || stage === null) {
    throw new ConfigError(path, `= ${show(stage)} is not an object`, stagesCodec.allowed);
  }
  const kind = 'kind' in stage ? stage.kind : undefined;
  const view = views.find((each) => each.kind === kind);
  if (view === undefined) {
    throw new ConfigError(`${path}.kind`, `= ${show(kind)} is unknown`, `one of ${KINDS}`);
  }
  const given = new Set(Object.entries(stage).flatMap(([key, value]) => (value === undefined ? [] : [key])));
  const id = 'id' in stage && stage.id !== undefined ? idCodec.check(stage.id, `${path}.id`) : 0;
  return filled(view, checkParts(view.parts, stage, path), given, id);
}

type AnyParts = Readonly<Record<string, Part<unknown>>>;

/** Settings that the link lacks are the fallbacks. */
function parseParts(
  parts: AnyParts,
  text: string,
  name: string,
): Reading<object> & { readonly given: ReadonlySet<string> } {
  const entries = Object.entries(parts);
  const known = entries.map(([, { word }]) => word);
  const { words, twice, rest } = parseWords(text);
  const others = Array.from(words).filter(([word]) => !known.includes(word));
  const warnings = twice.map((word) => `${name}: ${clip(word)} is set twice; using the last.`);
  if (rest !== '') warnings.push(`${name}: ${clip(rest)} cannot be read; left out.`);
  const given = new Set<string>();
  const settings = entries.map(([key, { word, name: setting, codec, fallback }]) => {
    const own = word === '*' ? formatWords(others) : words.get(word);
    if (own === undefined) return [key, fallback];
    given.add(key);
    const reading = codec.parse(own, word === '*' ? name : `${name}, ${setting}`, fallback);
    warnings.push(...reading.warnings);
    return [key, reading.value];
  });
  if (others.length > 0 && !known.includes('*')) {
    warnings.push(`${name}: ${clip(formatWords(others))} cannot be read; left out.`);
  }
  return { value: Object.fromEntries(settings), given, warnings };
}

/** What differs from what a link that lacks it would be read as. */
function formatParts({ parts, fill }: AnyView, stage: StageConfig): string {
  return Object.entries<Part<unknown>>(parts)
    .map(([key, { codec, fallback, word }]) => {
      const without = { ...stage, [key]: fallback };
      const implied = fill ? fill(without, (setting) => setting !== key) : without;
      const text = codec.format(settingOf(stage, key));
      if (text === codec.format(settingOf(implied, key))) return '';
      return word === '*' ? text : formatWords([[word, text]]);
    })
    .join('');
}

const settingOf = (stage: StageConfig, key: string): unknown => new Map(Object.entries(stage)).get(key);

function checkParts(parts: AnyParts, stage: object, path: string): object {
  for (const key of Object.keys(stage)) {
    if (key !== 'id' && key !== 'kind' && !Object.hasOwn(parts, key)) {
      throw new ConfigError(
        `${path}.${key}`,
        'is not a setting of this stage',
        Object.keys(parts).join(', '),
      );
    }
  }
  const given = new Map<string, unknown>(Object.entries(stage));
  return Object.fromEntries(
    Object.entries(parts).map(([key, { codec, fallback }]) => {
      const value = given.get(key);
      return [key, value === undefined ? fallback : codec.check(value, `${path}.${key}`)];
    }),
  );
}
