import { DropdownMenu } from 'radix-ui';
import { WORKSPACES, workspaceIds } from '../experiment/workspaces.ts';
import { useField, usePlaygroundActions } from '../store/react.ts';
import { Icon } from '../ui/icons.tsx';
import './compareMenu.css';

/** Opens a comparison in the place of the charts, and closes it again; other worlds than Points have none. */
export function CompareMenu() {
  const world = useField('world');
  const open = useField('compare');
  const actions = usePlaygroundActions();
  if (world !== 'points') return null;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="c-button is-quiet experiments-button" aria-label="Compare">
        <Icon name="compare" />
        <span>Compare</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="c-menu compare-menu" align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.RadioGroup value={open}>
            {workspaceIds.map((id) => (
              <DropdownMenu.RadioItem
                key={id}
                className="c-menu-item"
                value={id}
                onSelect={() => void actions.set({ compare: id })}
              >
                <span className="compare-name">{WORKSPACES[id].label}</span>
                <span className="compare-question">{WORKSPACES[id].question}</span>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="c-menu-line" />
          <DropdownMenu.Item
            className="c-menu-item"
            disabled={open === 'none'}
            onSelect={() => void actions.set({ compare: 'none' })}
          >
            Back to the charts
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
