import type { NetworkShape } from '../network.ts';
import type { Objective } from '../objective.ts';
import type { BatchPlace } from './batchMemory.ts';
import { CHUNK_ROWS, type Chunk, chunksOf } from './chunks.ts';
import { ACTIVATION, type WasmKernel } from './kernel.ts';
import { N_WAVES, type PackedLayout, packedLevelFeatures, packedLevels, STRIP, waveTable } from './layout.ts';
import { floatAt, type Holding } from './machine.ts';

export interface GradientParts {
  readonly shape: NetworkShape;
  readonly objective: Objective;
  readonly layout: PackedLayout;
  /** Address of the packed weights. */
  readonly weights: number;
}

interface LayerPlan {
  readonly inner: number;
  readonly strips: number;
  /** Addresses of W and b, and where their gradients lie in the packed gradient, in floats. */
  readonly weights: number;
  readonly biases: number;
  readonly weightsOffset: number;
  readonly biasesOffset: number;
  /** Room for its answer, for the slope of its activation (0 in the last), and for Wᵀ (0 in the first). */
  readonly answer: number;
  readonly slope: number;
  readonly transposed: number;
}

/** Every number that a gradient is made with: plain data, of which another thread can be told. */
export interface GradientPlan {
  readonly activation: number;
  readonly boundWeight: number;
  readonly waves: number;
  readonly levels: number;
  /** Features of a level, a multiple of 8. */
  readonly nLevelFeatures: number;
  readonly features: number;
  readonly layers: readonly LayerPlan[];
  readonly wanted: readonly [number, number];
}

/** Examples of a batch, and where the gradient of their part of the loss goes. */
export interface GradientPart extends BatchPlace {
  /** Examples of the whole batch, over which the loss is the mean. */
  readonly batchSize: number;
  /** Address of a packed array. */
  readonly gradient: number;
}

/** Takes room for what a gradient is made with; a plan does for one thread at a time. */
export function planGradient(holding: Holding, parts: GradientParts): GradientPlan {
  const { shape, objective, layout, weights } = parts;
  const room = (strips: number) => holding.floats(strips * STRIP * CHUNK_ROWS);
  const last = layout.layers.length - 1;
  const first = layout.layers[0]!;
  return {
    activation: ACTIVATION[shape.activation],
    boundWeight: objective.boundWeight,
    waves: holding.copy(waveTable),
    levels: holding.copy(packedLevels(objective)),
    nLevelFeatures: packedLevelFeatures(objective),
    features: room(Math.ceil(first.inner / STRIP)),
    layers: layout.layers.map(({ inner, strips, weights: w, biases }, l) => ({
      inner,
      strips,
      weights: floatAt(weights, w),
      biases: floatAt(weights, biases),
      weightsOffset: w,
      biasesOffset: biases,
      answer: room(strips),
      slope: l < last ? room(strips) : 0,
      transposed: l > 0 ? holding.floats(inner * strips * STRIP) : 0,
    })),
    wanted: [room(first.strips), room(first.strips)],
  };
}

/**
 * The gradient of a part of a batch, by back-propagation, a chunk of rows at a time.
 * @returns the sum of the loss's terms, of which there are two for each example
 */
export function partGradient(kernel: WasmKernel, plan: GradientPlan, part: GradientPart): number {
  for (const [l, { inner, weights, strips, transposed }] of plan.layers.entries()) {
    if (l > 0) kernel.transpose(inner, weights, strips, transposed);
  }
  let sum = 0;
  for (const chunk of chunksOf(part.size)) sum += throughChunk(kernel, plan, part, chunk);
  return sum;
}

function throughChunk(kernel: WasmKernel, plan: GradientPlan, part: GradientPart, chunk: Chunk): number {
  const { from, size, rows } = chunk;
  const { waves, levels, nLevelFeatures, features, boundWeight } = plan;
  const level = floatAt(part.level, from);
  const x0 = floatAt(part.x0, 2 * from);
  const eps = floatAt(part.eps, 2 * from);
  kernel.exampleFeatures(rows, size, level, x0, eps, levels, nLevelFeatures, waves, N_WAVES, features);
  const answer = forward(kernel, plan, rows);
  const perTerm = 1 / (2 * part.batchSize);
  const sum = kernel.lossSlopes(
    rows,
    size,
    level,
    x0,
    eps,
    levels,
    nLevelFeatures,
    perTerm,
    boundWeight,
    answer,
  );
  backward(kernel, plan, rows, part.gradient, from > 0 ? 1 : 0);
  return sum;
}

/** @returns address of the last answers */
function forward(kernel: WasmKernel, { activation, features, layers }: GradientPlan, rows: number): number {
  let input = features;
  for (const { inner, strips, weights, biases, answer, slope } of layers) {
    kernel.product(rows, input, inner, weights, biases, strips, answer);
    if (slope) kernel.activate(activation, rows * strips * STRIP, answer, slope);
    input = answer;
  }
  return input;
}

/** From the slopes of the loss in the last answers. */
function backward(
  kernel: WasmKernel,
  { features, layers, wanted }: GradientPlan,
  rows: number,
  gradient: number,
  accumulate: number,
): void {
  let d = layers.at(-1)!.answer;
  for (let l = layers.length - 1; l >= 0; l--) {
    const { inner, strips, weightsOffset, biasesOffset, slope, transposed } = layers[l]!;
    const input = layers[l - 1]?.answer ?? features;
    kernel.throughActivation(rows, strips, d, slope, floatAt(gradient, biasesOffset), accumulate);
    kernel.transposedProduct(rows, input, inner, d, strips, floatAt(gradient, weightsOffset), accumulate);
    if (l === 0) return;
    const below = wanted[l % 2]!;
    kernel.product(rows, d, strips * STRIP, transposed, 0, inner / STRIP, below);
    d = below;
  }
}
