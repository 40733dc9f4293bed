import type { WorldFrame } from '../../canvas/WorldCanvas.tsx';
import { type Edit, editsBetween } from '../../core/words/editDistance.ts';
import { L, lengthOf, MASK, PAD, SYMBOLS } from '../../core/words/language.ts';
import type { WordRows } from './recordings.ts';
import { hueOf } from './wordColours.ts';

/** Of the picture, around the rows. */
const MARGIN = 8;
/** Letters that a row has room for at the least, so that short sentences are not blown up. */
const FEWEST_LETTERS = 34;
/** Width of a letter in a font of 1 px. */
const LETTER = 0.56;

/** The edits' signs, so that colour is not all that tells them: after + and ~ the word is new, − is gone. */
const EDIT_SIGNS: Readonly<Record<Edit, string>> = { keep: '', replace: '~', insert: '+', delete: '−' };

interface Chip {
  readonly text: string;
  readonly symbol: number;
  readonly edit: Edit;
}

/** The frame nearest to a time of 0…1. */
export function frameAt({ times }: Pick<WordRows, 'times'>, time: number): number {
  let nearest = 0;
  times.forEach((t, k) => {
    if (Math.abs(t - time) < Math.abs(times[nearest]! - time)) nearest = k;
  });
  return nearest;
}

export function sentenceAt({ symbols, rows }: WordRows, frame: number, row: number): Uint8Array {
  const at = (frame * rows + row) * L;
  return symbols.subarray(at, at + L);
}

/** Sentences as rows of chips: each word in the colour of its kind, [M] grey, edits in the colours of DiffusER. */
export function drawWords({ context, palette, size, time }: WorldFrame, data: WordRows): void {
  const frame = frameAt(data, time);
  const rows = Array.from({ length: data.rows }, (_, row) => chipsOf(data, frame, row));
  const letters = Math.max(FEWEST_LETTERS, ...rows.map((chips) => lettersOf(chips)));
  const rowHeight = (size.height - 2 * MARGIN) / Math.max(data.rows, 1);
  const font = Math.max(5, Math.min(rowHeight * 0.66, (size.width - 2 * MARGIN) / (letters * LETTER), 22));
  context.font = `${font}px system-ui, sans-serif`;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  rows.forEach((chips, row) => {
    let x = MARGIN;
    const y = MARGIN + row * rowHeight;
    for (const chip of chips) {
      const width = widthOf(chip) * font * LETTER;
      drawChip(
        context,
        chip,
        { x, y: y + rowHeight * 0.08, width: width - font * 0.14, height: rowHeight * 0.84 },
        palette,
      );
      x += width;
    }
  });
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function drawChip(
  context: CanvasRenderingContext2D,
  { text, symbol, edit }: Chip,
  { x, y, width, height }: Box,
  palette: WorldFrame['palette'],
): void {
  if (symbol === PAD && edit === 'keep') {
    context.fillStyle = palette.muted;
    context.fillRect(x + width / 2 - 1, y + height / 2 - 1, 2, 2);
    return;
  }
  context.fillStyle = edit === 'keep' ? wordFill(symbol, palette.dark) : editFill(edit, palette.dark);
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(4, height / 4));
  context.fill();
  context.fillStyle = palette.text;
  context.fillText(text, x + width / 2, y + height / 2 + 0.5, width - 2);
  if (edit === 'delete') context.fillRect(x + 2, y + height / 2, width - 4, 1);
}

const wordFill = (symbol: number, dark: boolean): string => {
  if (symbol === MASK) return dark ? '#4a4d55' : '#c9ccd3';
  return `hsl(${hueOf(symbol)} ${dark ? '45% 27%' : '70% 86%'})`;
};

/** Replaced orange, inserted blue, deleted red. */
const EDIT_HUES = { replace: 30, insert: 215, delete: 0 } as const;
const editFill = (edit: Exclude<Edit, 'keep'>, dark: boolean): string =>
  `hsl(${EDIT_HUES[edit]} ${dark ? '75% 30%' : '95% 78%'})`;

function chipsOf(data: WordRows, frame: number, row: number): readonly Chip[] {
  const sentence = sentenceAt(data, frame, row);
  if (data.edits && frame > 0) return editedChips(sentenceAt(data, frame - 1, row), sentence);
  const chips = Array.from(sentence, chipOf);
  if (!data.beside) return chips;
  const source = data.beside.subarray(row * L, row * L + L);
  return [...Array.from(source.subarray(0, lengthOf(source)), chipOf), arrow, ...chips];
}

const chipOf = (symbol: number): Chip => ({ text: SYMBOLS[symbol]!, symbol, edit: 'keep' });
const arrow: Chip = { text: '→', symbol: MASK, edit: 'keep' };

function editedChips(before: Uint8Array, after: Uint8Array): readonly Chip[] {
  const words = (sentence: Uint8Array) => sentence.subarray(0, lengthOf(sentence));
  return editsBetween(words(before), words(after)).map(({ edit, before: old, after: next }) => {
    const symbol = next ?? old!;
    return { text: `${EDIT_SIGNS[edit]}${SYMBOLS[symbol]}`, symbol, edit };
  });
}

const widthOf = ({ text, symbol, edit }: Chip) => (symbol === PAD && edit === 'keep' ? 1 : text.length + 1.1);
const lettersOf = (chips: readonly Chip[]) => chips.reduce((sum, chip) => sum + widthOf(chip), 0);

const READ_ALOUD = 3;

/** The picture in words: how many words are masked, and the first sentences. */
export function wordsInWords(data: WordRows, time: number): string {
  const frame = frameAt(data, time);
  const rows = Array.from({ length: data.rows }, (_, row) => sentenceAt(data, frame, row));
  const masked = rows.flatMap((row) => [...row]).filter((symbol) => symbol === MASK).length;
  const texts = rows
    .slice(0, READ_ALOUD)
    .map((row) => Array.from(row.subarray(0, lengthOf(row)), (symbol) => SYMBOLS[symbol]!).join(' '));
  return `${data.rows} sentences, ${masked} of ${data.rows * L} positions masked; the first: ${texts.map((text) => `“${text}”`).join(', ')}`;
}
