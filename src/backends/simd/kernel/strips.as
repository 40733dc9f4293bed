/*
 * How matrices lie in memory: cut into strips of eight columns, each strip row by row, so that [rows][columns] is
 * [columns/8][rows][8]. A register tile then reads and writes contiguous memory, whichever way it goes.
 * Columns beyond the matrix are zeros.
 */

/** Columns of a strip. */
export const STRIP: i32 = 8;
/** Bytes of a row of a strip. */
export const STRIP_BYTES: usize = 32;
