import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { ClassFields } from '../ClassFields.tsx';
import { StageSetting } from '../StageSetting.tsx';
import type { SettingsProps } from '../settingsProps.ts';
import type { ScoreStage } from './view.ts';

export function ScoreSettings(props: SettingsProps<ScoreStage>) {
  const { stage, change } = props;
  return (
    <>
      <StageSetting {...props} of="field" basic>
        <Segmented
          label="Arrows show"
          value={stage.field}
          options={[
            { value: 'score', label: 'Score', name: 'The score, where the density grows' },
            { value: 'drift', label: 'Drift μ − x', name: 'The drift, how far a step moves the mean' },
          ]}
          onChange={(field) => change({ field })}
        />
      </StageSetting>
      <Select
        label="Field"
        value={stage.source}
        options={[
          { value: 'learned', label: 'Learned', summary: 'What the network says: −ε̂/√(1−ᾱ_t).' },
          {
            value: 'exact',
            label: 'Exact',
            summary: 'The true gradient of the log-density of the noised data.',
          },
          { value: 'error', label: 'Error', summary: 'Learned minus exact: where the network is wrong.' },
        ]}
        onChange={(source) => change({ source })}
      />
      <ClassFields {...props} />
    </>
  );
}
