import type { WorldFrame } from '../../canvas/WorldCanvas.tsx';
import { type Edit, editsBetween } from '../../core/words/editDistance.ts';
import { L, lengthOf, MASK, PAD, SYMBOLS } from '../../core/words/language.ts';
import type { WordRows } from './recordings.ts';
import { type ChipSize, LEAST_FONT, layRows, placeChips, type RowLayout } from './rowLayout.ts';
import { hueOf } from './wordColours.ts';

/** Of the picture, around the rows. */
const MARGIN = 8;

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
  const { font, letter, lineHeight, perLine, lines } = layoutOf(
    data,
    size,
    palette.emphasis > 1 ? LEAST_FONT.far : LEAST_FONT.near,
  );
  context.font = `${font}px system-ui, sans-serif`;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  let top = MARGIN;
  lines.forEach((count, row) => {
    for (const { chip, line, x } of placed(chipsOf(data, frame, row), perLine)) {
      const box = {
        x: MARGIN + x * letter,
        y: top + line * lineHeight + lineHeight * 0.08,
        width: widthOf(chip) * letter - font * 0.14,
        height: lineHeight * 0.84,
      };
      drawChip(context, chip, box, palette);
    }
    top += count * lineHeight;
  });
}

/** Words in lines, and after the last as much of the padding as its line has room for. */
function placed(chips: readonly Chip[], perLine: number) {
  const words = withoutEnd(chips);
  const places = placeChips(words.map(sizeOf), perLine).map((place, k) => ({ chip: words[k]!, ...place }));
  const last = places.at(-1);
  const line = last?.line ?? 0;
  const end = last ? last.x + widthOf(last.chip) : 0;
  const padding = chips.slice(words.length).map((chip, k) => ({ chip, line, x: end + k }));
  return [...places, ...padding.filter(({ x }) => x + 1 <= perLine)];
}

interface Laid {
  readonly width: number;
  readonly height: number;
  readonly least: number;
  readonly layout: RowLayout;
}

/** Of each recording, for the size that it was last drawn at. */
const laid = new WeakMap<WordRows, Laid>();

function layoutOf(data: WordRows, { width, height }: WorldFrame['size'], least: number): RowLayout {
  const known = laid.get(data);
  if (known?.width === width && known.height === height && known.least === least) return known.layout;
  const frames = data.times.map((_, frame) =>
    Array.from({ length: data.rows }, (_row, row) => withoutEnd(chipsOf(data, frame, row)).map(sizeOf)),
  );
  const layout = layRows(frames, { width: width - 2 * MARGIN, height: height - 2 * MARGIN }, least);
  laid.set(data, { width, height, least, layout });
  return layout;
}

/** Without the padding after the last word. */
function withoutEnd(chips: readonly Chip[]): readonly Chip[] {
  return chips.slice(0, 1 + chips.findLastIndex((chip) => !isPadding(chip)));
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
  if (isPadding({ symbol, edit })) {
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

const isPadding = ({ symbol, edit }: Pick<Chip, 'symbol' | 'edit'>) => symbol === PAD && edit === 'keep';
/** In letters. */
const widthOf = (chip: Chip) => (isPadding(chip) ? 1 : chip.text.length + 1.1);
const sizeOf = (chip: Chip): ChipSize => ({ width: widthOf(chip), begins: chip === arrow });

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
