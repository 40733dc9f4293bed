import { type ParameterOwner, parameterCodecs, parameterKey } from '../../config/parametersCodec.ts';
import { Slider } from '../../controls/Slider.tsx';
import type { Parameter } from '../../core/parameters.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';

interface ParameterFieldsProps {
  /** The entry that is shaped: `process.ve`, `weighting.min-snr`. */
  readonly owner: ParameterOwner;
  /** What its registry says of its numbers; those that no config can carry are left out. */
  readonly parameters: readonly Parameter[];
}

/** Ranges over this factor and more are told apart by factors, not by differences. */
const WIDE_RANGE = 50;
const LINEAR_STOPS = 200;

const threeDigits = (value: number) => String(Number(value.toPrecision(3)));

/** One slider for each number that shapes the chosen entry of a registry. */
export function ParameterFields({ owner, parameters }: ParameterFieldsProps) {
  const values = useField('parameters');
  const actions = usePlaygroundActions();
  return parameters
    .filter(({ name }) => parameterCodecs.has(parameterKey(owner, name)))
    .map(({ name, label, hint, initial, low, high, whole }) => {
      const key = parameterKey(owner, name);
      const wide = low > 0 && high / low >= WIDE_RANGE;
      const scale = whole ? 'integers' : 'linear';
      const wideScale = whole ? 'log-integers' : 'log';
      return (
        <Slider
          key={key}
          label={label.replace('_', ' ')}
          value={values[key] ?? initial}
          min={low}
          max={high}
          scale={wide ? wideScale : scale}
          step={(high - low) / LINEAR_STOPS}
          format={threeDigits}
          hint={hint}
          defaultValue={initial}
          onChange={(value) => actions.set({ parameters: { ...values, [key]: value } })}
        />
      );
    });
}
