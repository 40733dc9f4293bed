import { useMemo } from 'react';
import { type OneStepCurves, oneStepFigure } from '../../charts/oneStepFigure.ts';
import { usePlayground, useRecordings } from '../../store/react.ts';
import { viewOf } from '../../views/index.ts';
import { recordingKey } from '../../views/types.ts';
import { useClock } from '../clockContext.ts';
import { ChartCard, type ChartInRow } from './ChartCard.tsx';

const ABOUT =
  'How far the true step back from x_t is from any Gaussian, by the time it leaves, for the steps of the first stage that shows “One step” and for more. ' +
  'A model whose steps are Gaussian loses that much however well it is trained. With many steps next to nothing is left, which is why a chain of small steps can be learned at all.';

/** How the divergence of the true step from a Gaussian falls as the steps grow in number. */
export function OneStepChart({ menu }: ChartInRow) {
  const clock = useClock();
  const stages = usePlayground(({ config }) => config.stages);
  const nChain = usePlayground(({ config }) => config.nChain);
  const stage = stages.find((each) => each.kind === 'one-step');
  const keys = useMemo(
    () => (stage ? viewOf(stage).requests(stage, { stages, nChain }).map(recordingKey) : []),
    [stage, stages, nChain],
  );
  const recordings = useRecordings(keys);
  const figure = useMemo(() => {
    if (stage === undefined) return oneStepFigure(undefined);
    const found = recordings.find((recording) => recording?.kind === 'one-step');
    const curves: OneStepCurves | null = found ? { ...found, nSteps: stage.nSteps } : null;
    return oneStepFigure(curves);
  }, [stage, recordings]);
  return <ChartCard menu={menu} figure={figure} cursor={clock} about={ABOUT} />;
}
