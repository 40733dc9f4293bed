import { clamp } from './sliderScale.ts';

/** What became of a number that a person typed. */
export interface NumberEntry {
  /** The value to use; null leaves things as they were. */
  readonly value: number | null;
  /** What to tell the person; empty when the entry was taken as typed. */
  readonly message: string;
}

export interface NumberLimits {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

/** Reads a typed number: spaces group digits, a lone comma is a decimal point. Out of range is clamped, and said. */
export function readNumberEntry(text: string, { label, min, max, whole }: NumberLimits): NumberEntry {
  const compact = text.replace(/[\s_]/g, '').replace('−', '-');
  const plain = compact.includes('.') ? compact : compact.replace(',', '.');
  const typed = plain === '' ? Number.NaN : Number(plain);
  if (Number.isNaN(typed)) return { value: null, message: `${label}: “${text.trim()}” is not a number.` };
  if (typed < min) return { value: min, message: `${label} is at least ${min}.` };
  if (typed > max) return { value: max, message: `${label} is at most ${max}.` };
  const value = whole ? clamp(Math.round(typed), min, max) : typed;
  return { value, message: value === typed ? '' : `${label} is a whole number: ${value}.` };
}
