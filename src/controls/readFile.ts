/** 20 MB; more would hold up the page while it is parsed. */
export const MAX_FILE_BYTES = 20 * 2 ** 20;

/** Why a file was not taken, and what to do. */
export interface UploadProblem {
  readonly message: string;
  readonly advice: string;
}

export type UploadResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: UploadProblem };

/** The part of a File that is read. */
export interface ReadableFile {
  readonly name: string;
  readonly size: number;
  text(): Promise<string>;
}

/** Reads a file as text and parses it; whatever goes wrong comes back as words. `parse` throws what is wrong. */
export async function readFile<T>(
  file: ReadableFile,
  parse: (text: string, fileName: string) => T | Promise<T>,
): Promise<UploadResult<T>> {
  if (file.size > MAX_FILE_BYTES) {
    const size = (file.size / 2 ** 20).toFixed(0);
    return refused(`${file.name} is too large (${size} MB; the limit is 20 MB).`, 'Keep fewer rows.');
  }
  try {
    return { ok: true, value: await parse(await file.text(), file.name) };
  } catch (error) {
    if (!(error instanceof Error)) return refused(`${file.name} could not be read.`, '');
    const advice = 'advice' in error && typeof error.advice === 'string' ? error.advice : '';
    return refused(error.message, advice);
  }
}

function refused<T>(message: string, advice: string): UploadResult<T> {
  return { ok: false, problem: { message, advice } };
}
