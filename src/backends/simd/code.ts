import type { ProgramStep } from '../programSteps.ts';

/** As kernel/program.as knows them. */
const COMBINE = 0;
const ANSWER = 1;
const SCALE_NOISE = 2;
const THRESHOLD = 3;

/** Where what steps speak of lies in the kernel's memory. */
export interface Places {
  register(index: number): number;
  /** Of the latest answer's v; 0 where networks say none. */
  readonly variance: number;
  /** The noise of a key, [n][2]. */
  noise(key: number): number;
  /** Where a slot is kept. */
  slot(index: number): number;
  /** The first layer's bias at a level, and what the points are multiplied by. */
  level(index: number): { readonly bias: number; readonly inputScale: number };
}

/** A pair of u32, or a float64: a word of eight bytes. */
type Word = readonly [low: number, high: number] | number;

/** Steps in the words of kernel/program.as; drawing noise and keeping a slot are copies. */
export function codeOf(steps: readonly ProgramStep[], places: Places): ArrayBuffer {
  const words = steps.flatMap((step) => instruction(step, places));
  const buffer = new ArrayBuffer(8 * words.length);
  const pairs = new Uint32Array(buffer);
  const numbers = new Float64Array(buffer);
  for (const [i, word] of words.entries()) {
    if (typeof word === 'number') numbers[i] = word;
    else pairs.set(word, 2 * i);
  }
  return buffer;
}

function instruction(step: ProgramStep, places: Places): readonly Word[] {
  const at = places.register;
  switch (step.kind) {
    case 'combine':
      return combined(
        at(step.to),
        step.terms.map(([coef, x]) => [coef, at(x)]),
      );
    case 'noise':
      return combined(at(step.to), [[1, places.noise(step.key)]]);
    case 'keep':
      return combined(places.slot(step.slot), [[1, at(step.from)]]);
    case 'answer': {
      const { bias, inputScale } = places.level(step.level);
      const { to, from, skip, out } = step;
      return [[ANSWER, at(to)], [at(from), bias], inputScale, skip, out, [places.variance, 0]];
    }
    case 'scale-noise': {
      const { to, noise, logLow, logHigh } = step;
      return [[SCALE_NOISE, at(to)], [at(noise), places.variance], logLow, logHigh];
    }
    case 'threshold': {
      const { to, from, how } = step;
      const grows = how.kind === 'dynamic';
      return [[THRESHOLD, at(to)], [at(from), grows ? 1 : 0], how.limit, grows ? how.quantile : 0];
    }
  }
}

function combined(to: number, terms: readonly (readonly [coef: number, x: number])[]): readonly Word[] {
  return [[COMBINE, to], [terms.length, 0], ...terms.flatMap(([coef, x]): Word[] => [coef, [x, 0]])];
}
