import { usePlayground, usePlaygroundActions } from '../store/react.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/icons.tsx';
import { Boundary } from './Boundary.tsx';
import { fullPageLink } from './links.ts';
import { NoticeList } from './NoticeList.tsx';
import { StageRow } from './StageRow.tsx';
import { formatCount } from './stageText.ts';
import { Transport } from './Transport.tsx';
import { usePlaybackKeys } from './usePlaybackKeys.ts';

/** Stages and scrubber alone, for an iframe. */
export function EmbedPage() {
  const config = usePlayground((state) => state.config);
  const phase = usePlayground((state) => state.phase);
  const step = usePlayground((state) => state.step);
  const actions = usePlaygroundActions();
  usePlaybackKeys();
  return (
    <div className="embed">
      <main className="playground-main">
        <h1 className="visually-hidden">Diffusion Playground</h1>
        <Boundary what="The stages">
          <StageRow selected={null} onSelect={null} enlarged={null} onEnlarge={() => {}} />
        </Boundary>
        <Transport />
      </main>
      <footer className="embed-footer">
        <Button
          variant="quiet"
          icon={<Icon name={phase === 'training' ? 'pause' : 'play'} />}
          onClick={() => void actions.toggle()}
        >
          {phase === 'failed' ? 'Start again' : phase === 'training' ? 'Pause training' : 'Train'}
        </Button>
        <span>{`step ${formatCount(step)}`}</span>
        <a href={fullPageLink(config)} target="_blank" rel="noopener">
          Open in Diffusion Playground
        </a>
      </footer>
      <NoticeList />
    </div>
  );
}
