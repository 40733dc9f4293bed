import type { Operation } from '../../../core/operations.ts';
import type { Program } from '../../../core/program.ts';
import type { ProgramLevel } from '../types.ts';
import { SHARED_LEVEL_SIZE } from './kernels/evaluate.ts';
import { INSTRUCTION } from './kernels/runProgram.ts';

/** A program in the words that the device reads. */
export interface CompiledProgram {
  readonly code: Uint32Array;
  /** [levels][SHARED_LEVEL_SIZE], one at least */
  readonly levels: Float32Array;
  /** Where each evaluation of the network begins, in words: a path may be cut before any. */
  readonly evaluations: readonly number[];
  /** Registers, with one for the latest answer's variance. */
  readonly nRegisters: number;
  readonly varianceRegister: number;
  /** Keys of the noise, in the order of its instructions. */
  readonly noiseKeys: readonly number[];
}

/** @param levelAt x̂₀ = skip·x + out·F at a time */
export function compileProgram(
  { operations, nRegisters }: Program,
  levelAt: (t: number) => ProgramLevel,
): CompiledProgram {
  const code: number[] = [];
  const levels: number[] = [];
  const rows = new Map<number, { readonly row: number; readonly skip: number; readonly out: number }>();
  const evaluations: number[] = [];
  const noiseKeys: number[] = [];
  const varianceRegister = nRegisters;
  const spareRegister = nRegisters + 1;
  /** Where the variance register belongs to. */
  let answered: { readonly from: number; readonly t: number } | null = null;

  function evaluate(to: number, from: number, t: number): void {
    let at = rows.get(t);
    if (!at) {
      const { level, skip, out } = levelAt(t);
      at = { row: rows.size, skip, out };
      rows.set(t, at);
      levels.push(level.inputScale, ...level.features);
    }
    if (at.out === 0) {
      code.push(INSTRUCTION.combine, to, 1, from, bits(at.skip));
      return;
    }
    evaluations.push(code.length);
    code.push(INSTRUCTION.evaluate, to, from, at.row, bits(at.skip), bits(at.out));
    answered = { from, t };
  }

  function emit(operation: Operation): void {
    switch (operation.kind) {
      case 'denoise':
        evaluate(operation.to, operation.from, operation.t);
        break;
      case 'combine': {
        const { to, terms } = operation;
        const words = terms.flatMap(([coef, x]) => [x, bits(coef)]);
        code.push(INSTRUCTION.combine, to, terms.length, ...words);
        break;
      }
      case 'noise':
        code.push(INSTRUCTION.noise, operation.to, ...halves(operation.key), noiseKeys.length);
        noiseKeys.push(operation.key);
        break;
      case 'learned-noise': {
        const { to, from, t, noise, logLow, logHigh } = operation;
        if (answered?.from !== from || answered.t !== t) evaluate(spareRegister, from, t);
        code.push(INSTRUCTION.scaleNoise, to, noise, bits(logLow), bits(logHigh));
        break;
      }
      case 'threshold': {
        const { to, from, how } = operation;
        const dynamic = how.kind === 'dynamic';
        const quantile = dynamic ? how.quantile : 0;
        code.push(INSTRUCTION.threshold, to, from, bits(how.limit), bits(quantile), dynamic ? 1 : 0);
        break;
      }
      case 'keep':
        code.push(INSTRUCTION.keep, operation.from, operation.slot);
        return;
    }
    if (answered?.from === operation.to) answered = null;
  }

  for (const operation of operations) emit(operation);
  if (levels.length === 0) levels.push(...new Array<number>(SHARED_LEVEL_SIZE).fill(0));
  return {
    code: Uint32Array.from(code),
    levels: Float32Array.from(levels),
    evaluations,
    nRegisters: nRegisters + 2,
    varianceRegister,
    noiseKeys,
  };
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
