import type { Binding } from '../gpu.ts';
import { each, wgsl } from './text.ts';

/** Terms of one sum at most: with the result, as many buffers as every device binds. */
export const MOST_TERMS = 7;
export const ALGEBRA_THREADS = 64;

export const combineBindings = (terms: number): readonly Binding[] => [
  'uniform',
  'write',
  ...new Array<Binding>(terms).fill('read'),
];

/** result = Σ coefₖ·xₖ over so many terms, each point by a thread. */
export function combineWgsl(terms: number): string {
  return wgsl`
@group(0) @binding(0) var<uniform> coefficients: array<vec4f, 2>;
@group(0) @binding(1) var<storage, read_write> result: array<vec2f>;
${each(terms, (k) => `@group(0) @binding(${2 + k}) var<storage, read> x${k}: array<vec2f>;\n`)}
@compute @workgroup_size(${ALGEBRA_THREADS})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  if (i >= arrayLength(&result)) { return; }
  var sum = vec2f(0.0);
  ${each(terms, (k) => `sum += coefficients[${k >> 2}][${k % 4}] * x${k}[i];`)}
  result[i] = sum;
}
`;
}

export const SCALE_NOISE_BINDINGS: readonly Binding[] = ['uniform', 'write', 'read', 'read'];

/** result = z⊙Σ^½ with ln Σ = ½(1 + v)·logHigh + ½(1 − v)·logLow. */
export const scaleNoiseWgsl = wgsl`
@group(0) @binding(0) var<uniform> bounds: vec4f; // logLow, logHigh
@group(0) @binding(1) var<storage, read_write> result: array<vec2f>;
@group(0) @binding(2) var<storage, read> z: array<vec2f>;
@group(0) @binding(3) var<storage, read> v: array<vec2f>;
@compute @workgroup_size(${ALGEBRA_THREADS})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  if (i >= arrayLength(&result)) { return; }
  let half = 0.5 * (bounds.y - bounds.x);
  result[i] = z[i] * exp(0.5 * (half * v[i] + half + bounds.x));
}
`;

export const THRESHOLD_BINDINGS: readonly Binding[] = ['uniform', 'write', 'read'];

/** `Space.threshold`: kept within s, the limit or where dynamic the larger quantile of |x|, |y|, and shrunk by limit/s. */
export const thresholdWgsl = wgsl`
@group(0) @binding(0) var<uniform> how: vec4f; // limit, quantile, 1 where dynamic
@group(0) @binding(1) var<storage, read_write> result: array<vec2f>;
@group(0) @binding(2) var<storage, read> x: array<vec2f>;
@compute @workgroup_size(${ALGEBRA_THREADS})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  if (i >= arrayLength(&result)) { return; }
  let size = abs(x[i]);
  let least = min(size.x, size.y);
  let quantile = least + how.y * (max(size.x, size.y) - least);
  let s = select(how.x, max(how.x, quantile), how.z == 1.0);
  result[i] = clamp(x[i], vec2f(-s), vec2f(s)) * (how.x / s);
}
`;
