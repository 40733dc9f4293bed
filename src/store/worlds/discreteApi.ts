/** What the worlds of letters answer; each request is checked by its world, and refused in a sentence. */
export interface DiscreteApi {
  vocabulary(): Promise<string[]>;
  /** How likely sequences are under the true law: −log₂ p, Infinity where it cannot be. */
  score(
    sequences: readonly (string | ArrayLike<number>)[],
  ): Promise<{ bits: Float64Array; valid: boolean[] }>;
  sample(request: Request): Promise<{
    sequences: Int32Array[];
    text: string[];
    /**
     * Where something is asked of them: the share that has it, their mean −log₂ p(w | y), and of the language p(y) and H(w | y); bits.
     */
    control?: { success: number; bits: number | null; share: number; entropy: number };
  }>;
  /** Of −log₂ p per sequence, with its standard error and what each step adds. */
  bound(request?: Request): Promise<{
    bits: number;
    error: number;
    byStep: Float64Array;
    /** In Bits and Categories: what x_T still tells of the data. */
    prior?: number;
    /** In Bits: H(x_1 | x_0). */
    first?: number;
  }>;
  /** p(x_0 | x_t) of every variable: [L][V]. */
  posterior(request: Request): Promise<number[][]>;
  transition(request: Request): Promise<{ Q: number[][]; Qbar: number[][] }>;
  /** q_t, where it is a table. */
  marginal(request: Request): Promise<Float64Array>;
}

type Request = Readonly<Record<string, unknown>>;

const METHODS = ['vocabulary', 'score', 'sample', 'bound', 'posterior', 'transition', 'marginal'] as const;

/** @param ask puts a question to the world that the page is in */
export const discreteApi = (ask: (name: string, request: unknown) => Promise<unknown>): DiscreteApi =>
  Object.fromEntries(
    METHODS.map((name) => [name, (request: unknown) => ask(name, request)]),
  ) as unknown as DiscreteApi;
