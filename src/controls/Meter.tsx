import { quality, timesPerfect } from './quality.ts';

interface MeterProps {
  readonly label: string;
  /** A distance, smaller is better; null while there is none. */
  readonly value: number | null;
  /** The same distance between two true draws. */
  readonly perfect: number | null;
  readonly format?: (value: number) => string;
}

/** How good the samples are: the bar is full when they are as near the data as the data is to itself. */
export function Meter({ label, value, perfect, format = (v) => v.toFixed(3) }: MeterProps) {
  const known = value !== null && perfect !== null;
  const level = known ? quality(value, perfect) : 0;
  const verdict = known ? timesPerfect(value, perfect) : 'measuring';
  return (
    <div className="c-meter">
      <div className="c-meter-head">
        <span className="c-label">{label}</span>
        <span className="c-meter-value">{value === null ? '…' : format(value)}</span>
      </div>
      <meter
        className="c-visually-hidden"
        min={0}
        max={1}
        value={level}
        aria-label={label}
        aria-valuetext={value === null ? verdict : `${format(value)}, ${verdict}`}
      />
      <div className="c-meter-track" aria-hidden="true">
        <div className="c-meter-bar" style={{ inlineSize: `${100 * level}%` }} />
      </div>
      <div className="c-meter-foot">
        <span>{verdict}</span>
        {perfect !== null && <span>perfect {format(perfect)}</span>}
      </div>
    </div>
  );
}
