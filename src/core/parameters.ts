import { requireBetween, requireInteger } from './check.ts';

/** A number that shapes a process, a weighting or a way of drawing t, with the range that is allowed. */
export interface Parameter {
  readonly name: string;
  readonly label: string;
  /** What it does and what larger means, for a student, in one sentence or two. */
  readonly hint: string;
  readonly initial: number;
  readonly low: number;
  readonly high: number;
  /** Whether only whole numbers make sense. */
  readonly whole?: true;
}

/**
 * All parameters by name: the given values, and the initial ones for the rest.
 * @throws RangeError when a name is unknown or a value out of range
 */
export function parameterValues<Name extends string>(
  parameters: readonly (Parameter & { readonly name: Name })[],
  values: Readonly<Record<string, number>>,
): Record<Name, number> {
  for (const name of Object.keys(values)) {
    if (!parameters.some((parameter) => parameter.name === name)) {
      const names = parameters.map((parameter) => parameter.name).join(', ');
      throw new RangeError(`There is no parameter '${name}' here; there is ${names || 'none'}.`);
    }
  }
  const chosen = parameters.map(({ name, initial, low, high, whole }) => {
    const value = values[name] ?? initial;
    if (whole) requireInteger(name, value, low, high);
    else requireBetween(name, value, low, high);
    return [name, value] as const;
  });
  return Object.fromEntries(chosen) as Record<Name, number>;
}
