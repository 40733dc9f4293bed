import { Select } from '../../ui/Select.tsx';
import { ClassFields } from '../ClassFields.tsx';
import type { SettingsProps } from '../settingsProps.ts';
import type { DensityStage } from './view.ts';

export function DensitySettings(props: SettingsProps<DensityStage>) {
  const { stage, change } = props;
  return (
    <>
      <Select
        label="Density of"
        value={stage.source}
        options={[
          { value: 'exact', label: 'The data', summary: 'The exact density of the noised data.' },
          {
            value: 'learned',
            label: 'The model',
            summary: 'The density of the network’s probability flow, walked from every place to the noise.',
          },
          { value: 'error', label: 'Difference', summary: 'The model’s minus the exact density.' },
        ]}
        onChange={(source) => change({ source })}
      />
      <ClassFields {...props} />
    </>
  );
}
