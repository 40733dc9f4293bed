import { useMemo, useState } from 'react';
import { Chart } from '../../../charts/Chart.tsx';
import { type RaceMeasure, raceFigure, raceSentence } from '../../../charts/raceFigure.ts';
import { formatCount } from '../../../experiment/numberText.ts';
import type { RaceRequest, RaceRow } from '../../../protocol/studies.ts';
import { usePlayground } from '../../../store/react.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import { LinkWarnings } from '../LinkWarnings.tsx';
import { StudyBar } from '../StudyBar.tsx';
import { useChoices } from '../useChoices.ts';
import { useShowOnStage } from '../useShowOnStage.ts';
import { useStudy } from '../useStudy.ts';
import { RACE_FIELDS } from './choice.ts';
import { type Entrant, entrantsOf, requestOf } from './entrants.ts';
import { RaceSettings } from './RaceSettings.tsx';
import { RaceTable } from './RaceTable.tsx';

const MEASURES = [
  { value: 'w2', label: 'W₂', name: 'Sliced W₂' },
  { value: 'strays', label: 'Strays' },
  { value: 'toFlow', label: 'To the flow' },
] as const;

interface Raced {
  readonly request: RaceRequest;
  readonly entrants: readonly Entrant[];
}

/** Samplers from the same noise, by what they take and how near they come. */
export default function RaceWorkspace() {
  const config = usePlayground((state) => state.config);
  const { choice, change, warnings } = useChoices(RACE_FIELDS);
  const [measure, setMeasure] = useState<RaceMeasure>('w2');
  const [raced, setRaced] = useState<Raced | null>(null);
  const [shown, setShown] = useState<RaceRow | null>(null);
  const study = useStudy('race');
  const showOnStage = useShowOnStage();
  const entrants = useMemo(() => entrantsOf(choice, config), [choice, config]);
  const request = requestOf(choice, entrants, config);
  const result = study.progress?.result ?? null;
  const names = useMemo(() => raced?.entrants.map(({ name }) => name) ?? [], [raced]);
  const figure = useMemo(
    () => raceFigure(result, measure, names, raced?.request.n ?? 1),
    [result, measure, names, raced],
  );
  const sentence = result && raceSentence(result, names);

  const start = () => {
    if (typeof request === 'string') return;
    setRaced({ request, entrants });
    setShown(null);
    study.start(request);
  };
  const show = (row: RaceRow) => {
    const entrant = raced?.entrants[row.entry];
    if (!entrant) return;
    setShown(row);
    showOnStage({
      ...entrant.settings,
      denoiser: row.denoiser,
      ...(row.nSteps !== null && { nSteps: row.nSteps }),
    });
  };
  return (
    <>
      <RaceSettings choice={choice} nChain={config.nChain} onChange={change} />
      <LinkWarnings warnings={warnings} />
      <StudyBar
        name="Start the race"
        study={study}
        missing={typeof request === 'string' ? request : null}
        onStart={start}
      />
      {raced && (
        <>
          {sentence && <p>{`${sentence} The network is that of step ${formatCount(study.step)}.`}</p>}
          <div className="workspace-body has-table">
            <div className="workspace-chart">
              <Chart
                figure={figure}
                onPick={({ line, index }) => {
                  const row = figure.rowsOf.get(line)?.[index];
                  if (row) show(row);
                }}
                corner={
                  <Segmented
                    label="Measured by"
                    hideLabel
                    value={measure}
                    options={MEASURES}
                    onChange={setMeasure}
                  />
                }
              />
            </div>
            {result && (
              <RaceTable result={result} measure={measure} names={names} shown={shown} onShow={show} />
            )}
          </div>
        </>
      )}
    </>
  );
}
