import type { MethodId, WordsSettings } from './settings.ts';

/** A method as people meet it. */
export interface MethodFacts {
  readonly label: string;
  /** One line for the menu. */
  readonly summary: string;
  /** Its controls, at most six. */
  readonly controls: readonly (keyof WordsSettings)[];
  /** Controls that change nothing unless a switch is on: control → its switch. */
  readonly onlyWith?: Partial<Record<keyof WordsSettings, 'softmaxInput'>>;
  /** Whether a word that is asked about may have been another: its posterior is asked for at t = ½, half-way into the noise. */
  readonly noisesWords?: (settings: WordsSettings) => boolean;
  /** What its source says of it, to be held against the scoreboard. */
  readonly claim: string;
  /** What was measured of it with other settings than those of one run. */
  readonly found?: string;
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
    controls: ['matrix', 'nChain', 'lambda', 'steps', 'temperature', 'topP'],
    noisesWords: ({ matrix }) => matrix !== 'absorbing',
    claim: 'Masks are one kind of noise among others, and the best for text.',
    found:
      'Measured (1 000 steps of training, T = 24, seed 1): masks 11.03 bits, nearest neighbours 11.90, any word 12.04 (the exact answers 10.54, 10.58, 10.51), so masks are learned best by bits; but of 500 samples only 70 % are sentences with masks, 92 % and 87 % with the others, whose words may still change after they were said.',
  },
  'ssd-lm': {
    label: 'SSD-LM',
    summary: 'Noise on a simplex of words, block by block, learned by cross-entropy.',
    controls: ['block', 'softmaxInput', 'simplex', 'projection', 'steps', 'topP'],
    noisesWords: () => true,
    // The corners and their noise grow alike: only a softmax tells K.
    onlyWith: { simplex: 'softmaxInput' },
    claim: 'The simplex with cross-entropy trains well; greedy projection is most valid and least diverse.',
    found:
      'Measured (1 000 steps of training, seed 1, 500 samples; true draws have 333 distinct): blocks of 12, 6, 4, 3, 2 and 1 words say 97, 95, 94, 87, 89 and 94 % sentences in 48 evaluations, so short blocks cost validity unless each has steps enough: with 24 for each block 93, 95, 95, 93, 97 and 97 %, and 9.4, 10.1, 10.0, 10.3, 10.2 and 10.1 bits of samples, the short ones at the truth’s 10.17. Of the whole sentence at 24 steps, sampling says 93 % sentences and 302 distinct, greedy 96 % and 194, multi-hot 100 % and 176: not greedy, as claimed, but multi-hot is most valid and least diverse.',
  },
  'diffusion-lm': {
    label: 'Diffusion-LM',
    summary: 'Words are points; Gaussian noise on them, and rounding to the nearest word.',
    controls: ['dimension', 'learnedEmbeddings', 'predicts', 'clamp', 'steps'],
    noisesWords: () => true,
    claim: 'Predict x₀, not ε; clamping to words helps; slow to decode and to converge, higher perplexity.',
    found:
      'Measured (1 000 steps of training, 24 of sampling, d = 6, means of seeds 1 to 3 with 500 samples each): predicting x₀ 52 % are sentences, predicting ε 16 %; clamped 75 and 33 %, at the cost of 223 instead of 351 distinct. Learned embeddings make no difference that chance would not (55 %) unless they are clamped (82 against 75 %). At d = 2, where the words can be drawn, 1 % are sentences with fixed embeddings and 4 % with learned ones: a plane has no room for 14 words.',
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
    noisesWords: () => true,
    claim: 'Edits can start from a draft, which gives better sentences than starting from noise.',
    found:
      'Measured (1 000 steps of training, seed 1, 500 samples): by birth and death in 24 steps 54 % are sentences from noise, 65 % from a draft and 70 % from an autoregressive draft, of which 27 % were sentences before. By the source’s own edits only 4, 4 and 14 %, at temperature 0.2 5, 8 and 28 %: its last step must undo the changes to 40 % of the words at once, and does so word by word.',
  },
};

/** The controls of a method that change something as it is set. */
export const controlsOf = (settings: WordsSettings): readonly (keyof WordsSettings)[] => {
  const { controls, onlyWith } = METHOD_FACTS[settings.method];
  return controls.filter((name) => {
    const needed = onlyWith?.[name];
    return needed === undefined || settings[needed];
  });
};
