import { Select } from '../../ui/Select.tsx';
import type { SettingsProps } from '../settingsProps.ts';
import type { ForwardStage } from './view.ts';

export function ForwardSettings({ stage, change }: SettingsProps<ForwardStage>) {
  return (
    <Select
      label="Noising"
      value={stage.mode}
      options={[
        {
          value: 'closed-form',
          label: 'Closed form',
          summary: 'One Gaussian jump from x₀ to any x_t, with one ε per point.',
        },
        {
          value: 'chain',
          label: 'Markov chain',
          summary: 'T small steps, each with fresh noise; the same distribution at every t.',
        },
      ]}
      onChange={(mode) => change({ mode })}
    />
  );
}
