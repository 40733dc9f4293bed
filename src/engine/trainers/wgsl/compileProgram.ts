import type { Operation } from '../../../core/operations.ts';
import type { Program } from '../../../core/program.ts';
import type { ProgramLevel, SharedLevel } from '../types.ts';
import { INSTRUCTION } from './kernels/runProgram.ts';

/** A program in the words that the device reads. */
export interface CompiledProgram {
  readonly code: Uint32Array;
  /** [levels][sharedLevelSize]; of a program that asks for none, one number that is not read */
  readonly levels: Float32Array;
  /** Where each evaluation of the network begins, in words: a path may be cut before any. */
  readonly evaluations: readonly number[];
  /** Registers, with more for the latest answer's variance, for an answer of which only that is wanted, and for a guide's. */
  readonly nRegisters: number;
  readonly varianceRegister: number;
  /** Keys of the noise, in the order of its instructions. */
  readonly noiseKeys: readonly number[];
}

/** How x̂₀ is made of rows of levels. */
interface Answer {
  readonly row: number;
  readonly skip: number;
  readonly out: number;
  readonly guide: { readonly row: number; readonly out: number } | null;
}

/** @param levelAt how the network answers at a time */
export function compileProgram(
  { operations, nRegisters }: Program,
  levelAt: (t: number) => ProgramLevel,
): CompiledProgram {
  const code: number[] = [];
  const levels: number[] = [];
  let nRows = 0;
  let guided = false;
  const known = new Map<number, Answer>();
  const evaluations: number[] = [];
  const noiseKeys: number[] = [];
  const varianceRegister = nRegisters;
  const spareRegister = nRegisters + 1;
  const guideRegister = nRegisters + 2;
  /** Where the variance register belongs to. */
  let answered: { readonly from: number; readonly t: number } | null = null;

  function addRow({ inputScale, features }: SharedLevel): number {
    levels.push(inputScale, ...features);
    nRows += 1;
    return nRows - 1;
  }

  function answerAt(t: number): Answer {
    const found = known.get(t);
    if (found) return found;
    const { level, skip, out, guide } = levelAt(t);
    const made = {
      row: addRow(level),
      skip,
      out,
      guide: guide ? { row: addRow(guide.level), out: guide.out } : null,
    };
    known.set(t, made);
    return made;
  }

  /** to = skip·from + out·F of a row */
  function ask(to: number, from: number, row: number, skip: number, out: number): void {
    evaluations.push(code.length);
    code.push(INSTRUCTION.evaluate, to, from, row, bits(skip), bits(out));
  }

  function evaluate(to: number, from: number, t: number): void {
    const { row, skip, out, guide } = answerAt(t);
    if (out === 0) {
      code.push(INSTRUCTION.combine, to, 1, from, bits(skip));
      return;
    }
    // First the guide, since 'to' may be where the point is, and the variance kept is that of the last one asked.
    if (guide) {
      guided = true;
      ask(guideRegister, from, guide.row, 0, guide.out);
    }
    ask(to, from, row, skip, out);
    if (guide) code.push(INSTRUCTION.combine, to, 2, to, bits(1), guideRegister, bits(1));
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
  if (levels.length === 0) levels.push(0);
  return {
    code: Uint32Array.from(code),
    levels: Float32Array.from(levels),
    evaluations,
    nRegisters: nRegisters + (guided ? 3 : 2),
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
