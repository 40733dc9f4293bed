/** A value that the experiment cannot take. Says which field, what was wrong and what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** Path of the offending field, e.g. `nChain` or `stages[1].eta`. */
  readonly field: string;
  /** What the field takes, in words. */
  readonly allowed: string;

  /** @param problem reads on from the field's name, e.g. "= 5000 is above 1000" */
  constructor(field: string, problem: string, allowed: string) {
    super(`${field} ${problem}; allowed: ${allowed}.`);
    this.field = field;
    this.allowed = allowed;
  }
}

/** A value as an error message shows it: short, on one line. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : inWords(value);
  return text.length > 48 ? `${text.slice(0, 45)}…` : text;
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
