import type { Activation } from '../../../experiment/types.ts';
import { levelFeatures, type NetworkShape, networkLayers, POSITION_FEATURES, WAVES } from '../../network.ts';
import { inputStride, tileOf } from '../tile.ts';
import { each, f32, wgsl } from './text.ts';

/** y and dy/dz at z, as `tfjs/layers.ts` has them; what is not a number stays so. */
const ACTIVATIONS: Readonly<Record<Activation, string>> = {
  silu: gated(1),
  gelu: gated(1.702),
  relu: wgsl`return Active(select(z, vec4f(0.0), z <= vec4f(0.0)), select(vec4f(0.0), vec4f(1.0), z > vec4f(0.0)));`,
  tanh: wgsl`let y = select(2.0 * sigmoid(2.0 * z) - 1.0, z, isNaN(z)); return Active(y, 1.0 - y * y);`,
};

/** z·σ(kz) */
function gated(k: number): string {
  return wgsl`let s = sigmoid(${f32(k)} * z); let y = z * s; return Active(y, s + ${f32(k)} * (y - y * s));`;
}

/** Offsets in the flat parameters (`network.ts`); after them stand the transposed hidden matrices, for training. */
export function offsetsOf(shape: NetworkShape) {
  const layers = networkLayers(shape);
  const last = layers.at(-1)!;
  const size = last.biases + last.outputs;
  const square = shape.width ** 2;
  return { hidden: layers[1]!.weights, last: last.weights, size, transposed: size, square };
}

/** The shape in WGSL, and what training and sampling share of the forward pass. */
export function networkWgsl(shape: NetworkShape): string {
  const { width, depth, outputs, activation } = shape;
  const { points, quads } = tileOf(shape);
  const at = offsetsOf(shape);
  const pairs = outputs * quads;
  const stride = inputStride(shape);
  return wgsl`
const WIDTH = ${width}u;
const DEPTH = ${depth}u;
const OUTPUTS = ${outputs}u;
const TILE = ${points}u;
const QUADS = ${quads}u;
const PAIRS = ${pairs}u; // of an output and four points
const INPUT_STRIDE = ${stride}u;
const POSITIONS = ${POSITION_FEATURES}u;
const SHARED = ${levelFeatures(shape)}u; // features of a level
const HIDDEN = ${at.hidden}u; // the second layer's offset in the flat parameters
const HIDDEN_SIZE = (WIDTH + 1u) * WIDTH;
const LAST = ${at.last}u;

// One layer's activations of the tile, [unit][point], in fours of points.
var<workgroup> units: array<vec4f, ${Math.max(width, stride) * quads}>;
// The inputs, [feature][point], as single threads make them.
var<workgroup> staged: array<f32, ${stride * points}>;
var<workgroup> partials: array<vec4f, ${width}>;

struct Sums { ${each(quads, (q) => `q${q}: vec4f,`)} }
struct Active { y: vec4f, slope: vec4f }

fn sigmoid(z: vec4f) -> vec4f {
  // Bounded, so that nothing overflows: e⁸⁰ is as good as infinity.
  return 1.0 / (1.0 + exp(select(-z, vec4f(80.0), z < vec4f(-80.0))));
}

// By its bits: an exponential need not keep what is not a number, nor a comparison see it.
fn isNaN(z: vec4f) -> vec4<bool> { return (bitcast<vec4u>(z) & vec4u(0x7fffffffu)) > vec4u(0x7f800000u); }

fn activate(z: vec4f) -> Active { ${ACTIVATIONS[activation]} }

// start + Σ over rows of units·parameters[offset + row·WIDTH + j]
fn weighted(rows: u32, offset: u32, j: u32, start: f32) -> Sums {
  ${each(quads, (q) => `var q${q} = vec4f(start);`)}
  for (var row = 0u; row < rows; row++) {
    let w = parameters[offset + row * WIDTH + j];
    let at = row * QUADS;
    ${each(quads, (q) => `q${q} += w * units[at + ${q}u];`)}
  }
  return Sums(${each(quads, (q) => `q${q},`)});
}

fn hiddenLayer(layer: u32, j: u32) -> Sums {
  let offset = HIDDEN + (layer - 1u) * HIDDEN_SIZE;
  return weighted(WIDTH, offset, j, parameters[offset + WIDTH * WIDTH + j]);
}

// The outputs of the tile to partials, [quad][output]; every thread sums a part. Ends on a barrier.
fn lastLayer(j: u32) {
  let output = j % OUTPUTS; let quad = (j % PAIRS) / OUTPUTS;
  let first = j / PAIRS * PAIRS;
  var sum = vec4f(0.0);
  for (var i = first; i < first + PAIRS; i++) {
    sum += parameters[LAST + i * OUTPUTS + output] * units[i * QUADS + quad];
  }
  partials[j] = sum;
  workgroupBarrier();
  if (j < PAIRS) {
    var total = vec4f(parameters[LAST + WIDTH * OUTPUTS + output]) + sum;
    for (var k = j + PAIRS; k < WIDTH; k += PAIRS) { total += partials[k]; }
    partials[j] = total;
  }
  workgroupBarrier();
}

// x, y and their waves, for a point of the tile with so much noise in it.
fn stagePosition(point: u32, x: vec2f, noise: f32) {
  staged[point] = x.x;
  staged[TILE + point] = x.y;
  ${each(WAVES.phases.length, (k) => {
    const angle = `${f32(WAVES.frequencies[k]!)} * x.x + ${f32(WAVES.frequencies[WAVES.phases.length + k]!)} * x.y + ${f32(WAVES.phases[k]!)}`;
    const fading = `(1.0 + ${f32(WAVES.halfSquares[k]!)} * noise * noise)`;
    return `staged[${2 + k}u * TILE + point] = sine(${angle}) / ${fading};\n `;
  })}
}

// Hands what was staged to all threads. Begins and ends on a barrier.
fn gather(rows: u32, j: u32) {
  workgroupBarrier();
  for (var k = j; k < rows * QUADS; k += WIDTH) {
    units[k] = vec4f(staged[4u * k], staged[4u * k + 1u], staged[4u * k + 2u], staged[4u * k + 3u]);
  }
  workgroupBarrier();
}
`;
}
