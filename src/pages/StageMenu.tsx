import { DropdownMenu } from 'radix-ui';
import { MAX_STAGES } from '../experiment/stagesCodec.ts';
import { usePlayground, usePlaygroundActions } from '../store/react.ts';
import { Icon } from '../ui/icons.tsx';
import './stageMenu.css';

interface StageMenuProps {
  readonly index: number;
  readonly title: string;
  readonly enlarged: boolean;
  readonly onChange: () => void;
  readonly onEnlarge: () => void;
}

/** What can be done with a stage. */
export function StageMenu({ index, title, enlarged, onChange, onEnlarge }: StageMenuProps) {
  const count = usePlayground(({ config }) => config.stages.length);
  const actions = usePlaygroundActions();
  const items = [
    { label: 'Change…', disabled: false, act: onChange },
    { label: enlarged ? 'Back to all stages' : 'Enlarge', disabled: count === 1, act: onEnlarge },
    { label: 'Duplicate', disabled: count >= MAX_STAGES, act: () => actions.duplicateStage(index) },
    { label: 'Add a stage', disabled: count >= MAX_STAGES, act: () => actions.addStage('reverse') },
    { label: 'Move left', disabled: index === 0, act: () => actions.moveStage(index, index - 1) },
    { label: 'Move right', disabled: index === count - 1, act: () => actions.moveStage(index, index + 1) },
    { label: 'Remove', disabled: count === 1, act: () => actions.removeStage(index) },
  ];
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="c-button c-icon-button is-quiet"
        aria-label={`Options of stage ${title}`}
      >
        <Icon name="more" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="stage-menu" align="end">
          {items.map(({ label, disabled, act }) => (
            <DropdownMenu.Item key={label} className="stage-menu-item" disabled={disabled} onSelect={act}>
              {label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
