import { type NetworkShape, networkInputs } from '../../network.ts';
import type { Binding } from '../gpu.ts';
import { inputStride, tileOf } from '../tile.ts';
import { OUTPUT_STRIDE, RING } from './forwardBackward.ts';
import { offsetsOf } from './network.ts';
import { stepWgsl } from './step.ts';
import { wgsl } from './text.ts';

export const UPDATE_BINDINGS: readonly Binding[] = [
  'step',
  'write', // parameters, then the transposed hidden matrices
  'read', // activations
  'read', // deltas
  'write', // the moving average, Adam's m, Adam's v
  'write', // losses: the ring, then one per tile
];

/** Side of the block of a matrix that a workgroup updates. */
const BLOCK = 16;
/** Threads of a block, 4×4 entries each. */
const BLOCK_THREADS = (BLOCK / 4) ** 2;
/** A thread for each four entries of a block: in the end it updates them. */
const UPDATE_THREADS = BLOCK ** 2 / 4;
/** Before, they sum parts of the batch side by side. */
const SLICES = UPDATE_THREADS / BLOCK_THREADS;

/** How many blocks cover the matrices, biases included as their last rows. */
function blocksOf(shape: NetworkShape) {
  const { width, depth } = shape;
  const columns = width / BLOCK;
  const first = Math.ceil((networkInputs(shape) + 1) / BLOCK) * columns;
  const hidden = (columns + 1) * columns;
  return { first, hidden, last: columns + 1, total: first + (depth - 1) * hidden + columns + 1 };
}

export function updateWorkgroups(shape: NetworkShape): number {
  return blocksOf(shape).total;
}

/**
 * The second half of a training step, a workgroup for each 16×16 block of a matrix: dW = activationsᵀ·deltas over the
 * batch, then Adam (Kingma & Ba 2015, end of section 2) and the moving average. A layer's biases are the row after the
 * last of its W, as they are in the flat layout; their activation is 1.
 */
export function updateWgsl(shape: NetworkShape): string {
  const { width, depth, outputs } = shape;
  const at = offsetsOf(shape);
  const blocks = blocksOf(shape);
  const stride = inputStride(shape);
  return wgsl`
${stepWgsl}
@group(0) @binding(0) var<uniform> step: Step;
@group(0) @binding(1) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(2) var<storage, read> activations: array<vec4f>;
@group(0) @binding(3) var<storage, read> deltas: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> optimizer: array<f32>;
@group(0) @binding(5) var<storage, read_write> losses: array<f32>;

const WIDTH = ${width}u;
const DEPTH = ${depth}u;
const SIZE = ${at.size}u; // of the flat parameters
const NONE = 0xffffffffu;

// A layer: its matrix with the biases as the last row, and where its activations and deltas lie, in fours.
struct Layer {
  rows: u32, columns: u32, offset: u32, transposed: u32,
  activations: u32, activationStride: u32, deltas: u32, deltaStride: u32,
}

fn firstLayer() -> Layer {
  return Layer(${networkInputs(shape) + 1}u, WIDTH, 0u, NONE, 0u, ${stride / 4}u, 0u, WIDTH / 4u);
}

fn laterLayer(layer: u32) -> Layer {
  let inputs = step.capacity * ${stride / 4}u + (layer - 1u) * step.capacity * (WIDTH / 4u + 1u);
  let errors = layer * step.capacity * (WIDTH / 4u);
  let offset = ${at.hidden}u + (layer - 1u) * (WIDTH + 1u) * WIDTH;
  if (layer == DEPTH) {
    return Layer(WIDTH + 1u, ${outputs}u, offset, NONE, inputs, WIDTH / 4u + 1u, errors, ${OUTPUT_STRIDE / 4}u);
  }
  let transposed = ${at.transposed}u + (layer - 1u) * WIDTH * WIDTH;
  return Layer(WIDTH + 1u, WIDTH, offset, transposed, inputs, WIDTH / 4u + 1u, errors, WIDTH / 4u);
}

var<workgroup> sums: array<vec4f, ${SLICES * BLOCK * (BLOCK / 4)}>; // [slice][row][column/4]

fn update(at: u32, gradient: f32) -> f32 {
  let m = 0.9 * optimizer[SIZE + at] + 0.1 * gradient;
  let v = 0.999 * optimizer[2u * SIZE + at] + 0.001 * gradient * gradient;
  let weight = parameters[at] - step.rate * (m / (sqrt(v) + 1e-8));
  let average = optimizer[at];
  optimizer[at] = select(average + step.averaging * (weight - average), weight, step.averaging == 1.0);
  optimizer[SIZE + at] = m;
  optimizer[2u * SIZE + at] = v;
  parameters[at] = weight;
  return weight;
}

@compute @workgroup_size(${UPDATE_THREADS})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_id) local: vec3u) {
  var block = workgroup.x;
  var layer: Layer;
  if (block < ${blocks.first}u) { layer = firstLayer(); }
  else if (block >= ${blocks.total - blocks.last}u) {
    block -= ${blocks.total - blocks.last}u;
    layer = laterLayer(DEPTH);
  } else {
    block -= ${blocks.first}u;
    layer = laterLayer(1u + block / ${blocks.hidden}u);
    block %= ${blocks.hidden}u;
  }
  let across = (layer.columns + ${BLOCK - 1}u) / ${BLOCK}u;
  let row0 = block / across * ${BLOCK}u;
  let column0 = block % across * ${BLOCK}u;

  // Each thread sums a 4×4 part of the block over every SLICES-th point.
  let slice = local.x / ${BLOCK_THREADS}u;
  let down = local.x % ${BLOCK_THREADS}u / 4u;
  let right = local.x % 4u;
  var r0 = vec4f(0.0); var r1 = vec4f(0.0); var r2 = vec4f(0.0); var r3 = vec4f(0.0);
  let activation = row0 / 4u + down;
  let delta = column0 / 4u + right;
  if (activation < layer.activationStride && delta < layer.deltaStride) {
    for (var point = slice; point < step.batch; point += ${SLICES}u) {
      let a = activations[layer.activations + point * layer.activationStride + activation];
      let d = deltas[layer.deltas + point * layer.deltaStride + delta];
      r0 += a.x * d; r1 += a.y * d; r2 += a.z * d; r3 += a.w * d;
    }
  }
  let at = slice * ${BLOCK * 4}u + down * 16u + right;
  sums[at] = r0; sums[at + 4u] = r1; sums[at + 8u] = r2; sums[at + 12u] = r3;
  workgroupBarrier();

  let row = row0 + local.x / 4u;
  if (row < layer.rows) {
    var gradient = sums[local.x];
    for (var k = 1u; k < ${SLICES}u; k++) { gradient += sums[k * ${BLOCK * 4}u + local.x]; }
    for (var c = 0u; c < 4u; c++) {
      let column = column0 + 4u * right + c;
      if (column < layer.columns) {
        let weight = update(layer.offset + row * layer.columns + column, gradient[c]);
        if (layer.transposed != NONE && row < WIDTH) {
          parameters[layer.transposed + column * WIDTH + row] = weight;
        }
      }
    }
  }
  if (workgroup.x == 0u && local.x == 0u) {
    var loss = 0.0;
    let tiles = (step.batch + ${tileOf(shape).points - 1}u) / ${tileOf(shape).points}u;
    for (var k = 0u; k < tiles; k++) { loss += losses[${RING}u + k]; }
    losses[step.slot] = loss;
  }
}
`;
}
