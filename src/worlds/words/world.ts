import { ATTRIBUTE_IDS, ATTRIBUTES, type AttributeId } from '../../core/words/attributes.ts';
import { type Asked, canBe } from '../../core/words/control.ts';
import { L, SYMBOLS, sentenceOf } from '../../core/words/language.ts';
import { WORD_NOISES } from '../../core/words/noise.ts';
import {
  booleanCodec,
  type Codec,
  choiceCodec,
  clip,
  integerCodec,
  numberCodec,
} from '../../experiment/codecs.ts';
import { ConfigError, show } from '../../experiment/errors.ts';
import { letterSetCodec } from '../../experiment/letterCodecs.ts';
import type { World } from '../world.ts';
import {
  BLOCKS,
  CONTROL_WAYS,
  METHOD_IDS,
  type MethodId,
  ORDERS,
  PROJECTIONS,
  STARTS,
  USUAL,
  type WordsSettings,
} from './settings.ts';

/** A sentence in a link: a letter for each symbol, a … o. */
const LETTERS = 'abcdefghijklmno';
const probeCodec: Codec<readonly number[]> = {
  allowed: `a sentence of at most ${L} words and [M], or ${L} whole numbers from 0 to ${SYMBOLS.length - 1}`,
  format: (probe) => probe.map((symbol) => LETTERS[symbol]).join(''),
  parse(text, name, fallback) {
    const symbols = Array.from(text, (letter) => LETTERS.indexOf(letter));
    if (symbols.length === L && !symbols.includes(-1)) return { value: symbols, warnings: [] };
    return {
      value: fallback,
      warnings: [`${name} = ${clip(text)} is not ${L} letters from a to o; using the default.`],
    };
  },
  check(value, path) {
    const isSymbol = (one: unknown) =>
      Number.isInteger(one) && (one as number) >= 0 && (one as number) < SYMBOLS.length;
    if (Array.isArray(value) && value.length === L && value.every(isSymbol)) return [...value];
    if (typeof value === 'string') return [...sentenceNamed(value, path)];
    throw new ConfigError(path, `= ${show(value)} is not a sentence`, probeCodec.allowed);
  },
};

function sentenceNamed(text: string, path: string): Int32Array {
  try {
    return sentenceOf(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ConfigError(path, `is no sentence: ${error.message.replace(/\.$/, '')}`, probeCodec.allowed);
  }
}

/** Values of attributes in a link: number-plural.near-with */
const controlCodec: Codec<Asked> = {
  allowed: `an object of some of ${ATTRIBUTE_IDS.map((id) => `${id}: ${ATTRIBUTES[id].values.join(' or ')}`).join('; ')}`,
  format: (asked) => ATTRIBUTE_IDS.flatMap((id) => (asked[id] ? [`${id}-${asked[id]}`] : [])).join('.'),
  parse(text, name, fallback) {
    const pairs = text === '' ? [] : text.split('.').map((pair) => pair.split('-'));
    try {
      return { value: controlCodec.check(Object.fromEntries(pairs), name), warnings: [] };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return { value: fallback, warnings: [`${error.message} Using the default.`] };
    }
  },
  check(value, path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new ConfigError(path, `= ${show(value)} is not an object`, controlCodec.allowed);
    for (const [id, wanted] of Object.entries(value)) {
      const values: readonly unknown[] | undefined = ATTRIBUTE_IDS.some((known) => known === id)
        ? ATTRIBUTES[id as AttributeId].values
        : undefined;
      if (!values) throw new ConfigError(path, `asks for ${show(id)}`, ATTRIBUTE_IDS.join(', '));
      if (!values.includes(wanted))
        throw new ConfigError(`${path}.${id}`, `= ${show(wanted)} is unknown`, values.join(', '));
    }
    const asked = { ...value } as Asked;
    if (!canBe(asked)) throw new ConfigError(path, 'asks for what no sentence has', 'less at once');
    return asked;
  },
};

const METHOD_LETTERS: Readonly<Record<MethodId, string>> = {
  'any-order': 'a',
  bert: 'b',
  gpt: 'g',
  bart: 'r',
  d3pm: 'd',
  'ssd-lm': 's',
  'diffusion-lm': 'l',
  diffuseq: 'q',
  diffuser: 'e',
};

/** The language of 14 words, and every method of the sources that diffuses text. */
export const words: World<WordsSettings> = {
  id: 'words',
  name: 'Words',
  sentence:
    'A language of 14 words, small enough that every answer is known: each method of text diffusion learns it in seconds, beside the exact one.',
  fields: {
    method: { name: 'Method', key: 'm', default: USUAL.method, codec: choiceCodec(METHOD_IDS) },
    matrix: { name: 'Transition matrix', key: 'q', default: USUAL.matrix, codec: choiceCodec(WORD_NOISES) },
    nChain: { name: 'Steps T', key: 'T', default: USUAL.nChain, codec: integerCodec(1, 100, true) },
    lambda: {
      name: 'λ of cross-entropy',
      key: 'la',
      default: USUAL.lambda,
      codec: numberCodec(0, 1, { decimals: 4 }),
    },
    order: { name: 'Order', key: 'o', default: USUAL.order, codec: choiceCodec(ORDERS), keepsModel: true },
    wordsPerStep: {
      name: 'Words per step',
      key: 'p',
      default: USUAL.wordsPerStep,
      codec: integerCodec(1, L),
      keepsModel: true,
    },
    temperature: {
      name: 'Temperature',
      key: 'te',
      default: USUAL.temperature,
      codec: numberCodec(0.05, 2, { decimals: 3 }),
      keepsModel: true,
    },
    topP: {
      name: 'Top p',
      key: 'tp',
      default: USUAL.topP,
      codec: numberCodec(0.05, 1, { decimals: 3 }),
      keepsModel: true,
    },
    steps: {
      name: 'Sampling steps',
      key: 's',
      default: USUAL.steps,
      codec: integerCodec(1, 200, true),
      keepsModel: true,
    },
    block: { name: 'Block', key: 'B', default: USUAL.block, codec: choiceCodec(BLOCKS) },
    simplex: {
      name: 'Simplex K',
      key: 'K',
      default: USUAL.simplex,
      codec: numberCodec(1, 5, { decimals: 2 }),
    },
    softmaxInput: {
      name: 'Show the network the softmax',
      key: 'sx',
      default: USUAL.softmaxInput,
      codec: booleanCodec,
    },
    projection: {
      name: 'Projection',
      key: 'pr',
      default: USUAL.projection,
      codec: choiceCodec(PROJECTIONS),
      keepsModel: true,
    },
    control: { name: 'Control y', key: 'y', default: USUAL.control, codec: controlCodec, keepsModel: true },
    controlWay: {
      name: 'Led by',
      key: 'yb',
      default: USUAL.controlWay,
      codec: choiceCodec(CONTROL_WAYS),
      keepsModel: true,
    },
    controlScale: {
      name: 'Strength s',
      key: 'yw',
      default: USUAL.controlScale,
      codec: numberCodec(0.01, 100, { logarithmic: true, decimals: 4 }),
      keepsModel: true,
    },
    dimension: { name: 'Dimension d', key: 'd', default: USUAL.dimension, codec: integerCodec(2, 16) },
    learnedEmbeddings: {
      name: 'Learned embeddings',
      key: 'le',
      default: USUAL.learnedEmbeddings,
      codec: booleanCodec,
    },
    predicts: {
      name: 'Network predicts',
      key: 'np',
      default: USUAL.predicts,
      codec: choiceCodec(['x0', 'noise']),
    },
    clamp: { name: 'Clamp to words', key: 'cl', default: USUAL.clamp, codec: booleanCodec, keepsModel: true },
    candidates: {
      name: 'Candidates',
      key: 'c',
      default: USUAL.candidates,
      codec: integerCodec(1, 16),
      keepsModel: true,
    },
    crossEntropy: {
      name: 'Learn by cross-entropy',
      key: 'ce',
      default: USUAL.crossEntropy,
      codec: booleanCodec,
    },
    edits: { name: 'Edits', key: 'e', default: USUAL.edits, codec: choiceCodec(['birth-death', 'source']) },
    start: {
      name: 'Start from',
      key: 'st',
      default: USUAL.start,
      codec: choiceCodec(STARTS),
      keepsModel: true,
    },
    rows: { name: 'Sentences', key: 'k', default: USUAL.rows, codec: integerCodec(4, 48), keepsModel: true },
    probe: {
      name: 'Sentence asked about',
      key: 'a',
      default: USUAL.probe,
      codec: probeCodec,
      keepsModel: true,
    },
    infill: {
      name: 'Fill this sentence on the stages',
      key: 'i',
      default: USUAL.infill,
      codec: booleanCodec,
      keepsModel: true,
    },
    compared: {
      name: 'Methods compared',
      key: 'sb',
      default: USUAL.compared,
      codec: letterSetCodec(METHOD_LETTERS),
      pageAlone: true,
    },
    budgetSteps: {
      name: 'Training budget',
      key: 'n',
      default: USUAL.budgetSteps,
      codec: integerCodec(1, 100_000, true),
      keepsModel: true,
    },
    seed: { name: 'Seed', key: 'seed', default: USUAL.seed, codec: integerCodec(0, 2 ** 32 - 1) },
  },
  stages: [
    { kind: 'forward', title: 'Noising' },
    { kind: 'learned', title: 'Learned' },
    { kind: 'factorised', title: 'Exact, word by word' },
    { kind: 'exact', title: 'Exact' },
  ],
  measures: ['bound', 'exactBound', 'probe', 'pair', 'plane', 'rounding', 'control'],
};
