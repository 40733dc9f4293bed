import { useState } from 'react';
import { useFileDrop } from '../controls/useUpload.ts';
import { usePlayground, usePlaygroundActions } from '../store/react.ts';
import { Boundary } from './Boundary.tsx';
import { ChartRow } from './ChartRow.tsx';
import { Header } from './Header.tsx';
import { ImportDialog } from './import/ImportDialog.tsx';
import { useImport } from './import/useImport.ts';
import { NoticeList } from './NoticeList.tsx';
import { Panel } from './panel/Panel.tsx';
import { PANEL_ID, revealPanel } from './revealPanel.ts';
import { StageRow, stageShape } from './StageRow.tsx';
import { Transport } from './Transport.tsx';
import { usePlaybackKeys } from './usePlaybackKeys.ts';

/** Header, stages on one time axis, charts, and the controls. */
export function PlaygroundPage() {
  const actions = usePlaygroundActions();
  const nStages = usePlayground(({ config }) => config.stages.length);
  const panel = usePlayground(({ config }) => config.panel);
  const hidden = panel === 'hidden';
  const [chosen, setChosen] = useState(2);
  const selected = Math.min(chosen, nStages - 1);
  const upload = useImport();
  const over = useFileDrop((file) => {
    actions.set({ panel: 'data' });
    upload.take(file);
  });
  usePlaybackKeys();

  const select = (index: number) => {
    setChosen(index);
    actions.set({ panel: 'sampler' });
    revealPanel();
  };
  return (
    <div className="playground" data-panel={hidden ? 'hidden' : 'shown'}>
      <Boundary what="The header" resetOn={[panel]}>
        <Header />
      </Boundary>
      <main className="playground-main" style={stageShape(nStages)}>
        <Boundary what="The stages" resetOn={[nStages]}>
          <StageRow selected={hidden ? null : selected} onSelect={select} />
        </Boundary>
        <Boundary what="The playback">
          <Transport />
        </Boundary>
        <ChartRow />
      </main>
      {!hidden && (
        <aside id={PANEL_ID} className="playground-panel" aria-label="Settings">
          <Boundary what="The settings" resetOn={[panel]}>
            <Panel selected={selected} onSelect={setChosen} upload={upload} over={over} />
          </Boundary>
        </aside>
      )}
      <Boundary what="The import">
        <ImportDialog opened={upload} />
      </Boundary>
      <Boundary what="The messages">
        <NoticeList />
      </Boundary>
    </div>
  );
}
