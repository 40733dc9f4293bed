import { type NetworkShape, networkInputs } from '../../network.ts';
import { LEVEL, type Objective } from '../../objective.ts';
import type { Binding } from '../gpu.ts';
import { tileOf } from '../tile.ts';
import { type BatchSizes, batchWgsl } from './batch.ts';
import { networkWgsl, offsetsOf } from './network.ts';
import { randomWgsl } from './random.ts';
import { stepWgsl } from './step.ts';
import { each, f32, wgsl } from './text.ts';

export const FORWARD_BACKWARD_BINDINGS: readonly Binding[] = [
  'step',
  'read', // parameters, then the transposed hidden matrices
  'read', // table: noise levels, then the quantiles of their distribution
  'read', // points
  'read', // given: an explicit batch
  'write', // activations
  'write', // deltas
  'write', // losses: the ring, then one per tile
];

/** Numbers per row of the last layer's part of `deltas`. */
export const OUTPUT_STRIDE = 4;
/** Steps whose losses are kept. */
export const RING = 1024;

/**
 * The first half of a training step, a workgroup for each tile: draws the batch, runs the network forwards and the error
 * backwards to the first layer. What the weights' gradients need is left in
 *   activations: the inputs [capacity][INPUT_STRIDE], then for each hidden layer [capacity][WIDTH + 4];
 *     the number after the last is 1, for the biases, then zeros
 *   deltas: dL/dz for each hidden layer [capacity][WIDTH], then of the outputs [capacity][4]
 * On the way up, the place of a delta holds dy/dz. Rows beyond the batch have zero deltas.
 */
export function forwardBackwardWgsl(shape: NetworkShape, objective: Objective, sizes: BatchSizes): string {
  const { points, quads } = tileOf(shape);
  const { transposed } = offsetsOf(shape);
  const nInputs = networkInputs(shape);
  return wgsl`
${stepWgsl}
@group(0) @binding(0) var<uniform> step: Step;
@group(0) @binding(1) var<storage, read> parameters: array<f32>;
@group(0) @binding(2) var<storage, read> table: array<f32>;
@group(0) @binding(3) var<storage, read> points: array<vec2f>;
@group(0) @binding(4) var<storage, read> given: array<f32>;
@group(0) @binding(5) var<storage, read_write> activations: array<f32>;
@group(0) @binding(6) var<storage, read_write> deltas: array<f32>;
@group(0) @binding(7) var<storage, read_write> losses: array<f32>;
${randomWgsl}
${batchWgsl(sizes)}
${networkWgsl(shape)}
var<workgroup> targets: array<vec2f, ${points}>;
var<workgroup> levels: array<u32, ${points}>;
var<workgroup> outputDeltas: array<vec4f, PAIRS>;
var<workgroup> pairLosses: array<f32, PAIRS>;

// Where row 'point', column j of a hidden layer (from 0) begins.
fn activationAt(layer: u32, point: u32, j: u32) -> u32 {
  return step.capacity * INPUT_STRIDE + (layer * step.capacity + point) * (WIDTH + 4u) + j;
}
fn deltaAt(layer: u32, point: u32, j: u32) -> u32 { return (layer * step.capacity + point) * WIDTH + j; }

fn prepare(first: u32, j: u32) {
  if (j < TILE) {
    let example = exampleAt(first + j);
    levels[j] = example.level;
    targets[j] = targetOf(example);
    stagePosition(j, noisedInput(example), inputNoise(example.level));
    staged[${nInputs}u * TILE + j] = 1.0;
    for (var k = ${nInputs + 1}u; k < INPUT_STRIDE; k++) { staged[k * TILE + j] = 0.0; }
  }
  workgroupBarrier();
  for (var k = j; k < SHARED * TILE; k += WIDTH) {
    staged[POSITIONS * TILE + k] = levelNumber(levels[k % TILE], ${LEVEL.features}u + k / TILE);
  }
  gather(INPUT_STRIDE, j);
  for (var k = j; k < INPUT_STRIDE * TILE; k += WIDTH) {
    let point = k / INPUT_STRIDE;
    activations[first * INPUT_STRIDE + k] = staged[(k % INPUT_STRIDE) * TILE + point];
  }
}

// Unit j of a hidden layer for four points.
fn keepActive(layer: u32, quad: u32, first: u32, j: u32, z: vec4f) {
  let now = activate(z);
  units[j * QUADS + quad] = now.y;
  for (var c = 0u; c < 4u; c++) {
    let point = first + 4u * quad + c;
    activations[activationAt(layer, point, j)] = now.y[c];
    deltas[deltaAt(layer, point, j)] = now.slope[c];
  }
}

// δ = slope·sum for four points, in the slope's place.
fn keepDelta(layer: u32, quad: u32, first: u32, j: u32, sum: vec4f) {
  var delta: vec4f;
  for (var c = 0u; c < 4u; c++) {
    let at = deltaAt(layer, first + 4u * quad + c, j);
    delta[c] = sum[c] * deltas[at];
    deltas[at] = delta[c];
  }
  units[j * QUADS + quad] = delta;
}

fn forwards(first: u32, j: u32) {
  for (var layer = 0u; layer < DEPTH; layer++) {
    var sums: Sums;
    if (layer == 0u) { sums = weighted(${nInputs}u, 0u, j, parameters[${nInputs}u * WIDTH + j]); }
    else { sums = hiddenLayer(layer, j); }
    workgroupBarrier();
    ${each(quads, (q) => `keepActive(layer, ${q}u, first, j, sums.q${q});`)}
    workgroupBarrier();
  }
  lastLayer(j);
}

fn backwards(first: u32, j: u32) {
  for (var above = DEPTH; above > 0u; above--) {
    let layer = above - 1u;
    var sums: Sums;
    if (above == DEPTH) { sums = fromOutputs(j); }
    else { sums = weighted(WIDTH, ${transposed}u + layer * WIDTH * WIDTH, j, 0.0); }
    workgroupBarrier();
    ${each(quads, (q) => `keepDelta(layer, ${q}u, first, j, sums.q${q});`)}
    workgroupBarrier();
  }
}

fn fromOutputs(j: u32) -> Sums {
  ${each(quads, (q) => `var q${q} = vec4f(0.0);`)}
  for (var output = 0u; output < OUTPUTS; output++) {
    let w = parameters[LAST + j * OUTPUTS + output];
    ${each(quads, (q) => `q${q} += w * outputDeltas[${q}u * OUTPUTS + output];`)}
  }
  return Sums(${each(quads, (q) => `q${q},`)});
}

${outputErrorWgsl(objective)}

@compute @workgroup_size(WIDTH)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let j = local.x;
  let first = workgroup.x * TILE;
  prepare(first, j);
  forwards(first, j);
  if (j < PAIRS) { outputError(first, j); }
  workgroupBarrier();
  if (j == 0u) {
    var total = 0.0;
    for (var k = 0u; k < PAIRS; k++) { total += pairLosses[k]; }
    losses[${RING}u + workgroup.x] = total / (2.0 * f32(step.batch));
  }
  backwards(first, j);
}
`;
}

/** The loss of four points in one coordinate, and its slope: `Objective`'s formulas. */
function outputErrorWgsl({ learnsVariance, boundWeight }: Objective): string {
  return wgsl`
fn outputError(first: u32, pair: u32) {
  let output = pair % OUTPUTS; let quad = pair / OUTPUTS;
  let axis = output & 1u;
  let answers = partials[quad * OUTPUTS + axis];
  let n = f32(step.batch);
  var delta = vec4f(0.0);
  var loss = 0.0;
  for (var c = 0u; c < 4u; c++) {
    let point = 4u * quad + c;
    let level = levels[point];
    let error = answers[c] - targets[point][axis];
    var slope: f32;
    var square = 0.0;
    if (output < 2u) {
      let gain = levelNumber(level, ${LEVEL.gain}u);
      slope = gain * gain * error / n;
      square = gain * error * gain * error;
    } ${learnsVariance ? wgsl`else { slope = boundSlope(level, error, partials[pair][c]) * ${f32(boundWeight)} / (2.0 * n); }` : ''}
    if (first + point < step.batch) { delta[c] = slope; loss += square; }
    deltas[step.capacity * DEPTH * WIDTH + (first + point) * ${OUTPUT_STRIDE}u + output] = delta[c];
  }
  outputDeltas[pair] = delta;
  pairLosses[pair] = loss;
}

// d/dv of the bound's term: it teaches the variance alone.
fn boundSlope(level: u32, error: f32, v: f32) -> f32 {
  let logBetaTilde = levelNumber(level, ${LEVEL.logBetaTilde}u);
  let half = 0.5 * (levelNumber(level, ${LEVEL.logBeta}u) - logBetaTilde);
  let logVariance = half * v + half + logBetaTilde;
  let miss = levelNumber(level, ${LEVEL.meanGain}u) * error;
  let misfit = miss * miss * exp(-logVariance);
  let known = levelNumber(level, ${LEVEL.isKl}u) * exp(logBetaTilde - logVariance);
  return 0.5 * half * levelNumber(level, ${LEVEL.drawWeight}u) * (1.0 - misfit - known);
}
`;
}
