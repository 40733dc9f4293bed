import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useLessons } from './lessonsContext.ts';

/** Opens the menu of ready experiments. */
export function ExperimentsButton() {
  const { show } = useLessons();
  return (
    <Button
      variant="quiet"
      className="experiments-button"
      icon={<Icon name="flask" />}
      aria-label="Experiments"
      aria-haspopup="dialog"
      data-tour="experiments"
      onClick={() => show('experiments')}
    >
      Experiments
    </Button>
  );
}
