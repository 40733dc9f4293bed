import { L, MASK, V } from './language.ts';
import { languageFacts } from './statistics.ts';
import { type Eigen, exponential, symmetricEigen } from './symmetric.ts';

export const WORD_NOISES = ['absorbing', 'uniform', 'neighbours'] as const;
export type WordNoiseId = (typeof WORD_NOISES)[number];

/** Categorical noise in T steps (Austin et al. 2021): q(x_t | x_{t−1}) = Cat(x_{t−1} Q_t), each word by itself. */
export interface WordNoise {
  readonly id: WordNoiseId;
  readonly T: number;
  /** Number of symbols: the words, and [M] where it is absorbing. */
  readonly K: number;
  /** Q_t, [K][K], rows sum to 1. @param t 1…T */
  step(t: number): Float64Array;
  /** Q̄_t = Q_1 ⋯ Q_t, [K][K]. @param t 0…T */
  upTo(t: number): Float64Array;
  /** Q_{s+1} ⋯ Q_t, [K][K]. @param s 0…t */
  between(s: number, t: number): Float64Array;
  /** What x_T is drawn from, [K]. */
  readonly prior: Float64Array;
}

const identity = (K: number) =>
  Float64Array.from({ length: K * K }, (_, k) => (Math.floor(k / K) === k % K ? 1 : 0));

/** @throws RangeError when T is no whole number from 1 */
export function wordNoise(id: WordNoiseId, T: number): WordNoise {
  if (!Number.isInteger(T) || T < 1) throw new RangeError(`T must be a whole number from 1, not ${T}.`);
  const steps = STEPS[id](T);
  const K = id === 'absorbing' ? V + 1 : V;
  const products: Float64Array[] = [identity(K)];
  for (const step of steps) products.push(multiply(products.at(-1)!, step, K));
  const prior = new Float64Array(K).fill(id === 'absorbing' ? 0 : 1 / K);
  if (id === 'absorbing') prior[MASK] = 1;
  const between = (s: number, t: number) =>
    steps.slice(s, t).reduce((product, step) => multiply(product, step, K), identity(K));
  return { id, T, K, prior, step: (t) => steps[t - 1]!, upTo: (t) => products[t]!, between };
}

const STEPS: Record<WordNoiseId, (T: number) => Float64Array[]> = {
  /** β_t = 1/(T − t + 1): a share t/T of the words is masked after t steps. */
  absorbing: (T) =>
    steps(T, (t) => {
      const beta = 1 / (T - t + 1);
      const Q = identity(V + 1);
      for (let v = 0; v < V; v++) {
        Q[v * (V + 1) + v] = 1 - beta;
        Q[v * (V + 1) + MASK] = beta;
      }
      return Q;
    }),
  /** Q_t = (1 − β_t)I + β_t/V, the cosine schedule of Hoogeboom et al. 2021. */
  uniform: (T) =>
    steps(T, (t) => {
      const beta = Math.min(0.999, 1 - cosine(t / T) / cosine((t - 1) / T));
      return identity(V).map((value) => (1 - beta) * value + beta / V);
    }),
  /** Q̄_t = exp(a_t R) with R the rates between words of like contexts; I(x_t; x_0) falls linearly with t. */
  neighbours: (T) => {
    const rates = neighbourRates();
    const amounts = mutualInformationAmounts(rates, T);
    return steps(T, (t) =>
      exponential(rates, amounts[t]! - amounts[t - 1]!).map((value) => Math.max(value, 0)),
    );
  },
};

const steps = (T: number, step: (t: number) => Float64Array) =>
  Array.from({ length: T }, (_, i) => step(i + 1));

/** Of Nichol & Dhariwal 2021 with s = 0.008; D3PM has the cosine itself, without its square. */
const cosine = (share: number) => Math.cos(((share + 0.008) / 1.008) * (Math.PI / 2));

function multiply(a: Float64Array, b: Float64Array, K: number): Float64Array {
  const out = new Float64Array(K * K);
  for (let i = 0; i < K; i++)
    for (let k = 0; k < K; k++) for (let j = 0; j < K; j++) out[i * K + j]! += a[i * K + k]! * b[k * K + j]!;
  return out;
}

const NEIGHBOURS = 3;
let rates: Eigen | null = null;

/** Rates (G + Gᵀ)/2k between each word and its k nearest by context, k the least from 3 for which all are reached. */
function neighbourRates(): Eigen {
  if (rates) return rates;
  const distances = contextDistances();
  for (let k = NEIGHBOURS; ; k++) {
    const R = ratesOfNearest(distances, k);
    const eigen = symmetricEigen(R, V);
    // A second eigenvalue of 0 would be a second group of words that no noise connects.
    if (eigen.values.filter((value) => value > -1e-9).length === 1 || k === V - 1) {
      rates = eigen;
      return eigen;
    }
  }
}

function ratesOfNearest(distances: Float64Array, k: number): Float64Array {
  const R = new Float64Array(V * V);
  for (let v = 0; v < V; v++) {
    const nearest = Array.from({ length: V }, (_, w) => w)
      .filter((w) => w !== v)
      .sort((a, b) => distances[v * V + a]! - distances[v * V + b]! || a - b)
      .slice(0, k);
    for (const w of nearest) {
      for (const [a, b] of [
        [v, w],
        [w, v],
      ] as const) {
        R[a * V + b]! += 1 / (2 * k);
        R[a * V + a]! -= 1 / (2 * k);
      }
    }
  }
  return R;
}

/** Distributional similarity: the distance between the exact distributions of the words to the left and to the right. */
function contextDistances(): Float64Array {
  const left = new Float64Array(V * V);
  const right = new Float64Array(V * V);
  const { sentences, probabilities } = languageFacts();
  sentences.forEach((sentence, n) => {
    for (let i = 1; i < L; i++) {
      left[sentence[i]! * V + sentence[i - 1]!]! += probabilities[n]!;
      right[sentence[i - 1]! * V + sentence[i]!]! += probabilities[n]!;
    }
  });
  const row = (table: Float64Array, v: number) => {
    const values = table.subarray(v * V, (v + 1) * V);
    const total = values.reduce((sum, value) => sum + value, 0);
    return Array.from(values, (value) => value / Math.max(total, 1e-300));
  };
  const contexts = Array.from({ length: V }, (_, v) => [...row(left, v), ...row(right, v)]);
  return Float64Array.from({ length: V * V }, (_, k) =>
    Math.hypot(...contexts[Math.floor(k / V)]!.map((value, j) => value - contexts[k % V]![j]!)),
  );
}

/** a_0…a_T with I(x_t; x_0)/H(x_0) = 1 − t/T by bisection, exact on the table of words; the last leaves 10⁻⁴. */
function mutualInformationAmounts(eigen: Eigen, T: number): Float64Array {
  const p = wordShares();
  const entropy = entropyOf(p);
  const informationShare = (a: number) => mutualInformation(p, exponential(eigen, a)) / entropy;
  const amounts = new Float64Array(T + 1);
  for (let t = 1; t <= T; t++) {
    const wanted = Math.max(1 - t / T, 1e-4);
    let low = amounts[t - 1]!;
    let high = low + 1;
    while (informationShare(high) > wanted) high *= 2;
    for (let k = 0; k < 40; k++) {
      const middle = (low + high) / 2;
      if (informationShare(middle) > wanted) low = middle;
      else high = middle;
    }
    amounts[t] = (low + high) / 2;
  }
  return amounts;
}

/** p(v) at a position drawn evenly. */
function wordShares(): Float64Array {
  const shares = new Float64Array(V);
  languageFacts().byPosition.forEach((p, k) => {
    shares[k % V]! += p / L;
  });
  return shares;
}

const entropyOf = (p: Float64Array) =>
  p.reduce((sum, value) => (value > 0 ? sum - value * Math.log(value) : sum), 0);

/** I(x_t; x_0), nats. @param p of x_0 @param qbar [K][K] */
export function mutualInformation(p: Float64Array, qbar: Float64Array): number {
  const K = p.length;
  const q = new Float64Array(K);
  for (let v = 0; v < K; v++) for (let j = 0; j < K; j++) q[j]! += p[v]! * qbar[v * K + j]!;
  let conditional = 0;
  for (let v = 0; v < K; v++) conditional += p[v]! * entropyOf(qbar.subarray(v * K, (v + 1) * K));
  return entropyOf(q) - conditional;
}
