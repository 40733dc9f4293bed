import { useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { Chart } from '../../../charts/Chart.tsx';
import { runsFigure } from '../../../charts/runsFigure.ts';
import { usePlayground, usePlaygroundContext } from '../../../store/react.ts';
import type { Run } from '../../../store/runs/run.ts';
import { runsOf } from '../../../store/runs/runs.ts';
import { Button } from '../../../ui/Button.tsx';
import { useShowOnStage } from '../useShowOnStage.ts';
import { MemorisationDial } from './MemorisationDial.tsx';
import { RunsTable } from './RunsTable.tsx';

/** Models that were kept, beside each other. */
export default function RunsWorkspace() {
  const playground = usePlaygroundContext();
  const runs = useMemo(() => runsOf(playground), [playground]);
  const { runs: kept, measuring } = useStore(runs.store);
  const step = usePlayground((state) => state.step);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const showOnStage = useShowOnStage();
  const figure = useMemo(() => runsFigure(kept), [kept]);
  const attempt = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const save = (run: Run) => {
    const address = URL.createObjectURL(new Blob([runs.export(run.id)], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${run.name}.json`;
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <>
      <div className="study-bar">
        <Button variant="primary" disabled={busy || step === 0} onClick={() => attempt(() => runs.keep())}>
          Keep this model
        </Button>
        <Button disabled={busy} onClick={() => picker.current?.click()}>
          Import a run
        </Button>
        <input
          ref={picker}
          className="c-visually-hidden"
          type="file"
          aria-label="File of a run"
          tabIndex={-1}
          accept=".json,application/json"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) void attempt(() => runs.import(file));
            event.target.value = '';
          }}
        />
        {measuring !== null && <span className="workspace-note">Kept. Measuring how good it is…</span>}
        {problem !== null && (
          <p className="study-problem" role="alert">
            {problem}
          </p>
        )}
      </div>
      {kept.length === 0 ? (
        <p className="workspace-note">
          No run has been kept yet. Train a model, keep it, change a setting, and train again.
        </p>
      ) : (
        <>
          <RunsTable
            runs={kept}
            measuring={measuring}
            onShow={(run) => attempt(() => runs.show(run.id))}
            onShowOnStage={(run) => showOnStage({ run: run.name })}
            onExport={save}
            onRemove={(run) => attempt(() => runs.remove(run.id))}
          />
          <div className="workspace-chart">
            <Chart figure={figure} />
          </div>
        </>
      )}
      <MemorisationDial runs={runs} />
    </>
  );
}
