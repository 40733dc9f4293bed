import type { Parameter } from '../../core/parameters.ts';
import { type ParameterOwner, parameterCodecs, parameterKey } from '../../experiment/parametersCodec.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import { ParameterSlider } from './ParameterSlider.tsx';

interface ParameterFieldsProps {
  /** The entry that is shaped: `process.ve`, `weighting.min-snr`. */
  readonly owner: ParameterOwner;
  /** What its registry says of its numbers; those that no config can carry are left out. */
  readonly parameters: readonly Parameter[];
}

/** One slider for each number that shapes the chosen entry of a registry. */
export function ParameterFields({ owner, parameters }: ParameterFieldsProps) {
  const values = useField('parameters');
  const actions = usePlaygroundActions();
  return parameters
    .filter(({ name }) => parameterCodecs.has(parameterKey(owner, name)))
    .map((parameter) => {
      const key = parameterKey(owner, parameter.name);
      return (
        <ParameterSlider
          key={key}
          parameter={parameter}
          value={values[key]}
          onChange={(value) => actions.set({ parameters: { ...values, [key]: value } })}
        />
      );
    });
}
