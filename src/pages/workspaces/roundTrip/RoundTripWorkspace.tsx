import { useMemo, useState } from 'react';
import { Chart } from '../../../charts/Chart.tsx';
import {
  divergenceFigure,
  likelihoodAlongFigure,
  roundTripFigure,
  roundTripSentences,
} from '../../../charts/roundTripFigure.ts';
import { formatCount } from '../../../experiment/numberText.ts';
import { usePlayground } from '../../../store/react.ts';
import { ROUND_TRIP } from '../../../store/studyRequests.ts';
import { Select } from '../../../ui/Select.tsx';
import { StudyBar } from '../StudyBar.tsx';
import { useStudy } from '../useStudy.ts';
import { Latents } from './Latents.tsx';

const SAMPLERS = [
  { value: 'ddim', label: 'DDIM', summary: 'One evaluation in a step.' },
  { value: 'heun', label: 'Heun', summary: 'Two evaluations in a step.' },
] as const;

/** Data encoded to noise and decoded again: what the steps lose, and where the noise came from. */
export default function RoundTripWorkspace() {
  const nChain = usePlayground(({ config }) => config.nChain);
  const study = useStudy('roundTrip');
  const [sampler, setSampler] = useState<(typeof SAMPLERS)[number]['value']>('ddim');
  const result = study.progress?.result ?? null;
  const figure = useMemo(() => roundTripFigure(result), [result]);
  const along = useMemo(() => (result?.along ? likelihoodAlongFigure(result.along) : null), [result]);
  const divergence = useMemo(
    () => (result?.divergence ? divergenceFigure(result.divergence) : null),
    [result],
  );
  const nSteps = ROUND_TRIP.nSteps.filter((steps) => steps <= nChain);
  return (
    <>
      <div className="workspace-settings">
        <Select label="Sampler" value={sampler} options={SAMPLERS} onChange={setSampler} />
      </div>
      <StudyBar
        name="Start the round trip"
        study={study}
        onStart={() => study.start({ ...ROUND_TRIP, sampler, nSteps })}
      />
      {result && (
        <>
          <p>
            {`${roundTripSentences(result).join(' ')} The network is that of step ${formatCount(study.step)}.`}
          </p>
          <div className="workspace-body">
            <div className="workspace-chart">
              <Chart figure={figure} />
            </div>
            {along && (
              <div className="workspace-chart">
                <Chart figure={along} />
              </div>
            )}
            {divergence && (
              <div className="workspace-chart">
                <Chart figure={divergence} />
              </div>
            )}
            <Latents origins={result.origins} latents={result.latents} />
          </div>
        </>
      )}
    </>
  );
}
