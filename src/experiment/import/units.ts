import { type DecimalMark, isMissing, numberOf } from './cells.ts';

/** A sign of money before a number, or a unit behind it. */
const BEFORE = /^([+−-]?)([$€£¥])\s*(\d.*)$/;
const BEHIND = /^(.*\d\.?)\s*([%‰$€£¥°µ\p{L}][%°µ/²³\p{L}]{0,7})$/u;

/** So many rows tell the units. */
const TRIED = 200;

/** The number in a cell that has a unit as well; null where it has none. */
export function withUnit(cell: string, decimal: DecimalMark): { number: string; unit: string } | null {
  const [, sign, money, rest] = BEFORE.exec(cell) ?? [];
  const [, digits, behind] = BEHIND.exec(cell) ?? [];
  const number = money ? `${sign}${rest}` : (digits ?? '');
  return numberOf(number, decimal) === null ? null : { number, unit: money ?? behind! };
}

/** Takes the units off the columns in which nearly all numbers have the same one. */
export function withoutUnits(
  rows: readonly (readonly string[])[],
  decimal: DecimalMark,
): { readonly rows: readonly (readonly string[])[]; readonly units: readonly string[] } {
  const some = rows.slice(0, TRIED);
  const width = Math.max(0, ...some.map(({ length }) => length));
  const units = Array.from({ length: width }, (_, column) => commonUnit(some, column, decimal));
  if (units.every((unit) => unit === null)) return { rows, units: [] };
  const bare = rows.map((cells) =>
    cells.map((cell, column) => {
      const found = units[column] ? withUnit(cell, decimal) : null;
      return found && found.unit === units[column] ? found.number : cell;
    }),
  );
  return { rows: bare, units: units.filter((unit) => unit !== null) };
}

function commonUnit(
  rows: readonly (readonly string[])[],
  column: number,
  decimal: DecimalMark,
): string | null {
  const cells = rows.flatMap((row) => (isMissing(row[column] ?? null) ? [] : [row[column]!]));
  const found = cells.map((cell) => withUnit(cell, decimal)?.unit);
  const unit = found.find((one) => one !== undefined);
  // One cell may be the name of the column.
  const same = found.filter((one) => one === unit).length;
  return unit !== undefined && same >= 2 && same >= 0.9 * (cells.length - 1) ? unit : null;
}
