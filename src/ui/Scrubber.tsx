import { type CSSProperties, type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { classNames } from './classNames.ts';
import { scrubTarget } from './scrub.ts';

/** The time axis of the page, which ticks outside React. */
export interface ScrubberClock {
  /** t ∈ [0,1]; 0 is data, 1 is noise. */
  readonly time: number;
  /** Calls back after each change of `time`; the answer unsubscribes. */
  subscribe(listener: () => void): () => void;
  seek(time: number): void;
}

interface ScrubberProps {
  readonly clock: ScrubberClock;
  /** What a time is, in words; shown beside the axis and spoken. */
  readonly ariaValueText: (time: number) => string;
  /** One press of an arrow key; default 0.005. */
  readonly step?: number;
  /** When the person takes hold, so that playback can pause. */
  readonly onGrab?: () => void;
  readonly hideReadout?: boolean;
  /** Drawn in the track, at evenly spaced times from 0 to 1; values 0…1. */
  readonly curve?: ArrayLike<number>;
  /** What lies at t = 0 and at t = 1; data and noise when left out. */
  readonly ends?: readonly [left: string, right: string];
}

const DATA_TO_NOISE = ['data', 'noise'] as const;

/** The time axis: data on the left, noise on the right. A tick writes to the DOM and never renders React. */
export function Scrubber(props: ScrubberProps) {
  const { clock, ariaValueText, step = 0.005, onGrab, hideReadout, curve, ends = DATA_TO_NOISE } = props;
  const input = useRef<HTMLInputElement>(null);
  const readout = useRef<HTMLOutputElement>(null);

  useLayoutEffect(() => {
    const draw = () => {
      const range = input.current;
      if (!range) return;
      const words = ariaValueText(clock.time);
      range.value = String(Number(clock.time.toFixed(4)));
      range.style.setProperty('--c-position', String(clock.time));
      if (range.getAttribute('aria-valuetext') !== words) range.setAttribute('aria-valuetext', words);
      if (readout.current && readout.current.textContent !== words) readout.current.textContent = words;
    };
    draw();
    return clock.subscribe(draw);
  }, [clock, ariaValueText]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = scrubTarget(event.key, clock.time, step);
    if (target === null) return;
    event.preventDefault();
    onGrab?.();
    clock.seek(target);
  };

  return (
    <div className={classNames('c-scrubber', hideReadout && 'is-bare', curve && 'has-curve')}>
      <span className="c-scrubber-end is-data" aria-hidden="true">
        {ends[0]}
      </span>
      {curve && <Track curve={curve} />}
      <input
        ref={input}
        className="c-scrubber-range"
        type="range"
        aria-label="Time"
        min={0}
        max={1}
        step="any"
        defaultValue={clock.time}
        style={{ '--c-position': clock.time } as CSSProperties}
        onPointerDown={onGrab}
        onInput={(event) => clock.seek(event.currentTarget.valueAsNumber)}
        onKeyDown={onKeyDown}
      />
      <span className="c-scrubber-end is-noise" aria-hidden="true">
        {ends[1]}
      </span>
      {!hideReadout && <output ref={readout} className="c-scrubber-readout" aria-hidden="true" />}
    </div>
  );
}

/** The area under the curve, as wide as the way of the knob's middle. */
function Track({ curve }: { readonly curve: ArrayLike<number> }) {
  const last = curve.length - 1;
  const points = Array.from(
    curve,
    (value, k) => `${((100 * k) / last).toFixed(2)},${(24 - 24 * value).toFixed(2)}`,
  );
  return (
    <svg className="c-scrubber-curve" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">
      <polygon points={`0,24 ${points.join(' ')} 100,24`} />
    </svg>
  );
}
