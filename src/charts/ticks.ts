const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

/** At most about this many labels fit beside a chart 120 CSS pixels high. */
const MOST_LABELS = 5;

type Range = readonly [number, number];

/** Where a logarithmic axis has ticks: 1, 2 and 5 times the powers of ten on a short one, powers of ten on a long one. */
export function logTicks([low, high]: Range, most = MOST_LABELS): number[] {
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.ceil(Math.log10(high) - 1e-9);
  const ticks = (steps: readonly number[], everyPower: number): number[] => {
    const values: number[] = [];
    for (let power = first; power <= last; power++) {
      if (power % everyPower === 0) for (const step of steps) values.push(Number(`${step}e${power}`));
    }
    return values.filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
  };
  const powers = ticks([1], 1);
  const choices = [
    ticks([1, 2, 5], 1),
    ticks([1, 3], 1),
    powers,
    ticks([1], 2),
    ticks([1], 3),
    ticks([1], 4),
  ];
  const few = choices.find(({ length }) => length <= most) ?? choices.at(-1)!;
  // Where one power in two or three leaves a single one: the first and the last.
  return few.length < 2 && powers.length > 1 ? [powers[0]!, powers.at(-1)!] : few;
}

/** Where an even axis has ticks: whole steps of 1, 2 or 5 times a power of ten. */
export function evenTicks([low, high]: Range, most = MOST_LABELS): number[] {
  if (!(high > low)) return [low];
  const power = 10 ** Math.floor(Math.log10((high - low) / most));
  const step = [1, 2, 5, 10, 20]
    .map((digit) => digit * power)
    .find((each) => Math.floor(high / each + 1e-9) - Math.ceil(low / each - 1e-9) < most)!;
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** The ticks of one axis, all written in one way: "0.05", "0.1" or "10⁻⁵", "10⁻²", never both. */
export function tickTexts(values: readonly number[]): string[] {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  const plain = sizes.every((size) => size >= 1e-3 - 1e-12 && size < 1e6);
  if (!plain) return values.map(powerText);
  return values.map((value) => grouped(String(Number(value.toPrecision(6)))));
}

/** "2·10⁻⁶", "10⁵", "0". */
export function powerText(value: number): string {
  if (value === 0) return '0';
  const [digits, power] = Number(value.toPrecision(3)).toExponential().split('e') as [string, string];
  const raised = [...power.replace('+', '')].map((character) => SUPERSCRIPTS[character]).join('');
  const written = digits === '1' ? `10${raised}` : `${digits}·10${raised}`;
  return written.replace('-', '−');
}

/** Thousands apart, and a minus that is one. */
const grouped = (text: string) => text.replace('-', '−').replace(/^(−?)(\d+)(\d{3})$/, '$1$2\u202f$3');
