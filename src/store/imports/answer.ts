import { PointsFileError } from '../../experiment/import/pointsFileError.ts';

/** An answer that crosses threads: a refusal as data, because an Error's own fields do not survive the crossing. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string; readonly advice: string };

export async function answerOf<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'The file could not be read.';
    return { ok: false, message, advice: error instanceof PointsFileError ? error.advice : '' };
  }
}

/** @throws PointsFileError what the answer says was wrong */
export function resultOf<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new PointsFileError(answer.message, answer.advice);
}
