import type { Operation, OperationOn } from '../core/operations.ts';
import type { Program } from '../core/program.ts';
import type { ProgramLevel, SharedLevel } from './types.ts';

type Plain = Extract<OperationOn<number>, { kind: 'combine' | 'noise' | 'threshold' | 'keep' }>;

/** What a device does at once: a program's operations with the denoiser and the learned noise taken apart. */
export type ProgramStep =
  | Plain
  /** to = skip·x + out·F with F the network's answer at x = from; its v goes to the variance register. */
  | {
      readonly kind: 'answer';
      readonly to: number;
      readonly from: number;
      /** Index into `ProgramSteps.levels`. */
      readonly level: number;
      readonly skip: number;
      readonly out: number;
    }
  /** to = noise⊙Σ^½ with the v in the variance register. */
  | {
      readonly kind: 'scale-noise';
      readonly to: number;
      readonly noise: number;
      readonly logLow: number;
      readonly logHigh: number;
    };

export interface ProgramSteps {
  readonly steps: readonly ProgramStep[];
  readonly levels: readonly SharedLevel[];
  /** The program's, with more for the latest answer's variance, for an answer of which only that is wanted, and for a guide's. */
  readonly nRegisters: number;
  readonly varianceRegister: number;
}

/** How x̂₀ is made of answers at some of the levels. */
interface Answer {
  readonly level: number;
  readonly skip: number;
  readonly out: number;
  readonly guide: { readonly level: number; readonly out: number } | null;
}

/** @param levelAt how the network answers at a time */
export function programSteps(
  { operations, nRegisters }: Pick<Program, 'operations' | 'nRegisters'>,
  levelAt: (t: number) => ProgramLevel,
): ProgramSteps {
  const steps: ProgramStep[] = [];
  const levels: SharedLevel[] = [];
  let guided = false;
  const known = new Map<number, Answer>();
  const varianceRegister = nRegisters;
  const spareRegister = nRegisters + 1;
  const guideRegister = nRegisters + 2;
  /** Where the variance register belongs to. */
  let answered: { readonly from: number; readonly t: number } | null = null;

  const added = (level: SharedLevel): number => levels.push(level) - 1;

  function answerAt(t: number): Answer {
    const found = known.get(t);
    if (found) return found;
    const { level, skip, out, guide } = levelAt(t);
    const made = {
      level: added(level),
      skip,
      out,
      guide: guide ? { level: added(guide.level), out: guide.out } : null,
    };
    known.set(t, made);
    return made;
  }

  function denoise(to: number, from: number, t: number): void {
    const { level, skip, out, guide } = answerAt(t);
    // A guide may have the whole say.
    if (out === 0 && !guide) {
      steps.push({ kind: 'combine', to, terms: [[skip, from]] });
      return;
    }
    // First the guide, since 'to' may be where the point is, and the variance kept is that of the last one asked.
    if (guide) {
      guided = true;
      steps.push({ kind: 'answer', to: guideRegister, from, level: guide.level, skip: 0, out: guide.out });
    }
    steps.push({ kind: 'answer', to, from, level, skip, out });
    if (guide) {
      const terms = [to, guideRegister].map((place) => [1, place] as const);
      steps.push({ kind: 'combine', to, terms });
    }
    answered = { from, t };
  }

  function add(operation: Operation): void {
    if (operation.kind === 'denoise') {
      denoise(operation.to, operation.from, operation.t);
    } else if (operation.kind === 'learned-noise') {
      const { to, from, t, noise, logLow, logHigh } = operation;
      if (answered?.from !== from || answered.t !== t) denoise(spareRegister, from, t);
      steps.push({ kind: 'scale-noise', to, noise, logLow, logHigh });
    } else steps.push(operation);
    if (operation.kind !== 'keep' && answered?.from === operation.to) answered = null;
  }

  for (const operation of operations) add(operation);
  return { steps, levels, nRegisters: nRegisters + (guided ? 3 : 2), varianceRegister };
}
