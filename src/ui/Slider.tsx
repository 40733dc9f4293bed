import { Slider as RadixSlider } from 'radix-ui';
import { useId } from 'react';
import { classNames } from './classNames.ts';
import { Hint } from './Hint.tsx';
import { LabelText } from './LabelText.tsx';
import { NumberField } from './NumberField.tsx';
import { type SliderScaleKind, sliderScale } from './sliderScale.ts';
import { useDoubleClick } from './useDoubleClick.ts';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Step of the linear scale; default 1. */
  readonly step?: number;
  readonly scale?: SliderScaleKind;
  /** While dragging, too. */
  readonly onChange: (value: number) => void;
  /** Once, when the person lets go or leaves the number field. */
  readonly onCommit?: (value: number) => void;
  readonly format?: (value: number) => string;
  readonly unit?: string;
  /** What the quantity is, behind a small “?”. */
  readonly hint?: string;
  /** What is wrong with the present value. */
  readonly warning?: string | null;
  /** Where a double click on the label returns to. */
  readonly defaultValue?: number;
  readonly disabled?: boolean;
}

/** A labelled quantity: a track for the hand, a number field for exact values. */
export function Slider(props: SliderProps) {
  const { label, value, min, max, step, scale = 'linear', onChange, onCommit, format = String } = props;
  const id = useId();
  const track = sliderScale(min, max, scale, step);
  const settle = (next: number) => {
    if (next !== value) onChange(next);
    onCommit?.(next);
  };
  const { defaultValue } = props;
  const labelRef = useDoubleClick(() => defaultValue !== undefined && settle(defaultValue));
  const described = classNames(props.hint && `${id}-hint`, props.warning && `${id}-warning`);
  return (
    <div className={classNames('c-slider', props.disabled && 'is-disabled')}>
      <div className="c-slider-head">
        <span
          ref={labelRef}
          className="c-label"
          title={defaultValue === undefined ? undefined : `Double click: back to ${format(defaultValue)}`}
        >
          <LabelText label={label} />
        </span>
        {props.hint && <Hint id={`${id}-hint`} subject={label} text={props.hint} />}
        <NumberField
          label={label}
          value={value}
          min={min}
          max={max}
          whole={scale === 'integers' || scale === 'log-integers'}
          format={format}
          unit={props.unit}
          disabled={props.disabled}
          onNudge={(steps) => settle(track.fromTrack(nudged(track.toTrack(value), steps, track.trackStep)))}
          onEnter={settle}
        />
      </div>
      <RadixSlider.Root
        className="c-slider-root"
        min={track.trackMin}
        max={track.trackMax}
        step={track.trackStep}
        value={[track.toTrack(value)]}
        disabled={props.disabled}
        onValueChange={([position]) => onChange(track.fromTrack(position!))}
        onValueCommit={([position]) => onCommit?.(track.fromTrack(position!))}
      >
        <RadixSlider.Track className="c-slider-track">
          <RadixSlider.Range className="c-slider-range" />
        </RadixSlider.Track>
        <RadixSlider.Thumb
          className="c-slider-thumb"
          aria-label={label}
          aria-valuetext={props.unit ? `${format(value)} ${props.unit}` : format(value)}
          aria-describedby={described || undefined}
        />
      </RadixSlider.Root>
      {props.warning && (
        <p className="c-field-warning" id={`${id}-warning`}>
          {props.warning}
        </p>
      )}
    </div>
  );
}

/** From between two stops, one step goes to the next stop, not past it. */
function nudged(position: number, steps: number, trackStep: number): number {
  const index = position / trackStep;
  const from = steps > 0 ? Math.floor(index + 1e-9) : Math.ceil(index - 1e-9);
  return (from + steps) * trackStep;
}
