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

/** The answer to a request whose experiment has gone while it was worked on. */
export function interrupted(
  message = 'The experiment was changed while this was being computed.',
): EngineError {
  return new EngineError({ code: 'interrupted', message, advice: 'Ask again.' });
}

/** Anything thrown, as a problem that can be shown to a person. */
export function problemOf(error: unknown): EngineProblem {
  if (error instanceof EngineError) return error.problem;
  if (isProblem(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message,
    advice: 'Reset the experiment; if it happens again, reload the page.',
  };
}

function isProblem(value: unknown): value is EngineProblem {
  return typeof value === 'object' && value !== null && 'code' in value && 'advice' in value;
}
