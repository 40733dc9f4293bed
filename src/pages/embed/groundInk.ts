import { parseHex } from '../../canvas/colour.ts';

const NAMED: Readonly<Record<string, string>> = { white: '#ffffff', black: '#000000' };
/** On a lighter ground black has more contrast than white (WCAG 2, relative luminance). */
const MIDDLE = 0.179;

/**
 * The colour in which text on a ground of an article's own can be read, whatever the theme is; null where what lies behind is not known.
 * @param background as an embed's link has it: "#rgb", "#rrggbb", white, black or transparent
 */
export function groundInk(background: string): string | null {
  const named = NAMED[background.toLowerCase()] ?? background;
  const hex = /^#[0-9a-f]{3}$/i.test(named) ? named.replace(/[0-9a-f]/gi, '$&$&') : named;
  if (!/^#[0-9a-f]{6}$/i.test(hex)) return null;
  const [red, green, blue] = parseHex(hex).map((byte) => linear(byte / 255)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > MIDDLE ? '#000000' : '#ffffff';
}

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
