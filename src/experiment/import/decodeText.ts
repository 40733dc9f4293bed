import { POINTS_FORMATS, PointsFileError } from './pointsFileError.ts';

/** Files of other kinds that people try, by their first bytes, and what to do about them. */
const KNOWN: readonly (readonly [first: string, what: string, advice: string])[] = [
  ['PK\u0003\u0004', 'an Excel workbook or another zip archive', 'Save the sheet as CSV and give that.'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old Excel workbook', 'Save the sheet as CSV and give that.'],
  ['%PDF', 'a PDF', POINTS_FORMATS],
  ['\u001f\u008b', 'compressed (gzip)', 'Unpack it first.'],
  ['PAR1', 'a Parquet file', 'Write it as CSV: pandas has to_csv.'],
  ['\u0093NUMPY', 'a NumPy array file', 'Write it as text: numpy has savetxt.'],
  ['\u0089HDF', 'an HDF5 file', 'Write the table as CSV.'],
];

const MAX_MEGABYTES = 50;

/**
 * The text of a file: UTF-8, UTF-16 of either order, or, where it is none of these, Windows-1252.
 * @throws PointsFileError when it is empty, too large or not text
 */
export function decodeText(bytes: Uint8Array, fileName: string): string {
  if (bytes.length > MAX_MEGABYTES * 2 ** 20) {
    const size = Math.round(bytes.length / 2 ** 20);
    throw new PointsFileError(
      `${fileName} is too large (${size} MB; the limit is ${MAX_MEGABYTES} MB).`,
      'Keep a random part of its rows.',
    );
  }
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  const known = KNOWN.find(([first]) => start.startsWith(first));
  if (known) throw new PointsFileError(`${fileName} is not a text file: it is ${known[1]}.`, known[2]);
  const text = decode(bytes).replace(/^\uFEFF/, '');
  if (text.trim() === '') throw new PointsFileError(`${fileName} is empty.`, POINTS_FORMATS);
  // Text has neither NUL nor control characters.
  const strange = Array.from(text.slice(0, 4096)).some(isControl);
  if (strange) throw new PointsFileError(`${fileName} is not a text file.`, POINTS_FORMATS);
  return text;
}

/** Tabs, ends of lines and the end mark of old files are text. */
const isControl = (character: string): boolean => {
  const code = character.charCodeAt(0);
  return (code < 32 && !(code >= 9 && code <= 13) && code !== 26) || code === 0xfffd;
};

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const order = byteOrder(bytes.subarray(0, 400));
  if (order) return new TextDecoder(order).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8, hence what Windows calls ANSI; every byte stands for something there.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** UTF-16 without a mark: every other byte of plain text is 0. */
function byteOrder(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0];
  for (const [i, byte] of bytes.entries()) if (byte === 0) zeros[i & 1]! += 1;
  const most = 0.4 * (bytes.length / 2);
  if (zeros[1]! > most && zeros[0] === 0) return 'utf-16le';
  return zeros[0]! > most && zeros[1] === 0 ? 'utf-16be' : null;
}
