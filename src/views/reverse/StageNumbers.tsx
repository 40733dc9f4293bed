import type { Parameter } from '../../core/parameters.ts';
import { ParameterSlider } from '../../pages/panel/ParameterSlider.tsx';
import type { SettingsProps } from '../settingsProps.ts';
import type { ReverseStage } from './stage.ts';

interface StageNumbersProps extends SettingsProps<ReverseStage> {
  readonly parameters: readonly Parameter[];
}

/** One slider for each number of the stage's sampler, time grid or clipping. */
export function StageNumbers({ stage, change, parameters }: StageNumbersProps) {
  return parameters.map((parameter) => (
    <ParameterSlider
      key={parameter.name}
      parameter={parameter}
      value={stage.parameters[parameter.name]}
      onChange={(value) => change({ parameters: { ...stage.parameters, [parameter.name]: value } })}
    />
  ));
}
