import type { Slopes } from '../../../../backends/dense/index.ts';
import type { Rng } from '../../../../core/types.ts';
import type { Automaton } from '../../../../core/words/automaton.ts';
import type { DenoiserId } from '../../../../families/discrete/requests.ts';
import type { WordsSettings } from '../../settings.ts';

/** A network that answers by its averaged weights. */
export interface Net {
  /** @returns [n][outputs] */
  evaluate(inputs: Float32Array, n: number): Float32Array;
  /** dL/d inputs, into [n][inputs]. @returns the loss */
  inputGradient(inputs: Float32Array, n: number, slopes: Slopes, into: Float32Array): number;
}

/** What one step of training learns from. */
export interface Batch {
  /** [n][inputs] */
  readonly inputs: Float32Array;
  readonly slopes: Slopes;
  /** Learns from dL/d inputs, [n][inputs], where the inputs themselves are learned. */
  readonly learnInputs?: (inputSlopes: Float32Array, rate: number) => void;
}

/** Sentences on their way: symbols [frames][n][L], the last frame is the answer. */
export interface Trajectory {
  /** Share of the noise, 1 … 0 for a reverse process, 0 … 1 for the forward one; one for each frame. */
  readonly times: number[];
  readonly frames: Int32Array[][];
  /** Network evaluations a sentence. */
  readonly nfe: number;
  /** What stands beside each sentence and does not change: the source of DiffuSeq. */
  readonly beside?: readonly Int32Array[];
  /** Mean distance of x̂_0 to the nearest word at each step, where words are points. */
  readonly rounding?: number[];
  /** Points of the first position at each frame, [frames][n][2], where words are points of a plane. */
  readonly plane?: Float32Array[];
}

/** How samples are led to what is asked of them. */
export interface Guidance {
  /** The sentences of the language that have it: what the exact denoisers draw from. */
  readonly automaton: Automaton;
  /** Whose p(y | ·) leads the network's samples: that of learned classifiers, or the automaton's. */
  readonly way: 'learned' | 'exact';
  /** s of ln p(x) + s·ln p(y | x); 1 is Bayes' rule. */
  readonly scale: number;
  /** d/d inputs of Σ ln p_φ(y | inputs) over all that is asked, as the classifiers read them. @returns [n][inputs] */
  slopes(inputs: Float32Array, n: number): Float32Array;
}

/** What the classifiers of a method read. */
export interface ClassifierReading {
  readonly inputs: number;
  /** Fresh sentences, and how a classifier reads them: [n][inputs]. */
  batch(n: number, rng: Rng): { readonly inputs: Float32Array; readonly sentences: readonly Int32Array[] };
  /** Whether what it reads changes with training. */
  readonly moves: boolean;
}

export interface SampleRun {
  readonly n: number;
  readonly denoiser: DenoiserId;
  readonly net: Net;
  readonly rng: Rng;
  readonly settings: WordsSettings;
  /** Steps of the reverse process; by default those of the settings. */
  readonly steps?: number;
  /** What is fixed: [L], [M] where nothing is. */
  readonly fixed?: Int32Array;
  /** Null, or left out, where nothing is asked. Only for methods that have a `reading`. */
  readonly guidance?: Guidance | null;
  /** True sources or drafts to start from, where the method has them: [n]. */
  readonly sources?: readonly Int32Array[];
}

export interface Bound {
  readonly bits: number;
  readonly error: number;
  readonly byStep: Float64Array;
}

/** A question about one sentence under noise. */
export interface PosteriorQuestion {
  readonly sequence: Int32Array;
  /** Share of the noise, 0…1, for methods whose network is told it. */
  readonly t: number;
  readonly denoiser: DenoiserId;
  readonly net: Net;
}

/** What a method makes of the settings: its network's ends, its training, its sampler, and its exact counterpart. */
export interface Process {
  readonly inputs: number;
  readonly outputs: number;
  /** Most steps that its reverse process can take. */
  readonly mostSteps: number;
  batch(n: number, rng: Rng): Batch;
  /** Sentences under more and more noise. */
  forward(sentences: readonly Int32Array[], rng: Rng): Trajectory;
  sample(run: SampleRun): Generator<void, Trajectory>;
  /** p(x_0 | x_t), [L][V]. @throws EngineError for a sequence that this process cannot have made */
  posterior(question: PosteriorQuestion): Float64Array;
  /** Bits a sentence: exact for left-to-right, a bound for the others; null where the method has none. */
  readonly bound: ((run: BoundRun) => Generator<void, Bound>) | null;
  /** Where samples can be led to what is asked: what classifiers read. */
  readonly reading?: ClassifierReading;
  /** Q_t and Q̄_t, where the noise is a matrix. @param t 1…T */
  readonly transition: ((t: number) => { Q: Float64Array; Qbar: Float64Array; K: number }) | null;
  /** Where words are points: [V][d]. */
  readonly embeddings?: Float64Array;
}

export interface BoundRun {
  readonly n: number;
  readonly denoiser: DenoiserId;
  readonly net: Net;
  readonly rng: Rng;
  readonly steps?: number;
}

/** A kind of text diffusion: what it makes of the settings. What it is called, and its controls, say `methodFacts.ts`. */
export type Method = (settings: WordsSettings, rng: Rng) => Process;
