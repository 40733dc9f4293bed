import { type ReactNode, useEffect, useState } from 'react';
import { useField, usePlayground, usePlaygroundContext } from '../../store/react.ts';
import { useWorld, useWorldState, WorldContext } from '../../store/worlds/react.ts';
import type { WorldPlayground } from '../../store/worlds/worldStore.ts';
import { Button } from '../../ui/Button.tsx';
import { worldPages } from '../../worlds/pages.ts';
import { Boundary } from '../Boundary.tsx';
import '../embed/embed.css';
import { Header, TrainButtons } from '../Header.tsx';
import { Lessons } from '../lessons/Lessons.tsx';
import { NoticeList } from '../NoticeList.tsx';
import { PANEL_ID } from '../settingsSheet.ts';
import { usePlaybackKeys } from '../usePlaybackKeys.ts';
import type { WorldParts } from './parts.ts';
import { WorldCharts } from './WorldCharts.tsx';
import { WorldEmbed } from './WorldEmbed.tsx';
import { WorldPanel } from './WorldPanel.tsx';
import { WorldStages } from './WorldStages.tsx';
import { WorldStatus } from './WorldStatus.tsx';
import { WorldTransport } from './WorldTransport.tsx';

type Loaded =
  | { readonly world: WorldPlayground; readonly parts: WorldParts }
  | { readonly error: string }
  | null;

/** A world other than Points: opens its worker and its parts, and shows them as the page shows Points. */
export function WorldPage({ embed }: { readonly embed: boolean }) {
  const { worlds } = usePlaygroundContext();
  const id = useField('world');
  const [attempt, setAttempt] = useState(0);
  const [loaded, setLoaded] = useState<Loaded>(null);
  useEffect(() => {
    if (id === 'points') return;
    let left = false;
    const show = (next: Loaded) => {
      if (!left && attempt >= 0) setLoaded(next);
    };
    Promise.all([worlds.open(), worldPages[id]()]).then(
      ([world, parts]) => world && show({ world, parts }),
      () => show({ error: 'This world could not be loaded: you are offline, or the page has been updated.' }),
    );
    return () => {
      left = true;
    };
  }, [worlds, id, attempt]);

  if (loaded === null) {
    return (
      <Shell embed={embed}>
        <p className="boot">Loading this world…</p>
      </Shell>
    );
  }
  if ('error' in loaded) {
    return (
      <Shell embed={embed}>
        <div role="alert" className="boot">
          <p>{loaded.error}</p>
          <Button onClick={() => setAttempt(attempt + 1)}>Try again</Button>
        </div>
      </Shell>
    );
  }
  return (
    <WorldContext value={loaded.world}>
      {embed ? <WorldEmbed {...loaded} /> : <Whole {...loaded} />}
    </WorldContext>
  );
}

/** What stands around a world that is not there yet: the way back among it. */
function Shell({ embed, children }: { readonly embed: boolean; readonly children: ReactNode }) {
  if (embed) return <main className="embed">{children}</main>;
  return (
    <Lessons>
      <div className="playground" data-panel="hidden">
        <Header start={null}>{null}</Header>
        <NoticeList />
        <main className="playground-main">{children}</main>
      </div>
    </Lessons>
  );
}

interface PartsProps {
  readonly parts: WorldParts;
}

function Whole({ parts }: PartsProps) {
  const panel = usePlayground(({ config }) => config.panel);
  const world = usePlayground(({ config }) => config.world);
  const hidden = panel === 'hidden';
  const settings = useWorldState((state) => state.settings);
  usePlaybackKeys(parts.steps(settings));
  return (
    <Lessons>
      <div className="playground" data-world={world} data-panel={hidden ? 'hidden' : 'shown'}>
        <Boundary what="The header" resetOn={[panel]}>
          <Header start={<WorldStart />}>
            <WorldStatus parts={parts} />
          </Header>
        </Boundary>
        <Boundary what="The messages">
          <NoticeList />
        </Boundary>
        <main className="playground-main">
          <Boundary what="The stages">
            <WorldStages parts={parts} selectable />
          </Boundary>
          <Boundary what="The playback">
            <div className="playback">
              <WorldTransport parts={parts} />
            </div>
          </Boundary>
          <WorldCharts parts={parts} />
        </main>
        {!hidden && (
          <aside id={PANEL_ID} className="playground-panel" aria-label="Settings">
            <Boundary what="The settings" resetOn={[panel]}>
              <WorldPanel parts={parts} />
            </Boundary>
          </aside>
        )}
      </div>
    </Lessons>
  );
}

function WorldStart() {
  const world = useWorld();
  const phase = useWorldState((state) => state.phase);
  const step = useWorldState((state) => state.step);
  return (
    <TrainButtons
      phase={phase}
      step={step}
      onToggle={() => void world.toggle()}
      onRestart={() => void world.restart()}
    />
  );
}
