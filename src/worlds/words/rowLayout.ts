/** Sentences set in lines: the type's size in px, and how many lines each row that is shown takes. */
export interface RowLayout {
  readonly font: number;
  /** From one line to the next, px. */
  readonly lineHeight: number;
  /** Width of a letter, px. */
  readonly letter: number;
  /** Letters that a line has room for. */
  readonly perLine: number;
  /** Of the rows that are shown, from the first on. */
  readonly lines: readonly number[];
}

/** Width of a letter in a font of 1 px; and how narrow letters may be set, rather than a sentence in two lines. */
const LETTER = 0.56;
const NARROW_LETTERS = [0.54, 0.52, 0.5] as const;
/** Letters that a sentence's further lines are set in by. */
const INDENT = 2;
/** Smaller type than this cannot be read: before a screen, and in a lecture. */
export const LEAST_FONT = { near: 11, far: 14 } as const;
const MOST_FONT = 22;
/** Lines stand so many times the type's size apart, at the least and at the most. */
const SPACING = 1.5;
const WIDEST_SPACING = 2.4;

/** A chip's width in letters, and whether it begins a line where not all chips fit in one. */
export interface ChipSize {
  readonly width: number;
  readonly begins: boolean;
}

/** Where chips stand, in letters: a sentence goes on in a further line where it does not fit. */
export function placeChips(
  chips: readonly ChipSize[],
  perLine: number,
): readonly { readonly line: number; readonly x: number }[] {
  const isWhole = chips.reduce((sum, { width }) => sum + width, 0) <= perLine;
  let line = 0;
  let end = 0;
  return chips.map(({ width, begins }) => {
    if (!isWhole && end > 0 && (begins || end + width > perLine)) {
      line += 1;
      end = INDENT;
    }
    const x = end;
    end += width;
    return { line, x };
  });
}

/**
 * The largest type at which all rows fit, and of the least type as many rows as fit.
 * @param frames [frames][rows][chips]: a row has room for its longest frame, so that none moves in time
 * @param size of the room, px
 * @param least the smallest type, px
 */
export function layRows(
  frames: readonly (readonly (readonly ChipSize[])[])[],
  { width, height }: { readonly width: number; readonly height: number },
  least: number = LEAST_FONT.near,
): RowLayout {
  const rows = frames[0]?.length ?? 0;
  const linesAt = (perLine: number): number[] =>
    Array.from({ length: rows }, (_, row) =>
      frames.reduce(
        (most, frame) => Math.max(most, 1 + (placeChips(frame[row]!, perLine).at(-1)?.line ?? 0)),
        1,
      ),
    );
  const at = (font: number, letter = LETTER * font) => {
    const perLine = width / letter;
    const lines = linesAt(perLine);
    const count = lines.reduce((sum, one) => sum + one, 0);
    return { font, letter, perLine, lines, count, fits: count * font * SPACING <= height };
  };
  const sizes = Array.from({ length: 2 * (MOST_FONT - least) + 1 }, (_, k) => MOST_FONT - k / 2).map((font) =>
    at(font),
  );
  const narrow = NARROW_LETTERS.map((letter) => at(least, letter * least));
  // Sentences are better whole than larger.
  const whole = [...sizes, ...narrow].find(({ fits, count }) => fits && count === rows);
  const { font, letter, perLine, lines, count } = whole ?? sizes.find(({ fits }) => fits) ?? sizes.at(-1)!;
  const lineHeight = Math.min(WIDEST_SPACING * font, Math.max(SPACING * font, height / count));
  let room = Math.floor(height / lineHeight + 1e-9);
  const shown = lines.findIndex((needed) => {
    room -= needed;
    return room < 0;
  });
  return { font, letter, lineHeight, perLine, lines: shown < 0 ? lines : lines.slice(0, Math.max(1, shown)) };
}
