import { DROPPED, levelSize } from '../../classes.ts';
import { LEVEL } from '../../objective.ts';
import { PURPOSE } from './random.ts';
import { SOURCE, SPREAD } from './step.ts';
import { f32, wgsl } from './text.ts';

export interface BatchSizes {
  readonly nLevels: number;
  readonly nQuantiles: number;
  readonly nPoints: number;
  /** K; 0 where no class is taught. */
  readonly classes: number;
}

/** Words that one point of an explicit batch takes: its level's row, x_0 and ε. */
export const GIVEN_SIZE = 5;

/**
 * `exampleAt(i)`: point i of the batch, drawn or given. A function of (seed, step, i) alone.
 * Data are drawn without replacement within an epoch: place p of epoch e holds point π_e(p), with π_e a Feistel network
 * of four rounds on the next power of four, walked until it lands on a point (Black & Rogaway 2002).
 */
export function batchWgsl({ nLevels, nQuantiles, nPoints, classes }: BatchSizes): string {
  const size = levelSize({ classes });
  const quantiles = (classes + 1) * nLevels * size;
  const halfBits = Math.max(1, Math.ceil(Math.log2(nPoints) / 2));
  return wgsl`
struct Example { level: u32, x0: vec2f, eps: vec2f }

const N_POINTS = ${nPoints}u;
const HALF_BITS = ${halfBits}u;
const HALF_MASK = ${2 ** halfBits - 1}u;

fn shuffled(place: u32, epoch: u32) -> u32 {
  let keys = philox(vec4u(epoch, 0u, 0u, ${PURPOSE.order}u), step.seed);
  var value = place;
  loop {
    var left = value >> HALF_BITS; var right = value & HALF_MASK;
    for (var turn = 0u; turn < 4u; turn++) {
      // A word of PCG's output function (O'Neill 2014) as the round's random function.
      let state = (right ^ keys[turn]) * 747796405u + 2891336453u;
      let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
      let mixed = left ^ ((((word >> 22u) ^ word) >> 7u) & HALF_MASK);
      left = right; right = mixed;
    }
    value = (left << HALF_BITS) | right;
    if (value < N_POINTS) { break; }
  }
  return value;
}

fn spreadOver(i: u32, own: u32) -> f32 {
  let n = f32(step.batch);
  switch step.spread {
    case ${SPREAD.stratified}u: { return (f32(i) + unit(own)) / n; }
    case ${SPREAD.lowDiscrepancy}u: {
      let shift = unit(philox(vec4u(0u, step.step, 0u, ${PURPOSE.shift}u), step.seed).x);
      return fract(shift + f32(i) / n);
    }
    case ${SPREAD.antithetic}u: {
      let half = (step.batch + 1u) / 2u;
      if (i < half) { return unit(own); }
      return 1.0 - unit(philox(vec4u(i - half, step.step, 0u, ${PURPOSE.example}u), step.seed).z);
    }
    default: { return unit(own); }
  }
}

${classes > 0 ? classWgsl(nLevels, quantiles + nQuantiles) : ''}
fn exampleAt(i: u32) -> Example {
  if (step.source == ${SOURCE.given}u) {
    let at = ${GIVEN_SIZE}u * min(i, step.batch - 1u);
    return Example(u32(given[at]), vec2f(given[at + 1u], given[at + 2u]), vec2f(given[at + 3u], given[at + 4u]));
  }
  let words = philox(vec4u(i, step.step, 0u, ${PURPOSE.example}u), step.seed);
  let quantile = min(u32(spreadOver(i, words.z) * ${nQuantiles}.0), ${nQuantiles - 1}u);
  let place = step.offset + i;
  let index = shuffled(place % N_POINTS, step.epoch + place / N_POINTS);
  return Example(
    u32(table[${quantiles}u + quantile])${classes > 0 ? ' + classOf(index, words.w)' : ''},
    points[index],
    normals(words.x, words.y),
  );
}

// A number of a noise level.
fn levelNumber(level: u32, which: u32) -> f32 { return table[level * ${size}u + which]; }

fn noisedInput(example: Example) -> vec2f {
  let x = levelNumber(example.level, ${LEVEL.alpha}u) * example.x0 + levelNumber(example.level, ${LEVEL.sigma}u) * example.eps;
  return levelNumber(example.level, ${LEVEL.inputScale}u) * x;
}

// The standard deviation of the noise in it.
fn inputNoise(level: u32) -> f32 {
  return levelNumber(level, ${LEVEL.inputScale}u) * levelNumber(level, ${LEVEL.sigma}u);
}

fn targetOf(example: Example) -> vec2f {
  return levelNumber(example.level, ${LEVEL.targetX0}u) * example.x0
    + levelNumber(example.level, ${LEVEL.targetEps}u) * example.eps;
}
`;
}

/** `classOf(index, word)`: what a training point's class adds to its level's row; nothing where it is dropped. */
function classWgsl(nLevels: number, labels: number): string {
  return wgsl`
fn classOf(index: u32, own: u32) -> u32 {
  return select(u32(table[${labels}u + index]) * ${nLevels}u, 0u, unit(own) < ${f32(DROPPED)});
}
`;
}
