import { booleanCodec, integerCodec } from '../../experiment/codecs.ts';
import { ConfigError, show } from '../../experiment/errors.ts';
import { FIELDS } from '../../experiment/fields.ts';
import { SEPARATORS } from '../../experiment/import/dialect.ts';
import type { TableChoices } from '../../experiment/import/openFile.ts';
import { PICTURE_POINTS, type PictureChoices } from './openPicture.ts';

export type ImportChoices = TableChoices &
  PictureChoices & {
    /** What refusals call the file; of a File, its own name. */
    readonly name?: string;
  };

type Check = (value: unknown, path: string) => unknown;

const COLUMN = "a column's name, or its number from 0";
const isColumn = (value: unknown) =>
  typeof value === 'string' || (typeof value === 'number' && Number.isInteger(value) && value >= 0);

function column(value: unknown, path: string): void {
  if (!isColumn(value)) throw new ConfigError(path, `= ${show(value)} names no column`, COLUMN);
}

function separator(value: unknown, path: string): void {
  if (SEPARATORS.some((known) => known === value)) return;
  const allowed = SEPARATORS.map((known) => JSON.stringify(known)).join(' ');
  throw new ConfigError(path, `= ${show(value)} is unknown`, allowed);
}

function fileName(value: unknown, path: string): void {
  if (typeof value !== 'string') throw new ConfigError(path, `= ${show(value)} is not text`, 'a name');
}

const CHECKS: Readonly<Record<keyof ImportChoices, Check>> = {
  x: column,
  y: column,
  class(value, path) {
    if (value !== null && !isColumn(value)) {
      throw new ConfigError(path, `= ${show(value)} names no column`, `${COLUMN}, or null for none`);
    }
  },
  separator,
  decimal(value, path) {
    if (value === '.' || value === ',') return;
    throw new ConfigError(path, `= ${show(value)} is unknown`, '"." or ","');
  },
  header: booleanCodec.check,
  skip: integerCodec(0, 1_000_000).check,
  apart: booleanCodec.check,
  clip: booleanCodec.check,
  points: integerCodec(PICTURE_POINTS.min, PICTURE_POINTS.max).check,
  invert: booleanCodec.check,
  seed: FIELDS.seed.codec.check,
  name: fileName,
};

/**
 * What a program chooses about a file.
 * @throws ConfigError naming the choice at fault
 */
export function checkChoices(choices: unknown): ImportChoices {
  const allowed = Object.keys(CHECKS).join(', ');
  if (typeof choices !== 'object' || choices === null || Array.isArray(choices)) {
    throw new ConfigError('choices', `= ${show(choices)} is not an object`, `an object of ${allowed}`);
  }
  const given = Object.entries(choices).filter(([, value]) => value !== undefined);
  for (const [key, value] of given) {
    if (!Object.hasOwn(CHECKS, key)) throw new ConfigError(key, 'is unknown', allowed);
    CHECKS[key as keyof ImportChoices](value, key);
  }
  return Object.fromEntries(given);
}
