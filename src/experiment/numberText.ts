const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻';
const RAISED = '0123456789-';
/** From here on a number is read by its power of ten. */
const LARGE = 10_000;

/**
 * A measured number for people: so many decimals, a power of ten where it is huge or would vanish, and a word where it is
 * none.
 * @param decimals of numbers below 100; larger ones have fewer
 */
export function formatNumber(value: number, decimals: number): string {
  if (Number.isNaN(value)) return 'unknown';
  const sign = value < 0 ? '−' : '';
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return `${sign}∞`;
  const small = size > 0 && size < 0.5 / 10 ** decimals;
  if (size >= LARGE || small) return `${sign}${power(size)}`;
  return `${sign}${size.toFixed(size >= 100 ? Math.max(0, decimals - 2) : decimals)}`;
}

/** 3.7·10³⁰, 1.0·10⁻⁶ */
function power(size: number): string {
  const [digits = '', exponent = ''] = size.toExponential(1).split('e');
  const raised = Array.from(exponent, (character) => SUPERSCRIPTS[RAISED.indexOf(character)] ?? '').join('');
  return `${digits}·10${raised}`;
}

/** 12 340 with a thin space, as the page writes counts. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** A share that was counted in `n` draws, with its standard error where that is seen: 63 ± 3 %, 100 %. */
export function formatCounted(share: number, n: number): string {
  const error = 100 * Math.sqrt((share * (1 - share)) / n);
  if (!(error >= 0.5)) return formatShare(share);
  return `${(100 * share).toFixed(0)} ± ${error.toFixed(0)} %`;
}

/** A share in percent, with a tenth near the ends, where it counts: 63 %, 99.7 %, 100 %. */
export function formatShare(share: number): string {
  const isNearEnd = share >= 0.995 || share <= 0.005;
  const digits = isNearEnd && share > 0 && share < 1 ? 1 : 0;
  return `${(100 * share).toFixed(digits)} %`;
}
