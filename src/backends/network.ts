import type { Kernel, Rng } from '../core/types.ts';
import type { Activation } from '../experiment/types.ts';

/**
 * The network, described once for all trainers: an MLP
 *   (position features, time features, class) → width → … → width → F, and v where the variance is learned,
 * shown x_t scaled to unit variance. What F stands for is the experiment's parameterisation. By default it is the
 * velocity αε − σx_0 of Salimans & Ho 2022, so that ε_θ = σx_t + αF: where x_t is nearly noise ε_θ is nearly x_t, and
 * only the small rest must be learned; and x̂_0 = αx_t − σF divides by nothing.
 *
 * Its parameters are ONE flat array: for each layer in order the matrix W, row-major [inputs][outputs], then the
 * bias b [outputs]; a layer computes h·W + b.
 */
export interface NetworkShape {
  /** Hidden units per layer. */
  readonly width: number;
  /** Hidden layers. */
  readonly depth: number;
  readonly activation: Activation;
  /** 2, or 4 with a learned variance: F, then its v. */
  readonly outputs: 2 | 4;
  /** K of the classes that it can be asked about; 0, as when left out, for none. */
  readonly classes?: number;
}

export interface LayerLayout {
  readonly inputs: number;
  readonly outputs: number;
  /** Offset of W in the flat array; W has inputs·outputs entries. */
  readonly weights: number;
  /** Offset of b, directly after W. */
  readonly biases: number;
}

/**
 * Waves by which positions are told apart more finely than by x and y themselves (Tancik et al. 2020), in scaled units:
 * from the size of the whole cloud down to strokes a fiftieth as wide, evenly in the logarithm.
 */
const N_DIRECTIONS = 24;
const LEAST_FREQUENCY = 0.7;
const MOST_FREQUENCY = 30;
/** Each wave turns by this from the last, in half turns, so that a few neighbours in frequency point everywhere. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** x and y, then the waves. */
export const POSITION_FEATURES = 2 + 2 * N_DIRECTIONS;
export const TIME_FEATURES = 16;

/** What the points of a noise level share: the features of its time, then the one-hot of their class, zeros for none. */
export const levelFeatures = ({ classes = 0 }: Pick<NetworkShape, 'classes'>): number =>
  TIME_FEATURES + classes;

export const networkInputs = (shape: Pick<NetworkShape, 'classes'>): number =>
  POSITION_FEATURES + levelFeatures(shape);

/**
 * The waves as sin(point·frequencies + phases)/(1 + s²·halfSquares): a sine and a cosine of each.
 * A wave much shorter than the noise says nothing of x_0: what is left of it on average falls as e^{−½|ω|²s²}, where s is
 * the noise in what the network is shown. So it fades with the noise, as in Barron et al. 2021, and the network need not
 * learn to ignore it.
 * `frequencies` is row-major [2][waves], `halfSquares` is ½|ω|² of each.
 */
export const WAVES = (() => {
  const waves = [0, Math.PI / 2].flatMap((phase) =>
    Array.from({ length: N_DIRECTIONS }, (_, k) => {
      const octaves = (k + 0.5) / N_DIRECTIONS;
      const frequency = LEAST_FREQUENCY * (MOST_FREQUENCY / LEAST_FREQUENCY) ** octaves;
      const direction = Math.PI * ((k * GOLDEN) % 1);
      const halfSquare = frequency ** 2 / 2;
      return { x: frequency * Math.cos(direction), y: frequency * Math.sin(direction), phase, halfSquare };
    }),
  );
  return {
    frequencies: [...waves.map(({ x }) => x), ...waves.map(({ y }) => y)],
    phases: waves.map(({ phase }) => phase),
    halfSquares: waves.map(({ halfSquare }) => halfSquare),
  };
})();

/**
 * The network's view of a point.
 * @param noise s, the standard deviation of the noise in (x, y), 0…1
 * @param out receives POSITION_FEATURES numbers from `offset` on
 */
export function positionFeatures(x: number, y: number, noise: number, out: Float32Array, offset = 0): void {
  const { frequencies, phases, halfSquares } = WAVES;
  out[offset] = x;
  out[offset + 1] = y;
  for (const [k, phase] of phases.entries()) {
    const angle = x * frequencies[k]! + y * frequencies[phases.length + k]! + phase;
    out[offset + 2 + k] = Math.sin(angle) / (1 + noise ** 2 * halfSquares[k]!);
  }
}

export function networkLayers(shape: NetworkShape): readonly LayerLayout[] {
  const { width, depth, outputs: last } = shape;
  const sizes = [networkInputs(shape), ...new Array<number>(depth).fill(width), last];
  const layers: LayerLayout[] = [];
  let offset = 0;
  for (let l = 0; l + 1 < sizes.length; l++) {
    const inputs = sizes[l]!;
    const outputs = sizes[l + 1]!;
    const biases = offset + inputs * outputs;
    layers.push({ inputs, outputs, weights: offset, biases });
    offset = biases + outputs;
  }
  return layers;
}

export function parameterCount(shape: NetworkShape): number {
  const last = networkLayers(shape).at(-1)!;
  return last.biases + last.outputs;
}

/** Variance that keeps activations of unit size through the layers (He et al. 2015), by activation. */
const GAIN: Readonly<Record<Activation, number>> = {
  silu: Math.SQRT2,
  gelu: Math.SQRT2,
  relu: Math.SQRT2,
  tanh: 1,
};

/** Gaussian weights, zero biases, and a zero last layer: training starts from F = 0, for v right for Gaussian data. */
export function initialWeights(shape: NetworkShape, rng: Rng): Float32Array {
  const flat = new Float32Array(parameterCount(shape));
  const hidden = networkLayers(shape).slice(0, -1);
  for (const { inputs, weights, biases } of hidden) {
    const std = GAIN[shape.activation] / Math.sqrt(inputs);
    for (let i = weights; i < biases; i++) flat[i] = std * rng.normal();
  }
  return flat;
}

/** What x_t is multiplied by before the network sees it: c_in of Karras et al. 2022, for data of unit variance. */
export const inputScale = ({ alpha, sigma }: Kernel): number => 1 / Math.hypot(alpha, sigma);

/** ln(σ/α) mapped to (−1,1): atan saturates the ends, where nothing is left to tell apart. */
export function noiseLevel({ alpha, sigma }: Kernel): number {
  return (2 / Math.PI) * Math.atan(Math.log(Math.max(sigma, 1e-12) / Math.max(alpha, 1e-12)) / 2);
}

/**
 * The network's view of the time: sines and cosines of the noise level, which varies evenly over the whole range of
 * log-SNR where t itself changes nothing for a while and everything at once.
 * @param out receives TIME_FEATURES numbers from `offset` on
 */
export function timeFeatures(kernel: Kernel, out: Float32Array, offset = 0): void {
  const level = noiseLevel(kernel);
  for (let k = 0; k < TIME_FEATURES / 2; k++) {
    const angle = 2 ** (k / 2 - 1) * Math.PI * level;
    out[offset + 2 * k] = Math.sin(angle);
    out[offset + 2 * k + 1] = Math.cos(angle);
  }
}
