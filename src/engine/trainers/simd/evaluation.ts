import type { NetworkShape } from '../network.ts';
import { CHUNK_ROWS, chunksOf } from './chunks.ts';
import { ACTIVATION, type Kernel } from './kernel.ts';
import { N_WAVES, type PackedLayout, STRIP, waveTable } from './layout.ts';
import { floatAt, type Holding } from './machine.ts';

/** Every number that points are led through a network with: plain data, of which another thread can be told. */
export interface EvaluationPlan {
  readonly activation: number;
  readonly waves: number;
  /** Room for the first layer's inputs, and for the answers of every other layer. */
  readonly features: number;
  readonly hidden: readonly [number, number];
  /** Addresses of W and b, and W's size. */
  readonly layers: readonly {
    readonly inner: number;
    readonly strips: number;
    readonly weights: number;
    readonly biases: number;
  }[];
}

/** Points that share one time, and where their answers go: addresses of [size][2]. */
export interface EvaluationPart {
  readonly size: number;
  /** What the points are multiplied by before the network sees them. */
  readonly scale: number;
  readonly points: number;
  readonly output: number;
  /** 0 where the network has no variance. */
  readonly variance: number;
}

/** Takes room for what points are led through a network with; a plan does for one thread at a time. */
export function planEvaluation(
  holding: Holding,
  layout: PackedLayout,
  activation: NetworkShape['activation'],
  weights: number,
): EvaluationPlan {
  const room = (strips: number) => holding.floats(strips * STRIP * CHUNK_ROWS);
  const first = layout.layers[0]!;
  return {
    activation: ACTIVATION[activation],
    waves: holding.copy(waveTable),
    features: room(Math.ceil(first.inner / STRIP)),
    hidden: [room(first.strips), room(first.strips)],
    layers: layout.layers.map(({ inner, strips, weights: w, biases }) => ({
      inner,
      strips,
      weights: floatAt(weights, w),
      biases: floatAt(weights, biases),
    })),
  };
}

/** Room for points on their way in and for their answers. */
export type PointsRoom = Pick<EvaluationPart, 'points' | 'output' | 'variance'>;

/** Room that grows with what is asked for. @returns room for so many coordinates; the last one is then no more */
export function pointsRoom(
  holding: Holding,
  outputs: NetworkShape['outputs'],
): (length: number) => PointsRoom {
  let capacity = 0;
  let room: PointsRoom = { points: 0, output: 0, variance: 0 };
  return (length) => {
    if (length > capacity) {
      for (const at of Object.values(room)) if (at) holding.release(at);
      const [points, output] = [holding.floats(length), holding.floats(length)];
      room = { points, output, variance: outputs === 4 ? holding.floats(length) : 0 };
      capacity = length;
    }
    return room;
  };
}

/** The network's answers to points, a chunk of rows at a time. */
export function evaluatePart(kernel: Kernel, plan: EvaluationPlan, part: EvaluationPart): void {
  const { waves, features } = plan;
  for (const { from, size, rows } of chunksOf(part.size)) {
    const points = floatAt(part.points, 2 * from);
    kernel.positionFeatures(rows, size, points, part.scale, waves, N_WAVES, features);
    const answer = forward(kernel, plan, rows);
    kernel.pairs(size, answer, floatAt(part.output, 2 * from));
    if (part.variance) kernel.pairs(size, floatAt(answer, 2), floatAt(part.variance, 2 * from));
  }
}

/** @returns address of the last answers, a strip of [rows][F, v] */
function forward(kernel: Kernel, { activation, features, hidden, layers }: EvaluationPlan, rows: number) {
  let input = features;
  for (const [l, { inner, strips, weights, biases }] of layers.entries()) {
    const answer = hidden[l % 2]!;
    kernel.product(rows, input, inner, weights, biases, strips, answer);
    if (l + 1 < layers.length) kernel.activate(activation, rows * strips * STRIP, answer, 0);
    input = answer;
  }
  return input;
}
