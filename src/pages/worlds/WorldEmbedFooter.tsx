import { usePlayground } from '../../store/react.ts';
import { useWorld, useWorldState } from '../../store/worlds/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { fullPageLink } from '../links.ts';
import { formatCount } from '../stageText.ts';

/** Training, and the way to the whole page. */
export function WorldEmbedFooter() {
  const world = useWorld();
  const training = useWorldState((state) => state.phase === 'training');
  const step = useWorldState((state) => state.step);
  const config = usePlayground((state) => state.config);
  return (
    <footer className="embed-footer">
      <Button
        variant="quiet"
        icon={<Icon name={training ? 'pause' : 'learn'} />}
        onClick={() => void world.toggle()}
      >
        {training ? 'Pause training' : 'Train'}
      </Button>
      <span className="embed-step">{`step ${formatCount(step)}`}</span>
      <a href={fullPageLink(config)} target="_blank" rel="noopener">
        <span>Diffusion Playground</span>
      </a>
    </footer>
  );
}
