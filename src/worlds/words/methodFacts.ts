import type { MethodId, WordsSettings } from './settings.ts';

/** A method as people meet it. */
export interface MethodFacts {
  readonly label: string;
  /** One line for the menu. */
  readonly summary: string;
  /** Its controls, at most six. */
  readonly controls: readonly (keyof WordsSettings)[];
  /** What its source says of it, to be held against the scoreboard. */
  readonly claim: string;
}

const SAYING = ['order', 'wordsPerStep', 'temperature', 'topP'] as const;

export const METHOD_FACTS: Readonly<Record<MethodId, MethodFacts>> = {
  'any-order': {
    label: 'Any order',
    summary: 'Absorbing diffusion without a time: some words are masked, and said in random order.',
    controls: SAYING,
    claim: 'Masking any number of words is a diffusion with a bound; several words at once cost validity.',
  },
  bert: {
    label: 'BERT',
    summary: 'One rate of masking, 15 %, with 80 / 10 / 10: diffusion at one noise level.',
    controls: SAYING,
    claim: 'One mask rate is enough to represent text, but it is no generator: worse bits than all rates.',
  },
  gpt: {
    label: 'GPT',
    summary: 'All that follows is masked: one word after the other, from left to right.',
    controls: ['wordsPerStep', 'temperature', 'topP'],
    claim: 'Autoregressive models learn faster and have lower perplexity than diffusion at equal compute.',
  },
  bart: {
    label: 'BART',
    summary: 'One span of any length is one [M]: the network says the whole sentence again.',
    controls: ['steps', 'temperature', 'topP'],
    claim: 'Filling spans of unknown length suits rewriting; generating needs many rounds.',
  },
  d3pm: {
    label: 'D3PM',
    summary: 'Categorical noise by a matrix: masks, any word, or words of like contexts.',
    controls: ['noise', 'T', 'lambda', 'steps', 'temperature', 'topP'],
    claim: 'Masks are one kind of noise among others, and the best for text.',
  },
  'ssd-lm': {
    label: 'SSD-LM',
    summary: 'Noise on a simplex of words, block by block, learned by cross-entropy.',
    controls: ['block', 'simplex', 'softmaxInput', 'projection', 'steps', 'topP'],
    claim: 'The simplex with cross-entropy trains well; greedy projection is most valid and least diverse.',
  },
  'diffusion-lm': {
    label: 'Diffusion-LM',
    summary: 'Words are points; Gaussian noise on them, and rounding to the nearest word.',
    controls: ['dimension', 'learnedEmbeddings', 'predicts', 'clamp', 'steps'],
    claim: 'Predict x₀, not ε; clamping to words helps; slow to decode and to converge, higher perplexity.',
  },
  diffuseq: {
    label: 'DiffuSeq',
    summary: 'Noise on the answer alone, beside a source: turns the number of the subject.',
    controls: ['dimension', 'crossEntropy', 'clamp', 'candidates', 'steps'],
    claim: 'No classifier is needed; choosing among candidates by least risk raises accuracy.',
  },
  diffuser: {
    label: 'DiffusER',
    summary: 'Words are kept, replaced, inserted and deleted; starts from noise or a draft.',
    controls: ['edits', 'start', 'steps', 'temperature', 'topP'],
    claim: 'Edits can start from a draft, which gives better sentences than starting from noise.',
  },
};
