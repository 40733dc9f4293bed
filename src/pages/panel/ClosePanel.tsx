import { usePlaygroundActions } from '../../store/react.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';

export function ClosePanel() {
  const actions = usePlaygroundActions();
  return (
    <IconButton
      className="panel-close"
      label="Close the settings"
      icon={<Icon name="close" />}
      onClick={() => actions.set({ panel: 'hidden' })}
    />
  );
}
