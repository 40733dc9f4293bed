import type { Parameter } from '../../core/parameters.ts';
import { Slider } from '../../ui/Slider.tsx';

interface ParameterSliderProps {
  readonly parameter: Parameter;
  readonly value: number | undefined;
  readonly onChange: (value: number) => void;
}

/** Ranges over this factor and more are told apart by factors, not by differences. */
const WIDE_RANGE = 50;
const LINEAR_STOPS = 200;

const threeDigits = (value: number) => String(Number(value.toPrecision(3)));

/** A slider for a number that shapes an entry of a registry; at its initial value without one. */
export function ParameterSlider({ parameter, value, onChange }: ParameterSliderProps) {
  const { label, hint, initial, low, high, whole } = parameter;
  const wide = low > 0 && high / low >= WIDE_RANGE;
  const scale = whole ? 'integers' : 'linear';
  const wideScale = whole ? 'log-integers' : 'log';
  return (
    <Slider
      label={label.replace('_', ' ')}
      value={value ?? initial}
      min={low}
      max={high}
      scale={wide ? wideScale : scale}
      step={(high - low) / LINEAR_STOPS}
      format={threeDigits}
      hint={hint}
      defaultValue={initial}
      onChange={onChange}
    />
  );
}
