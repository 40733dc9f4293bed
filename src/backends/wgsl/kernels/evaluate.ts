import { levelFeatures, type NetworkShape, networkInputs } from '../../network.ts';
import type { SharedLevel } from '../../types.ts';
import type { Binding } from '../gpu.ts';
import { tileOf } from '../tile.ts';
import { networkWgsl } from './network.ts';
import { randomWgsl } from './random.ts';
import { each, wgsl } from './text.ts';

/** Numbers of a level as the kernels read it: the input's scale, its noise, then the features. */
export const sharedLevelSize = (shape: NetworkShape): number => 2 + levelFeatures(shape);

export const sharedLevelNumbers = ({ inputScale, noise, features }: SharedLevel): readonly number[] => [
  inputScale,
  noise,
  ...features,
];

/** `answer(j, level)`: the outputs of the tile's points to partials, [quad][output]. Call it from all threads. */
export function answerWgsl(shape: NetworkShape): string {
  const { quads } = tileOf(shape);
  return wgsl`
${randomWgsl}
${networkWgsl(shape)}

fn sharedNumber(level: u32, which: u32) -> f32 { return levels[level * ${sharedLevelSize(shape)}u + which]; }

// x is the point of thread j < TILE.
fn answer(j: u32, level: u32, x: vec2f) {
  if (j < TILE) { stagePosition(j, sharedNumber(level, 0u) * x, sharedNumber(level, 1u)); }
  gather(POSITIONS, j);
  // The level's features are the same for all points: a part of the bias.
  var start = parameters[${networkInputs(shape)}u * WIDTH + j];
  for (var k = 0u; k < SHARED; k++) {
    start += sharedNumber(level, 2u + k) * parameters[(POSITIONS + k) * WIDTH + j];
  }
  for (var layer = 0u; layer < DEPTH; layer++) {
    var sums: Sums;
    if (layer == 0u) { sums = weighted(POSITIONS, 0u, j, start); } else { sums = hiddenLayer(layer, j); }
    workgroupBarrier();
    ${each(quads, (q) => `units[j * QUADS + ${q}u] = activate(sums.q${q}).y;`)}
    workgroupBarrier();
  }
  lastLayer(j);
}

// Outputs 'first' and the one after it of the tile's point j, once answered.
fn answered(j: u32, first: u32) -> vec2f {
  let at = j / 4u * OUTPUTS + first;
  return vec2f(partials[at][j % 4u], partials[at + 1u][j % 4u]);
}
`;
}

export function evaluateBindings({ outputs }: NetworkShape): readonly Binding[] {
  const results: readonly Binding[] = outputs === 2 ? ['write'] : ['write', 'write'];
  return ['read', 'read', 'read', ...results];
}

/** The network at points that share a level, a workgroup for each tile: F, and v where it has one. */
export function evaluateWgsl(shape: NetworkShape): string {
  const hasVariance = shape.outputs === 4;
  return wgsl`
@group(0) @binding(0) var<storage, read> parameters: array<f32>;
@group(0) @binding(1) var<storage, read> levels: array<f32>;
@group(0) @binding(2) var<storage, read> points: array<vec2f>;
@group(0) @binding(3) var<storage, read_write> output: array<vec2f>;
${hasVariance ? '@group(0) @binding(4) var<storage, read_write> variance: array<vec2f>;' : ''}
${answerWgsl(shape)}

@compute @workgroup_size(WIDTH)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let j = local.x;
  let point = workgroup.x * TILE + j;
  let mine = j < TILE && point < arrayLength(&points);
  var x = vec2f(0.0);
  if (mine) { x = points[point]; }
  answer(j, 0u, x);
  if (mine) {
    output[point] = answered(j, 0u);
    ${hasVariance ? 'variance[point] = answered(j, 2u);' : ''}
  }
}
`;
}
