import { useMemo, useState } from 'react';
import { Chart } from '../../../charts/Chart.tsx';
import {
  likelihoodAlongFigure,
  roundTripFigure,
  roundTripSentences,
} from '../../../charts/roundTripFigure.ts';
import { formatCount } from '../../../experiment/numberText.ts';
import { usePlayground } from '../../../store/react.ts';
import { Select } from '../../../ui/Select.tsx';
import { StudyBar } from '../StudyBar.tsx';
import { useStudy } from '../useStudy.ts';
import { Latents } from './Latents.tsx';

const STEPS = [5, 10, 20, 40, 80, 160];
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
  const nSteps = STEPS.filter((steps) => steps <= nChain);
  return (
    <>
      <div className="workspace-settings">
        <Select label="Sampler" value={sampler} options={SAMPLERS} onChange={setSampler} />
      </div>
      <StudyBar
        name="Start the round trip"
        study={study}
        onStart={() => study.start({ sampler, nSteps, n: 400, seed: 1 })}
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
            <Latents origins={result.origins} latents={result.latents} />
          </div>
        </>
      )}
    </>
  );
}
