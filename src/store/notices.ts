import { ConfigError } from '../config/errors.ts';
import { problemOf } from '../engine/errors.ts';
import type { EngineProblem } from '../engine/protocol.ts';

export type NoticeTone = 'info' | 'warning' | 'error';

/** Something the person should know; stays until dismissed or superseded. */
export interface Notice {
  readonly id: number;
  readonly tone: NoticeTone;
  readonly message: string;
  /** What to do about it; empty when nothing need be done. */
  readonly advice: string;
}

export type NewNotice = Omit<Notice, 'id'>;

const MAX_NOTICES = 6;

/** The list with a notice added at the end; one that says the same is replaced, the oldest give way. */
export function addNotice(notices: readonly Notice[], notice: NewNotice): readonly Notice[] {
  const id = 1 + Math.max(0, ...notices.map((old) => old.id));
  const others = notices.filter((old) => old.message !== notice.message);
  return [...others, { id, ...notice }].slice(-MAX_NOTICES);
}

/** Problems that the engine went around are warnings; those it could not are errors. */
export function noticeOfProblem({ code, message, advice }: EngineProblem): NewNotice {
  const survived = code === 'no-webgpu' || code === 'device-lost';
  return { tone: survived ? 'warning' : 'error', message, advice };
}

/** A thrown value in words. */
export function noticeOfError(error: unknown): NewNotice {
  if (error instanceof ConfigError) return { tone: 'warning', message: error.message, advice: '' };
  return noticeOfProblem(problemOf(error));
}

/** All that was changed in a link, as one notice: a bad link has many faults, and the list of notices is short. */
export function noticeOfLink(warnings: readonly string[]): NewNotice {
  return {
    tone: 'warning',
    message: 'This link could not be followed to the letter:',
    advice: warnings.join(' '),
  };
}
