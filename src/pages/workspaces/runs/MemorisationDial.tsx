import { useEffect, useMemo, useRef, useState } from 'react';
import { Chart } from '../../../charts/Chart.tsx';
import { memorisationFigure, memorisationSentence } from '../../../charts/memorisationFigure.ts';
import type { ExperimentConfig } from '../../../experiment/types.ts';
import { usePlayground } from '../../../store/react.ts';
import { MEMORISATION } from '../../../store/runs/memorise.ts';
import type { Runs } from '../../../store/runs/runs.ts';
import { Select } from '../../../ui/Select.tsx';
import { StudyBar } from '../StudyBar.tsx';
import { useStudy } from '../useStudy.ts';

const LENGTHS = [500, 1000, 3000, 9000];
const NO_ROWS = [] as const;

/** Trains on ever more points, one after the other, keeps each as a run, and shows when samples stop being copies. */
export function MemorisationDial({ runs }: { readonly runs: Runs }) {
  const config = usePlayground((state) => state.config);
  const study = useStudy('memorisation');
  const [trainSteps, setTrainSteps] = useState(MEMORISATION.trainSteps);
  const [asked, setAsked] = useState<ExperimentConfig | null>(null);
  const kept = useRef(0);
  const rows = study.progress?.result?.rows ?? NO_ROWS;
  useEffect(() => {
    if (!asked) return;
    for (const row of rows.slice(kept.current))
      void runs.keepTrained({ ...asked, nPoints: row.nPoints }, row);
    kept.current = Math.max(kept.current, rows.length);
  }, [rows, asked, runs]);
  const figure = useMemo(() => memorisationFigure(rows), [rows]);
  const sentence = memorisationSentence(rows);
  const start = () => {
    kept.current = 0;
    setAsked(config);
    study.start({ ...MEMORISATION, trainSteps, seed: config.seed });
  };
  return (
    <section className="workspace-part" aria-label="Memorisation">
      <h3>Copies or new points?</h3>
      <p className="workspace-note">
        Trains this experiment’s model on 5, 20, 100, 1 000 and 10 000 points, one after the other, and keeps
        each as a run. The best answer for those points alone, a softmax over them, gives copies: 0. The best
        answer for all data gives new points: 1.
      </p>
      <div className="workspace-settings">
        <Select
          label="Training of each model"
          value={String(trainSteps)}
          options={LENGTHS.map((count) => ({ value: String(count), label: `${count} steps` }))}
          onChange={(count) => setTrainSteps(Number(count))}
        />
      </div>
      <StudyBar name="Train on ever more points" study={study} onStart={start} />
      {sentence && !study.running && <p>{sentence}</p>}
      {rows.length > 0 && (
        <div className="workspace-chart">
          <Chart figure={figure} />
        </div>
      )}
    </section>
  );
}
