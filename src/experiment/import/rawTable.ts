import type { Cell, DecimalMark } from './cells.ts';
import type { Separator } from './dialect.ts';

/** How a file was understood; null where it does not apply, as in JSON. */
export interface Format {
  /** "CSV", "JSON (GeoJSON)", … */
  readonly name: string;
  readonly separator: Separator | null;
  readonly decimal: DecimalMark;
  readonly header: boolean | null;
  /** Lines passed over before the table. */
  readonly skip: number | null;
}

/** A file's rows before anything is made of them. */
export interface RawTable {
  readonly format: Format;
  /** A name for each column; empty where it has none. */
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Where a row is: "line 7", or "point 7" in JSON. */
  place(row: number): string;
  readonly notes: readonly string[];
}

/** What a person may say about a file when the guess is wrong. */
export interface FormatChoices {
  readonly separator?: Separator;
  readonly decimal?: DecimalMark;
  readonly header?: boolean;
  readonly skip?: number;
}
