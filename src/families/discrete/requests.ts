import { show } from '../../experiment/errors.ts';
import { badRequest, requireInteger } from '../../protocol/errors.ts';

/** Who says what x_0 may have been: the network, the best that independent answers can be, or the truth. */
export const DENOISERS = ['learned', 'factorised', 'exact'] as const;
export type DenoiserId = (typeof DENOISERS)[number];

type Fields = Readonly<Record<string, unknown>>;

/** @throws EngineError 'bad-request' where it is no object, or has fields that are not known */
export function fieldsOf(request: unknown, known: readonly string[]): Fields {
  if (request === undefined) return {};
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw badRequest('The request is not an object.', `It may have ${known.join(', ')}.`);
  }
  const unknown = Object.keys(request).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw badRequest(`${unknown} is not known here.`, `It may have ${known.join(', ')}.`);
  return request as Fields;
}

export function denoiserOf({ denoiser = 'learned' }: Fields): DenoiserId {
  const found = DENOISERS.find((one) => one === denoiser);
  if (found === undefined)
    throw badRequest(`denoiser = ${show(denoiser)} is unknown.`, `Give one of ${DENOISERS.join(', ')}.`);
  return found;
}

/** A whole number of a request. @param usual where it is left out; none where it must be given */
export function wholeOf(fields: Fields, name: string, low: number, high: number, usual?: number): number {
  const value = fields[name] ?? usual;
  if (typeof value !== 'number') {
    const wrong = value === undefined ? 'is missing' : `= ${show(value)} is not a number`;
    throw badRequest(`${name} ${wrong}.`, `Give a whole number from ${low} to ${high}.`);
  }
  requireInteger(name, value, low, high);
  return value;
}

/** Steps of a sampler, at most T: as many as the chain has when left out. */
export function stepsOf(fields: Fields, T: number): number {
  const { steps = T } = fields;
  if (typeof steps === 'number' && steps > T) {
    throw badRequest(
      `steps is ${steps}, more than the T = ${T} steps of the chain.`,
      `Give a whole number from 1 to ${T}.`,
    );
  }
  return wholeOf(fields, 'steps', 1, T, T);
}

/** t of the chain at which a sampler of so many steps stops: T first, 0 last, evenly. */
export const stopsOf = (steps: number, T: number): readonly number[] =>
  Array.from({ length: steps + 1 }, (_, k) => Math.round((T * (steps - k)) / steps));

/** What is written in digits as a number, and all else as it is, for whoever names it. */
export const digitsOf = (text: string): number | string => (/^\d+$/.test(text) ? Number(text) : text);

/**
 * A sequence as letters of an alphabet. @throws EngineError 'bad-request' that says which letter is none, or how long it must be
 * @param or what may be given in place of numbers, in words
 */
export function sequenceOf(
  value: unknown,
  name: string,
  length: number,
  letters: number,
  or = '',
): Int32Array {
  const list = typeof value === 'string' ? Array.from(value, digitsOf) : value;
  const isList = Array.isArray(list) || ArrayBuffer.isView(list);
  if (!isList) {
    const numbers = `${length} numbers from 0 to ${letters - 1}`;
    throw badRequest(`${name} is not a sequence.`, `Give ${or && `${or}, or `}${numbers}.`);
  }
  const numbers = Array.from(list as ArrayLike<unknown>);
  if (numbers.length !== length) {
    throw badRequest(`${name} has ${numbers.length} values.`, `Here it must have ${length}.`);
  }
  const wrong = numbers.find((x) => !(Number.isInteger(x) && (x as number) >= 0 && (x as number) < letters));
  if (wrong !== undefined)
    throw badRequest(`${name} holds ${show(wrong)}.`, `Give whole numbers from 0 to ${letters - 1}.`);
  return Int32Array.from(numbers as number[]);
}

/** A list of sequences. */
export function listOf(request: unknown, name: string): readonly unknown[] {
  if (Array.isArray(request)) return request;
  throw badRequest(`${name} is not a list.`, 'Give a list of sequences.');
}
