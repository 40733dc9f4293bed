import { MAX_STAGES } from '../../config/stagesCodec.ts';
import type { ForwardStage, ScoreStage, StageConfig } from '../../config/types.ts';
import { Button } from '../../controls/Button.tsx';
import { Icon } from '../../controls/icons.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { Select } from '../../controls/Select.tsx';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import { ClassFields } from './ClassFields.tsx';
import { ReverseSettings } from './ReverseSettings.tsx';
import { type StageChoice, StageChooser } from './StageChooser.tsx';
import type { SettingsProps } from './stageSettings.ts';

const KINDS: readonly { readonly value: StageConfig['kind']; readonly label: string }[] = [
  { value: 'forward', label: 'Forward' },
  { value: 'reverse', label: 'Reverse' },
  { value: 'score', label: 'Score field' },
];

/** What a stage shows, and by which method. */
export function SamplerPanel(choice: StageChoice) {
  const stage = useField('stages')[choice.selected];
  const actions = usePlaygroundActions();
  if (stage === undefined) return null;
  const change = (patch: Partial<StageConfig>) => void actions.changeStage(choice.selected, patch);
  return (
    <section className="panel-section">
      <StageChooser {...choice} />
      <Segmented
        label="Shows"
        value={stage.kind}
        options={KINDS}
        onChange={(kind) => actions.switchStage(choice.selected, kind)}
      />
      {stage.kind === 'forward' && <ForwardSettings stage={stage} change={change} />}
      {stage.kind === 'reverse' && <ReverseSettings stage={stage} change={change} />}
      {stage.kind === 'score' && <ScoreSettings stage={stage} change={change} />}
      <StageButtons {...choice} />
    </section>
  );
}

function ForwardSettings({ stage, change }: SettingsProps<ForwardStage>) {
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

function ScoreSettings(props: SettingsProps<ScoreStage>) {
  const { stage, change } = props;
  return (
    <>
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

function StageButtons({ selected, onSelect }: StageChoice) {
  const count = useField('stages').length;
  const actions = usePlaygroundActions();
  const full = count >= MAX_STAGES;
  return (
    <div className="button-row">
      <Button
        icon={<Icon name="plus" />}
        disabled={full}
        onClick={() => {
          actions.addStage('reverse');
          onSelect(count);
        }}
      >
        Add a stage
      </Button>
      <Button icon={<Icon name="copy" />} disabled={full} onClick={() => actions.duplicateStage(selected)}>
        Duplicate
      </Button>
      <Button
        icon={<Icon name="trash" />}
        disabled={count === 1}
        onClick={() => actions.removeStage(selected)}
      >
        Remove
      </Button>
    </div>
  );
}
