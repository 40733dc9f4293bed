import type { BackendChoice } from '../experiment/backends.ts';
import { ConfigError } from '../experiment/errors.ts';
import { problemOf } from '../protocol/errors.ts';
import type { EngineInfo, EngineProblem } from '../protocol/protocol.ts';

export type NoticeTone = 'info' | 'warning' | 'error';

/** What a button of a notice does. */
export type Remedy = 'restart' | 'reload' | 'predict-v' | 'predict-x0' | 'lower-rate';

/** What a notice is about: it ends when there is an engine again, another model, another wish of the person. */
export type NoticeCause = 'engine' | 'model' | 'choice';

/** Something the person should know; stays until dismissed or superseded. */
export interface Notice {
  readonly id: number;
  readonly tone: NoticeTone;
  readonly message: string;
  /** What to do about it; empty when nothing need be done. */
  readonly advice: string;
  /** Buttons that do what is advised. */
  readonly remedies?: readonly Remedy[];
  readonly about?: NoticeCause;
}

export type NewNotice = Omit<Notice, 'id'>;

const MAX_NOTICES = 6;

/** The list with a notice added at the end; one that says the same is replaced, the oldest give way. */
export function addNotice(notices: readonly Notice[], notice: NewNotice): readonly Notice[] {
  const id = 1 + Math.max(0, ...notices.map((old) => old.id));
  const others = notices.filter((old) => old.message !== notice.message);
  return [...others, { id, ...notice }].slice(-MAX_NOTICES);
}

/** The list without what was about a cause that is no more; the same list where nothing was. */
export function endNotices(notices: readonly Notice[], ...causes: readonly NoticeCause[]): readonly Notice[] {
  const stays = ({ about }: Notice) => about === undefined || !causes.includes(about);
  return notices.every(stays) ? notices : notices.filter(stays);
}

/** Problems that the engine went around are warnings; those it could not are errors. */
export function noticeOfProblem({ code, message, advice }: EngineProblem): NewNotice {
  const survived = code === 'no-webgpu' || code === 'no-worker' || code === 'device-lost';
  return { tone: survived ? 'warning' : 'error', message, advice, ...REMEDIES[code] };
}

const REMEDIES: Readonly<Partial<Record<EngineProblem['code'], Partial<Notice>>>> = {
  'engine-lost': { about: 'engine', remedies: ['restart'] },
  'backend-failed': { about: 'engine', remedies: ['restart', 'reload'] },
  'not-loaded': { remedies: ['reload'] },
  diverged: { about: 'model' },
};

/** An engine other than the one that was asked for: nothing is lost, but it must not go unsaid. */
export function noticeOfEngine({ backend, reason }: EngineInfo, wish: BackendChoice): NewNotice | null {
  if (wish === 'auto' || wish === backend) return null;
  const message = `What you chose to compute on could not be used. ${reason}`;
  return { tone: 'warning', message, advice: 'Choose it again to try again.', about: 'choice' };
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
