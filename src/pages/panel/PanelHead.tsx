import { changedFields, defaultConfig, field } from '../../experiment/fields.ts';
import type { ExperimentConfig } from '../../experiment/types.ts';
import { useField, usePlayground, usePlaygroundActions } from '../../store/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { ClosePanel } from './ClosePanel.tsx';
import './panelHead.css';

const LEVELS = [
  { value: 'basic', label: 'Basic', name: 'Basic settings' },
  { value: 'all', label: 'All', name: 'All settings' },
] as const;

/** What of the experiment, and not only of the page, differs from the default. */
const changedSettings = (config: ExperimentConfig) =>
  changedFields(defaultConfig, config).filter((name) => field(name).pageOnly !== true);

/** How many settings the panel shows, and the way back to the default. */
export function PanelHead() {
  const level = useField('level');
  const changed = usePlayground(({ config }) => changedSettings(config).join());
  const actions = usePlaygroundActions();
  const names = changed === '' ? [] : (changed.split(',') as ReturnType<typeof changedSettings>);
  const reset = () => void actions.set(Object.fromEntries(names.map((name) => [name, field(name).default])));
  return (
    <div className="panel-head">
      <Segmented
        label="Settings shown"
        hideLabel
        value={level}
        options={LEVELS}
        onChange={(next) => actions.set({ level: next })}
      />
      {names.length > 0 && (
        <Button variant="quiet" icon={<Icon name="undo" />} onClick={reset}>
          {`Reset all (${names.length})`}
        </Button>
      )}
      <ClosePanel />
    </div>
  );
}
