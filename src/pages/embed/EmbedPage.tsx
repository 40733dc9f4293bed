import { lazy, Suspense, useMemo } from 'react';
import { datasets } from '../../core/datasets/index.ts';
import { chartIds } from '../../experiment/charts.ts';
import { CUSTOM_DATASET } from '../../experiment/fields.ts';
import { useField, usePlayground, usePlaygroundActions, usePlaygroundContext } from '../../store/react.ts';
import { Select } from '../../ui/Select.tsx';
import { datasetOptions } from '../datasetOptions.ts';
import { StageRow } from '../StageRow.tsx';
import { Transport } from '../Transport.tsx';
import { usePlaybackKeys } from '../usePlaybackKeys.ts';
import { EmbedFrame } from './EmbedFrame.tsx';

const EmbedCharts = lazy(() => import('./EmbedCharts.tsx'));

/** Stages and what the link asks for besides, for an iframe. */
export function EmbedPage() {
  const { store, actions, ready } = usePlaygroundContext();
  const phase = usePlayground((state) => state.phase);
  const step = usePlayground((state) => state.step);
  const dataset = useField('dataset');
  usePlaybackKeys();
  const training = useMemo(
    () => ({
      ready,
      isTraining: () => store.getState().phase === 'training',
      toggle: () => void actions.toggle(),
    }),
    [store, actions, ready],
  );
  return (
    <EmbedFrame
      heading="Diffusion Playground"
      stages={<StageRow selected={null} onSelect={null} />}
      transport={<Transport />}
      chartNames={chartIds}
      charts={(chosen) => (
        <Suspense fallback={null}>
          <EmbedCharts chosen={chosen} />
        </Suspense>
      )}
      training={training}
      isTraining={phase === 'training'}
      step={step}
      start={phase === 'failed' ? 'Start again' : 'Train'}
      data={<DataControl />}
      name={dataset === CUSTOM_DATASET ? 'Own points' : datasets.get(dataset).label}
    />
  );
}

function DataControl() {
  const dataset = useField('dataset');
  const hasDraft = usePlayground(({ draftPoints, ownData }) => draftPoints.length > 0 || ownData !== null);
  const actions = usePlaygroundActions();
  // There is no drawing pad here.
  const options = datasetOptions(hasDraft).filter(({ value }) => value !== CUSTOM_DATASET || hasDraft);
  return (
    <Select label="Data set" hideLabel value={dataset} options={options} onChange={actions.setDataset} />
  );
}
