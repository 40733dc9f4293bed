import type { EngineProblem } from './protocol.ts';

/** What went wrong in the engine, and what to try. Crosses the worker boundary as its `problem`. */
export class EngineError extends Error {
  readonly code: EngineProblem['code'];
  readonly advice: string;

  constructor(problem: EngineProblem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = 'EngineError';
    this.code = problem.code;
    this.advice = problem.advice;
  }

  get problem(): EngineProblem {
    return { code: this.code, message: this.message, advice: this.advice };
  }
}

/** A request that cannot be met as asked; `message` names the field and the values it may have. */
export function badRequest(message: string, advice: string): EngineError {
  return new EngineError({ code: 'bad-request', message, advice });
}

/** For programs, which read the message alone: what was wrong, and what is allowed. */
export async function advised<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'bad-request') throw error;
    const { message, advice } = error;
    throw new EngineError({ ...error.problem, message: `${message} ${advice}` }, { cause: error });
  }
}

/** The answer to a request whose experiment has gone while it was worked on. */
export function interrupted(
  message = 'The experiment was changed while this was being computed.',
): EngineError {
  return new EngineError({ code: 'interrupted', message, advice: 'Ask again.' });
}

/** The answer to a request that was taken back. */
export function cancelled(): EngineError {
  return new EngineError({ code: 'cancelled', message: 'It was cancelled.', advice: 'Start it again.' });
}

export const isCancelled = (error: unknown): boolean =>
  error instanceof EngineError && error.code === 'cancelled';

export const isInterrupted = (error: unknown): boolean =>
  error instanceof EngineError && error.code === 'interrupted';

/** What browsers say when a lazy part of the page cannot be fetched: each in its own words. */
const NOT_FETCHED =
  /dynamically imported module|importing a module script|preload CSS|load failed|failed to fetch/i;

/** Whether a part could not be fetched: offline, or the page on the server is another one by now. */
export function isFetchFailure(error: unknown): boolean {
  return error instanceof Error && NOT_FETCHED.test(error.message);
}

/** Anything thrown, as a problem that can be shown to a person. */
export function problemOf(error: unknown): EngineProblem {
  if (error instanceof EngineError) return error.problem;
  if (isProblem(error)) return error;
  if (isFetchFailure(error)) return NOT_LOADED;
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message,
    advice: 'Reset the experiment; if it happens again, reload the page.',
  };
}

const NOT_LOADED: EngineProblem = {
  code: 'not-loaded',
  message:
    'A part of this page could not be loaded: you are offline, or the page has been updated meanwhile.',
  advice: 'Try again when you are connected, or reload: the address keeps your experiment.',
};

function isProblem(value: unknown): value is EngineProblem {
  return typeof value === 'object' && value !== null && 'code' in value && 'advice' in value;
}

/** @throws EngineError 'bad-request' */
export function requireInteger(name: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw badRequest(`${name} is ${value}.`, `Give a whole number from ${low} to ${high}.`);
}
