import { clips } from '../core/samplers/clips.ts';
import { samplers } from '../core/samplers/index.ts';
import { timeGrids } from '../core/timeGrids/index.ts';
import {
  booleanCodec,
  type Codec,
  choiceCodec,
  clip,
  integerCodec,
  numberCodec,
  type Reading,
} from './codecs.ts';
import { ConfigError, show } from './errors.ts';
import { letterCodec, letterSetCodec } from './letterCodecs.ts';
import { MAX_CLASSES } from './pointsTableCodec.ts';
import { MOST_STEPS, stageNumbersCodec, usualSteps } from './stageParameters.ts';
import { formatWords, parseWords } from './stageWords.ts';
import { tauCodec } from './tauCodec.ts';
import type { AskedClass, ForwardStage, Layer, ReverseStage, ScoreStage, StageConfig } from './types.ts';

export const MAX_STAGES = 6;

/** What each setting of a stage is called, takes, and is when a link lacks it; in the order of a link. */
interface Part<T> {
  readonly name: string;
  readonly codec: Codec<T>;
  readonly fallback: T;
  /** Written by this name, after the others, and only where it differs; '*' stands for all names that are no other's. */
  readonly word?: string;
}
type Parts<S> = { readonly [K in Exclude<keyof S, 'kind'>]: Part<S[K]> };

const layers: Part<readonly Layer[]> = {
  name: 'layers',
  codec: letterSetCodec<Layer>({
    points: 'p',
    density: 'd',
    trails: 't',
    'x0-hat': 'x',
    arrows: 'a',
    mesh: 'm',
    data: 's',
  }),
  fallback: ['points'],
};

const ASKED_CLASS = {
  ofClass: { name: 'class', codec: integerCodec(0, MAX_CLASSES), fallback: 0, word: 'class' },
  guidance: { name: 'guidance w', codec: numberCodec(-1, 5, { decimals: 2 }), fallback: 0, word: 'guidance' },
} as const satisfies { readonly [K in keyof AskedClass]: Part<AskedClass[K]> };

const FORWARD: Parts<ForwardStage> = {
  mode: { name: 'mode', codec: letterCodec({ 'closed-form': 'c', chain: 'm' }), fallback: 'closed-form' },
  layers,
};

/** Settings of a reverse stage, for controls to read ranges and choices from. */
export const REVERSE_STAGE = {
  sampler: { name: 'sampler', codec: choiceCodec(samplers.entries.map(({ id }) => id)), fallback: 'ddim' },
  nSteps: { name: 'steps S', codec: integerCodec(1, MOST_STEPS), fallback: usualSteps('ddim') },
  eta: { name: 'η', codec: numberCodec(0, 1, { decimals: 3 }), fallback: 0 },
  variance: {
    name: 'variance',
    codec: letterCodec({ beta: 'b', 'beta-tilde': 'bt', learned: 'lv' }),
    fallback: 'beta-tilde',
  },
  timeGrid: { name: 'τ', codec: choiceCodec(timeGrids.entries.map(({ id }) => id)), fallback: 'linear' },
  denoiser: { name: 'denoiser', codec: letterCodec({ learned: 'l', exact: 'e' }), fallback: 'learned' },
  layers,
  tau: { name: 'listed steps', codec: tauCodec, fallback: [], word: 'tau' },
  clip: {
    name: 'clipping',
    codec: choiceCodec(clips.entries.map(({ id }) => id)),
    fallback: 'none',
    word: 'clip',
  },
  tweedie: { name: 'last denoising', codec: booleanCodec, fallback: true, word: 'tweedie' },
  direction: {
    name: 'direction',
    codec: choiceCodec(['sample', 'encode']),
    fallback: 'sample',
    word: 'direction',
  },
  ...ASKED_CLASS,
  parameters: { name: 'numbers', codec: stageNumbersCodec, fallback: {}, word: '*' },
} as const satisfies Parts<ReverseStage>;

const SCORE: Parts<ScoreStage> = {
  source: {
    name: 'source',
    codec: letterCodec({ learned: 'l', exact: 'e', error: 'd' }),
    fallback: 'learned',
  },
  layers: { ...layers, fallback: [] },
  ...ASKED_CLASS,
};

/** The stage a person adds, before they change it. */
export const newStage = {
  forward: { kind: 'forward', ...fallbacks(FORWARD) },
  reverse: { kind: 'reverse', ...fallbacks<ReverseStage>(REVERSE_STAGE) },
  score: { kind: 'score', ...fallbacks(SCORE) },
} satisfies Record<StageConfig['kind'], StageConfig>;

/**
 * Stages left to right, joined by "~"; the settings of each joined by "_":
 * `f_c_ps~r_ddim_20_0_bt_linear_l_pt~s_l_0`. Settings that are rarely set come last, by name:
 * `r_heun_20_0_bt_karras_l_p_clip(limit)class(2)rho(3)sChurn(20)`.
 */
export const stagesCodec: Codec<readonly StageConfig[]> = {
  allowed: `a list of 1 to ${MAX_STAGES} stages of kind forward, reverse or score`,
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

function formatStage(stage: StageConfig): string {
  switch (stage.kind) {
    case 'forward':
      return ['f', ...formatParts(FORWARD, stage)].join('_');
    case 'reverse':
      return ['r', ...formatParts<ReverseStage>(REVERSE_STAGE, stage)].join('_');
    case 'score':
      return ['s', ...formatParts(SCORE, stage)].join('_');
  }
}

function parseStage(word: string, name: string): Reading<StageConfig | null> {
  const [kind, ...texts] = word.split('_');
  switch (kind) {
    case 'f': {
      const { value, warnings } = parseParts(FORWARD, texts, name);
      return { value: { kind: 'forward', ...value }, warnings };
    }
    case 'r': {
      const { value, warnings } = parseParts<ReverseStage>(REVERSE_STAGE, texts, name);
      // The second of them says how many steps.
      const steps = texts.length < 2 && { nSteps: usualSteps(value.sampler) };
      return { value: { kind: 'reverse', ...value, ...steps }, warnings };
    }
    case 's': {
      const { value, warnings } = parseParts(SCORE, texts, name);
      return { value: { kind: 'score', ...value }, warnings };
    }
    default:
      return { value: null, warnings: [`${name} = ${clip(word)} cannot be read; left out.`] };
  }
}

function checkStage(stage: unknown, path: string): StageConfig {
  if (typeof stage !== 'object' || stage === null) {
    throw new ConfigError(path, `= ${show(stage)} is not an object`, stagesCodec.allowed);
  }
  const kind = 'kind' in stage ? stage.kind : undefined;
  switch (kind) {
    case 'forward':
      return { kind, ...checkParts(FORWARD, stage, path) };
    case 'reverse':
      return checkReverse(stage, path);
    case 'score':
      return { kind, ...checkParts(SCORE, stage, path) };
    default:
      throw new ConfigError(`${path}.kind`, `= ${show(kind)} is unknown`, 'one of forward, reverse, score');
  }
}

function checkReverse(stage: object, path: string): ReverseStage {
  const checked = checkParts<ReverseStage>(REVERSE_STAGE, stage, path);
  const says = 'nSteps' in stage && stage.nSteps !== undefined;
  return { kind: 'reverse', ...checked, ...(!says && { nSteps: usualSteps(checked.sampler) }) };
}

type Settings<S> = { [K in Exclude<keyof S, 'kind'>]: S[K] };

function keysOf<S>(parts: Parts<S>): readonly (keyof Parts<S>)[] {
  return Object.keys(parts) as (keyof Parts<S>)[];
}

/** Fills in every setting of a stage, one by one. */
function settings<S>(
  parts: Parts<S>,
  each: <T>(part: Part<T>, key: string, index: number) => T,
): Settings<S> {
  const filled: Partial<Settings<S>> = {};
  for (const [index, key] of keysOf(parts).entries()) filled[key] = each(parts[key], String(key), index);
  return filled as Settings<S>;
}

function fallbacks<S>(parts: Parts<S>): Settings<S> {
  return settings(parts, ({ fallback }) => fallback);
}

function formatParts<S extends StageConfig>(parts: Parts<S>, stage: S): readonly string[] {
  const texts: string[] = [];
  let words = '';
  for (const key of keysOf(parts)) {
    const { codec, fallback, word } = parts[key];
    const text = codec.format(stage[key]);
    if (word === undefined) texts.push(text);
    else if (text !== codec.format(fallback)) words += word === '*' ? text : formatWords([[word, text]]);
  }
  return words === '' ? texts : [...texts, words];
}

/** Settings that the link lacks are the fallbacks. */
function parseParts<S>(parts: Parts<S>, texts: readonly string[], name: string): Reading<Settings<S>> {
  const named = keysOf(parts).map((key) => parts[key].word);
  const { words, twice, rest } = parseWords(
    texts.slice(named.filter((word) => word === undefined).length).join('_'),
  );
  const others = Array.from(words).filter(([word]) => !named.includes(word));
  const warnings = twice.map((word) => `${name}: ${clip(word)} is set twice; using the last.`);
  if (rest !== '') warnings.push(`${name}: ${clip(rest)} cannot be read; left out.`);
  const textOf = ({ word }: Pick<Part<unknown>, 'word'>, index: number): string | undefined => {
    if (word === undefined) return texts[index];
    return word === '*' ? formatWords(others) : words.get(word);
  };
  const value = settings(parts, (part, _, index) => {
    const text = textOf(part, index);
    if (text === undefined) return part.fallback;
    const about = part.word === '*' ? name : `${name}, ${part.name}`;
    const reading = part.codec.parse(text, about, part.fallback);
    warnings.push(...reading.warnings);
    return reading.value;
  });
  if (others.length > 0 && !named.includes('*')) {
    warnings.push(`${name}: ${clip(formatWords(others))} cannot be read; left out.`);
  }
  return { value, warnings };
}

function checkParts<S>(parts: Parts<S>, stage: object, path: string): Settings<S> {
  for (const key of Object.keys(stage)) {
    if (key !== 'kind' && !Object.hasOwn(parts, key)) {
      throw new ConfigError(`${path}.${key}`, 'is not a setting of this stage', keysOf(parts).join(', '));
    }
  }
  const given = new Map<string, unknown>(Object.entries(stage));
  return settings(parts, (part, key) => {
    const value = given.get(key);
    return value === undefined ? part.fallback : part.codec.check(value, `${path}.${key}`);
  });
}
