import type { Asked } from '../../core/words/control.ts';
import { sentenceOf } from '../../core/words/language.ts';
import type { WordNoiseId } from '../../core/words/noise.ts';
import type { CommonSettings } from '../world.ts';

export const METHOD_IDS = [
  'any-order',
  'bert',
  'gpt',
  'bart',
  'd3pm',
  'ssd-lm',
  'diffusion-lm',
  'diffuseq',
  'diffuser',
] as const;
export type MethodId = (typeof METHOD_IDS)[number];

export const ORDERS = ['random', 'left-to-right', 'certain'] as const;
export const PROJECTIONS = ['sampling', 'greedy', 'multi-hot'] as const;
export const CONTROL_WAYS = ['none', 'learned', 'exact'] as const;
export const BLOCKS = ['1', '2', '3', '4', '6', '12'] as const;
export const STARTS = ['noise', 'draft', 'autoregressive'] as const;

/** What sentences shall have, whose p(y | ·) leads the network’s samples there, and the scale s of its logarithm. */
export interface ControlRequest {
  readonly asked: Asked;
  readonly way: (typeof CONTROL_WAYS)[number];
  readonly scale: number;
}

/** The methods whose samples can be led. */
export const CONTROLLED: readonly MethodId[] = ['ssd-lm', 'diffusion-lm'];

/** DiffuSeq is asked about a whole source, and DiffusER about words that all may be edited. */
export const hasMasks = (method: MethodId): boolean => method !== 'diffuseq' && method !== 'diffuser';

/** The settings of the world of words; each method uses some. */
export interface WordsSettings extends CommonSettings {
  readonly method: MethodId;
  /** Of D3PM: the transition matrix of the noise, its number of steps T, and λ of the loss L_vb + λ·CE. */
  readonly matrix: WordNoiseId;
  /** T */
  readonly nChain: number;
  readonly lambda: number;
  /** Of the mask laws: which word is said next, and how many at once. */
  readonly order: (typeof ORDERS)[number];
  readonly wordsPerStep: number;
  readonly temperature: number;
  readonly topP: number;
  /** Steps of the reverse process, where it is not words that are counted. */
  readonly steps: number;
  /** Of SSD-LM. */
  readonly block: (typeof BLOCKS)[number];
  readonly simplex: number;
  readonly softmaxInput: boolean;
  readonly projection: (typeof PROJECTIONS)[number];
  /** Of the methods that can be controlled: what sentences shall have, whose classifier leads there, and how strongly. */
  readonly control: Asked;
  readonly controlWay: ControlRequest['way'];
  readonly controlScale: number;
  /** Of Diffusion-LM and DiffuSeq. */
  readonly dimension: number;
  readonly learnedEmbeddings: boolean;
  readonly predicts: 'x0' | 'noise';
  readonly clamp: boolean;
  readonly candidates: number;
  readonly crossEntropy: boolean;
  /** Of DiffusER. */
  readonly edits: 'birth-death' | 'source';
  readonly start: (typeof STARTS)[number];
  /** Sentences that the stages show. */
  readonly rows: number;
  /** The sentence that is asked about, symbols [L], and whether the stages fill its masks. */
  readonly probe: readonly number[];
  readonly infill: boolean;
  /** The methods that the scoreboard trains, in the order of `METHOD_IDS`. */
  readonly compared: readonly MethodId[];
}

export const USUAL: WordsSettings = {
  seed: 1,
  budgetSteps: 1000,
  method: 'any-order',
  matrix: 'absorbing',
  nChain: 24,
  lambda: 0.01,
  order: 'random',
  wordsPerStep: 1,
  temperature: 1,
  topP: 1,
  steps: 24,
  block: '12',
  simplex: 1,
  softmaxInput: false,
  projection: 'sampling',
  control: {},
  controlWay: 'learned',
  controlScale: 1,
  dimension: 6,
  learnedEmbeddings: false,
  predicts: 'x0',
  clamp: false,
  candidates: 1,
  crossEntropy: false,
  edits: 'birth-death',
  start: 'noise',
  rows: 16,
  probe: [...sentenceOf('the cat near the big dogs [M] [M] [M]')],
  infill: false,
  compared: ['any-order', 'gpt', 'ssd-lm'],
};

export const controlRequest = ({
  method,
  control,
  controlWay,
  controlScale,
}: Pick<WordsSettings, 'method' | 'control' | 'controlWay' | 'controlScale'>): ControlRequest => ({
  asked: CONTROLLED.includes(method) ? control : {},
  way: controlWay,
  scale: controlScale,
});
