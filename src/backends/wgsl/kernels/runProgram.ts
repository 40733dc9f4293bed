import type { NetworkShape } from '../../network.ts';
import type { Binding } from '../gpu.ts';
import { answerWgsl } from './evaluate.ts';
import { PURPOSE } from './random.ts';
import { wgsl } from './text.ts';

/** Instructions, each followed by its operands in the order of `compileProgram`. */
export const INSTRUCTION = {
  evaluate: 0,
  combine: 1,
  noise: 2,
  scaleNoise: 3,
  threshold: 4,
  keep: 5,
} as const;

export const RUN_PROGRAM_BINDINGS: readonly Binding[] = [
  'uniform',
  'read', // parameters
  'read', // levels
  'read', // code
  'read', // given noise
  'write', // registers [register][n]
  'write', // slots [slot][n]
];

/** Words of `Run`: begin, end, n, firstTile, seed, given, variance. */
export const RUN_WORDS = 8;

/**
 * Instructions begin…end of a program, a workgroup for each tile of points. Registers stay in memory between dispatches,
 * so a path may be cut anywhere. The noise of a key is the same in every program of the same seed, but it is not that of
 * `Space.gaussian`: it comes from a counter of (point, key).
 */
export function runProgramWgsl(shape: NetworkShape): string {
  return wgsl`
struct Run { begin: u32, end: u32, n: u32, firstTile: u32, seed: vec2u, given: u32, variance: u32 }
@group(0) @binding(0) var<uniform> run: Run;
@group(0) @binding(1) var<storage, read> parameters: array<f32>;
@group(0) @binding(2) var<storage, read> levels: array<f32>;
@group(0) @binding(3) var<storage, read> code: array<u32>;
@group(0) @binding(4) var<storage, read> givenNoise: array<vec2f>;
@group(0) @binding(5) var<storage, read_write> registers: array<vec2f>;
@group(0) @binding(6) var<storage, read_write> slots: array<vec2f>;
${answerWgsl(shape)}

fn number(at: u32) -> f32 { return bitcast<f32>(code[at]); }
// Where a register, or a slot, holds a point.
fn place(which: u32, point: u32) -> u32 { return which * run.n + point; }

fn evaluate(pc: u32, j: u32, point: u32, mine: bool) {
  var x = vec2f(0.0);
  if (mine) { x = registers[place(code[pc + 2u], point)]; }
  answer(j, code[pc + 3u], x);
  if (mine) {
    registers[place(code[pc + 1u], point)] = number(pc + 4u) * x + number(pc + 5u) * answered(j, 0u);
    ${shape.outputs === 4 ? 'registers[place(run.variance, point)] = answered(j, 2u);' : ''}
  }
}

fn combine(pc: u32, point: u32) {
  var sum = vec2f(0.0);
  let end = pc + 3u + 2u * code[pc + 2u];
  for (var at = pc + 3u; at < end; at += 2u) {
    sum += number(at + 1u) * registers[place(code[at], point)];
  }
  registers[place(code[pc + 1u], point)] = sum;
}

fn noise(pc: u32, point: u32) {
  var z: vec2f;
  if (run.given == 1u) { z = givenNoise[code[pc + 4u] * run.n + point]; }
  else {
    let words = philox(vec4u(point, code[pc + 2u], code[pc + 3u], ${PURPOSE.noise}u), run.seed);
    z = normals(words.x, words.y);
  }
  registers[place(code[pc + 1u], point)] = z;
}

// z⊙Σ^½ with the variance of the latest answer.
fn scaleNoise(pc: u32, point: u32) {
  let logLow = number(pc + 3u);
  let half = 0.5 * (number(pc + 4u) - logLow);
  let v = registers[place(run.variance, point)];
  let z = registers[place(code[pc + 2u], point)];
  registers[place(code[pc + 1u], point)] = z * exp(0.5 * (half * v + half + logLow));
}

fn threshold(pc: u32, point: u32) {
  let x = registers[place(code[pc + 2u], point)];
  let limit = number(pc + 3u);
  let least = min(abs(x.x), abs(x.y));
  let quantile = least + number(pc + 4u) * (max(abs(x.x), abs(x.y)) - least);
  let s = select(limit, max(limit, quantile), code[pc + 5u] == 1u);
  registers[place(code[pc + 1u], point)] = clamp(x, vec2f(-s), vec2f(s)) * (limit / s);
}

@compute @workgroup_size(WIDTH)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let j = local.x;
  let point = (run.firstTile + workgroup.x) * TILE + j;
  let mine = j < TILE && point < run.n;
  var pc = run.begin;
  while (pc < run.end) {
    switch code[pc] {
      case ${INSTRUCTION.evaluate}u: { evaluate(pc, j, point, mine); pc += 6u; }
      case ${INSTRUCTION.combine}u: { if (mine) { combine(pc, point); } pc += 3u + 2u * code[pc + 2u]; }
      case ${INSTRUCTION.noise}u: { if (mine) { noise(pc, point); } pc += 5u; }
      case ${INSTRUCTION.scaleNoise}u: { if (mine) { scaleNoise(pc, point); } pc += 5u; }
      case ${INSTRUCTION.threshold}u: { if (mine) { threshold(pc, point); } pc += 6u; }
      default: {
        if (mine) { slots[place(code[pc + 2u], point)] = registers[place(code[pc + 1u], point)]; }
        pc += 3u;
      }
    }
  }
}
`;
}
