import type { Measured } from '../protocol/protocol.ts';

/** A share as percent with its standard error: as many digits as the error leaves. */
export function percentText({ value, error }: Pick<Measured, 'value' | 'error'>): string {
  const digits = error < 0.0095 ? 1 : 0;
  return `${(100 * value).toFixed(digits)} ± ${(100 * error).toFixed(digits)} %`;
}

/** Share of the samples that are no strays. */
export const onTheData = ({ value, error }: Measured): Pick<Measured, 'value' | 'error'> => ({
  value: 1 - value,
  error,
});

/** How many times as far from the data as true draws are; short, however far that is. */
export function timesText({ value, perfect }: Measured): string {
  const times = value / perfect;
  if (!Number.isFinite(times) || times >= 1000) return '> 999×';
  return `${times < 99.95 ? times.toFixed(1) : times.toFixed(0)}×`;
}

/** The standard error of `timesText`, " ± 0.2"; nothing beside a number that only says how far it is at least. */
export function timesErrorText(measured: Measured): string {
  const error = measured.error / measured.perfect;
  if (timesText(measured).startsWith('>') || !Number.isFinite(error)) return '';
  return ` ± ${error.toFixed(error < 99.95 ? 1 : 0)}`;
}

/** A distance and its standard error, data units. */
export function distanceText({ value, error }: Measured): string {
  if (!(value < 1000)) return 'very far';
  return `${value.toFixed(3)} ± ${error.toFixed(3)}`;
}
