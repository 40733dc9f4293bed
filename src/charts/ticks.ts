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

/** At most about this many labels fit beside a chart 180 CSS pixels high. */
const MOST_LABELS = 5;

/** Where a logarithmic axis has ticks: 1, 2 and 5 times the powers of ten on a short one, powers of ten on a long one. */
export function logTicks([low, high]: readonly [number, number]): number[] {
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.ceil(Math.log10(high) - 1e-9);
  const ticks = (steps: readonly number[], everyPower: number): number[] => {
    const values: number[] = [];
    for (let power = first; power <= last; power++) {
      if (power % everyPower === 0) for (const step of steps) values.push(Number(`${step}e${power}`));
    }
    return values.filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
  };
  const choices = [ticks([1, 2, 5], 1), ticks([1, 3], 1), ticks([1], 1), ticks([1], 2), ticks([1], 3)];
  return choices.find((values) => values.length <= MOST_LABELS) ?? ticks([1], 4);
}

/** "0.05", "2", "10⁻⁵". */
export function tickText(value: number): string {
  if (value >= 1e-4 && value < 1e4) return String(value);
  const [digits, power] = value.toExponential().split('e') as [string, string];
  const raised = [...power.replace('+', '')].map((character) => SUPERSCRIPTS[character]).join('');
  return digits === '1' ? `10${raised}` : `${digits}·10${raised}`;
}
