import { MAX_STAGES } from '../../experiment/stagesCodec.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Select } from '../../ui/Select.tsx';
import { type StageConfig, views } from '../../views/index.ts';
import { RunField } from '../../views/RunField.tsx';
import { settingsFor } from '../../views/settings.ts';
import { type StageChoice, StageChooser } from './StageChooser.tsx';

const KINDS = views.map(({ kind, label, summary }) => ({ value: kind, label, summary }));

/** What a stage shows, and by which method. */
export function SamplerPanel(choice: StageChoice) {
  const stage = useField('stages')[choice.selected];
  const actions = usePlaygroundActions();
  if (stage === undefined) return null;
  const Settings = settingsFor(stage);
  const change = (patch: Partial<StageConfig>) => void actions.changeStage(choice.selected, patch);
  return (
    <section className="panel-section">
      <StageChooser {...choice} />
      <Select
        label="Shows"
        value={stage.kind}
        options={KINDS}
        onChange={(kind) => actions.switchStage(choice.selected, kind)}
      />
      <RunField stage={stage} change={change} />
      <Settings stage={stage} change={change} />
      <StageButtons {...choice} />
    </section>
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
