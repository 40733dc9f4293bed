import { lazy, Suspense, useEffect, useState } from 'react';
import { usePlayground, usePlaygroundActions, usePlaygroundContext } from '../store/react.ts';
import { useFileDrop } from '../ui/useUpload.ts';
import { Boundary } from './Boundary.tsx';
import { ChartsBelow } from './charts/ChartsBelow.tsx';
import { Header } from './Header.tsx';
import { useImport } from './import/useImport.ts';
import { ExplanationBelow } from './lessons/ExplanationBelow.tsx';
import { Lessons } from './lessons/Lessons.tsx';
import { TourOffer } from './lessons/TourOffer.tsx';
import { NoticeList } from './NoticeList.tsx';
import { SnapshotStrip } from './SnapshotStrip.tsx';
import { StageRow } from './StageRow.tsx';
import { PANEL_ID, settingsAreSheet } from './settingsSheet.ts';
import { Transport } from './Transport.tsx';
import { useEnlarged } from './useEnlarged.ts';
import { usePlaybackKeys } from './usePlaybackKeys.ts';

const loadPanel = () => import('./panel/Panel.tsx');
const Panel = lazy(async () => ({ default: (await loadPanel()).Panel }));
const ImportDialog = lazy(async () => ({
  default: (await import('./import/ImportDialog.tsx')).ImportDialog,
}));
const Workspace = lazy(async () => ({ default: (await import('./workspaces/Workspace.tsx')).Workspace }));
/** After the first pictures, so that the settings open at once, milliseconds. */
const PANEL_SOON = 3000;

/** Of the default row, the one whose settings are the most telling. */
const FIRST_SELECTED = 2;

/** Header, stages on one time axis, charts, and the controls. */
export function PlaygroundPage() {
  const actions = usePlaygroundActions();
  const { store } = usePlaygroundContext();
  const stages = usePlayground(({ config }) => config.stages);
  const nStages = stages.length;
  const panel = usePlayground(({ config }) => config.panel);
  const compare = usePlayground(({ config }) => config.compare);
  const hidden = panel === 'hidden';
  // The stage itself where it is still there, or what has taken its place.
  const [chosen, setChosen] = useState({ id: 0, index: FIRST_SELECTED });
  const found = stages.findIndex(({ id }) => id === chosen.id);
  const [enlarged, setEnlarged] = useEnlarged(nStages);
  // Settings are never of a stage that is out of sight.
  const selected = enlarged ?? (found >= 0 ? found : Math.min(chosen.index, nStages - 1));
  const choose = (index: number) => {
    setChosen({ id: store.getState().config.stages[index]?.id ?? 0, index });
    if (enlarged !== null) setEnlarged(index);
  };
  const upload = useImport();
  const over = useFileDrop((file) => {
    actions.set({ panel: 'data' });
    upload.take(file);
  });
  usePlaybackKeys();

  useEffect(() => {
    // One that fails is tried again, and told of, when the settings are opened.
    const timer = setTimeout(() => loadPanel().catch(() => undefined), PANEL_SOON);
    return () => clearTimeout(timer);
  }, []);

  // Under the sheet of settings, the stage that they are of must be in sight.
  useEffect(() => {
    if (panel !== 'sampler' && panel !== 'view') return;
    if (settingsAreSheet()) document.querySelectorAll('.stage')[selected]?.scrollIntoView({ block: 'start' });
  }, [panel, selected]);

  const select = (index: number) => {
    choose(index);
    actions.set({ panel: 'sampler' });
  };
  return (
    <Lessons>
      <div className="playground" data-panel={hidden ? 'hidden' : 'shown'}>
        <Boundary what="The header" resetOn={[panel]}>
          <Header />
        </Boundary>
        <Boundary what="The messages">
          <NoticeList />
        </Boundary>
        <main className="playground-main">
          <Boundary what="The stages" resetOn={[nStages]}>
            <StageRow
              selected={hidden ? null : selected}
              onSelect={select}
              enlarged={enlarged}
              onEnlarge={setEnlarged}
              aside={<TourOffer />}
            />
          </Boundary>
          <Boundary what="The playback">
            <div className="playback">
              <Transport />
              <SnapshotStrip />
            </div>
          </Boundary>
          {compare === 'none' ? (
            <ChartsBelow />
          ) : (
            <Suspense fallback={<p className="panel-loading">Loading the comparison…</p>}>
              <Workspace key={compare} id={compare} />
            </Suspense>
          )}
          <ExplanationBelow />
        </main>
        {!hidden && (
          <aside id={PANEL_ID} className="playground-panel" aria-label="Settings">
            <Boundary what="The settings" resetOn={[panel]}>
              <Suspense fallback={<p className="panel-loading">Loading the settings…</p>}>
                <Panel selected={selected} onSelect={choose} upload={upload} over={over} />
              </Suspense>
            </Boundary>
          </aside>
        )}
        <Boundary what="The import">
          {upload.opened && (
            <Suspense fallback={null}>
              <ImportDialog opened={upload} />
            </Suspense>
          )}
        </Boundary>
      </div>
    </Lessons>
  );
}
