import type { Program } from '../../core/program.ts';
import { type ProgramStep, programSteps } from '../programSteps.ts';
import type { ProgramLevel } from '../types.ts';
import { sharedLevelNumbers } from './kernels/evaluate.ts';
import { INSTRUCTION } from './kernels/runProgram.ts';

/** A program in the words that the device reads. */
export interface CompiledProgram {
  readonly code: Uint32Array;
  /** [levels][sharedLevelSize]; of a program that asks for none, one number that is not read */
  readonly levels: Float32Array;
  /** Where each evaluation of the network begins, in words: a path may be cut before any. */
  readonly evaluations: readonly number[];
  readonly nRegisters: number;
  readonly varianceRegister: number;
  /** Keys of the noise, in the order of its instructions. */
  readonly noiseKeys: readonly number[];
}

/** @param levelAt how the network answers at a time */
export function compileProgram(program: Program, levelAt: (t: number) => ProgramLevel): CompiledProgram {
  const { steps, levels, nRegisters, varianceRegister } = programSteps(program, levelAt);
  const code: number[] = [];
  const evaluations: number[] = [];
  const noiseKeys: number[] = [];
  for (const step of steps) {
    if (step.kind === 'answer') evaluations.push(code.length);
    code.push(...instruction(step, noiseKeys.length));
    if (step.kind === 'noise') noiseKeys.push(step.key);
  }
  const rows = levels.flatMap(sharedLevelNumbers);
  return {
    code: Uint32Array.from(code),
    levels: Float32Array.from(rows.length > 0 ? rows : [0]),
    evaluations,
    nRegisters,
    varianceRegister,
    noiseKeys,
  };
}

/** @param nKeys of the noise before it */
function instruction(step: ProgramStep, nKeys: number): readonly number[] {
  switch (step.kind) {
    case 'answer':
      return [INSTRUCTION.evaluate, step.to, step.from, step.level, bits(step.skip), bits(step.out)];
    case 'combine': {
      const words = step.terms.flatMap(([coef, x]) => [x, bits(coef)]);
      return [INSTRUCTION.combine, step.to, step.terms.length, ...words];
    }
    case 'noise':
      return [INSTRUCTION.noise, step.to, ...halves(step.key), nKeys];
    case 'scale-noise':
      return [INSTRUCTION.scaleNoise, step.to, step.noise, bits(step.logLow), bits(step.logHigh)];
    case 'threshold': {
      const { to, from, how } = step;
      const dynamic = how.kind === 'dynamic';
      const quantile = dynamic ? how.quantile : 0;
      return [INSTRUCTION.threshold, to, from, bits(how.limit), bits(quantile), dynamic ? 1 : 0];
    }
    case 'keep':
      return [INSTRUCTION.keep, step.from, step.slot];
  }
}

/** A float32 as a word. */
function bits(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0]!;
}

/** A float64 as two words: noise keys need not be whole or small. */
function halves(value: number): readonly [number, number] {
  const words = new Uint32Array(Float64Array.of(value).buffer);
  return [words[0]!, words[1]!];
}
