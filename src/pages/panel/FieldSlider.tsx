import type { NumberCodec } from '../../experiment/codecs.ts';
import { field } from '../../experiment/fields.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import { Slider } from '../../ui/Slider.tsx';
import { Setting } from './Setting.tsx';

type NumberField =
  | 'nPoints'
  | 'noise'
  | 'seed'
  | 'nChain'
  | 'width'
  | 'depth'
  | 'learningRate'
  | 'batchSize'
  | 'emaDecay'
  | 'budgetSteps'
  | 'nParticles'
  | 'speed';

interface FieldSliderProps {
  readonly name: NumberField;
  readonly label?: string;
  readonly step?: number;
  readonly format?: (value: number) => string;
  readonly unit?: string;
  readonly hint?: string;
  readonly warning?: string | null;
}

/** A slider for a number of the experiment; range, scale and default come from the table of fields. */
export function FieldSlider({ name, label, ...rest }: FieldSliderProps) {
  const value = useField(name);
  const actions = usePlaygroundActions();
  const entry = field(name);
  const codec = entry.codec as NumberCodec;
  const scale = codec.logarithmic
    ? codec.integer
      ? 'log-integers'
      : 'log'
    : codec.integer
      ? 'integers'
      : 'linear';
  return (
    <Setting of={name}>
      <Slider
        label={label ?? entry.name}
        value={value}
        min={codec.min}
        max={codec.max}
        scale={scale}
        defaultValue={entry.default}
        onChange={(next) => actions.slide({ [name]: next })}
        {...rest}
      />
    </Setting>
  );
}
