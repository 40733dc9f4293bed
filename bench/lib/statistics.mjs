/** The value below which a share `q` of the values lies (nearest rank). */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

export const median = (values) => quantile(values, 0.5);

/** Three significant digits, without a power of ten. */
export const short = (value) => String(Number(value.toPrecision(3)));
