/** Sentences on their way: frames in the order of the process. */
export interface WordRows {
  /** Share of the noise of each frame, 1 … 0 backwards or 0 … 1 forwards. */
  readonly times: readonly number[];
  readonly rows: number;
  /** [frames][rows][L] */
  readonly symbols: Uint8Array;
  /** What stands beside each row, [rows][L]: the sources of DiffuSeq. */
  readonly beside: Uint8Array | null;
  /** Whether a frame comes of the one before by edits that are to be shown. */
  readonly edits: boolean;
  /** Of `counted` sentences; null where nothing is generated. */
  readonly quality: SentenceQuality | null;
}

/** How good sentences are under the true language. */
export interface SentenceQuality {
  readonly counted: number;
  /** Shares, 0…1. */
  readonly valid: number;
  readonly agreementErrors: number;
  readonly distinct: number;
  /** Share of the bigrams that were said before in the same sentence. */
  readonly repetition: number;
  /** −log₂ p of those that are sentences, on average. */
  readonly bits: number;
  /** Total variation from the true law. */
  readonly lengthVariation: number;
  readonly unigramVariation: number;
  readonly bigramVariation: number;
  /** Of ln(share) against ln(rank) of the words. */
  readonly zipfSlope: number;
  readonly nfe: number;
  /** Share that has what the control asks for, or is a true answer of DiffuSeq; null where nothing is asked. */
  readonly success: number | null;
  /** −log₂ p(w | y) of the sentences that have what the control asks for, on average; null where nothing is asked. */
  readonly bitsGiven: number | null;
}

/** Bits a sentence. */
export interface WordBound {
  readonly bits: number;
  readonly error: number;
  readonly entropy: number;
  readonly unigramEntropy: number;
}

/** p(x_0 | the sentence asked about), [L][V]; `message` says why there is none. */
export interface ProbeAnswer {
  readonly learned: Float64Array | null;
  readonly exact: Float64Array | null;
  readonly message: string | null;
}

/** Of the first two masks of the sentence asked about: p(first, second), [V][V]. */
export interface PairAnswer {
  readonly positions: readonly [number, number] | null;
  readonly joint: Float64Array;
  /** The products of the exact marginals, and of the network's. */
  readonly product: Float64Array;
  readonly learned: Float64Array | null;
  /** ½ Σ |joint − product|. */
  readonly variation: number;
}

/** Embeddings of d = 2, with one position of noisy sentences over time. */
export interface PlaneAnswer {
  readonly embeddings: Float64Array | null;
  readonly times: readonly number[];
  /** [frames][rows][2] */
  readonly points: readonly Float32Array[];
}

/** Mean distance of x̂_0 to the nearest word at each step of the reverse process, from noise on. */
export interface RoundingLine {
  readonly denoiser: 'learned' | 'factorised' | 'exact';
  readonly clamp: boolean;
  readonly distances: readonly number[];
}

export interface RoundingAnswer {
  readonly lines: readonly RoundingLine[];
}

/** Whose p(y | ·) leads samples; `truth` is of exact sentences that have y. */
export const CONTROL_LEADERS = ['none', 'learned', 'exact', 'truth'] as const;

export interface ControlRow {
  readonly leader: (typeof CONTROL_LEADERS)[number];
  /** Shares, 0…1. */
  readonly success: number;
  readonly valid: number;
  readonly distinct: number;
  /** −log₂ p(w | y) of the sentences that have y, on average; null where there are none. */
  readonly bitsGiven: number | null;
}

/** What control comes to, and of the language p(y) and H(w | y), bits. */
export interface ControlAnswer {
  readonly share: number;
  readonly entropy: number;
  /** Samples of each row. */
  readonly counted: number;
  readonly rows: readonly ControlRow[];
}

/** The shares of valid sentences, of `counted` each, and network evaluations a sentence. */
export interface StartComparison {
  readonly noise: number;
  readonly draft: number;
  readonly counted: number;
  readonly nfe: { readonly noise: number; readonly draft: number };
}

/** A row of the scoreboard. */
export interface ScoreRow {
  readonly method: string;
  readonly quality: SentenceQuality;
  readonly bits: { readonly bits: number; readonly error: number } | null;
  /** 2^(bits a word), the stop at the end counted as one. */
  readonly perplexity: number | null;
  readonly steps: number;
  /** Milliseconds of training alone. */
  readonly ms: number;
  /** Of a method that can start from a draft, with few evaluations and with all. */
  readonly byStart: readonly StartComparison[] | null;
}
