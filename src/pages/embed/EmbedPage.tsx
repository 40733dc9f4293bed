import './embed.css';
import { type CSSProperties, lazy, Suspense, useEffect, useMemo, useRef } from 'react';
import { datasets } from '../../core/datasets/index.ts';
import { CUSTOM_DATASET } from '../../experiment/fields.ts';
import { noticeOfLink } from '../../store/notices.ts';
import { useField, usePlayground, usePlaygroundActions } from '../../store/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Select } from '../../ui/Select.tsx';
import { Boundary } from '../Boundary.tsx';
import { useClock } from '../clockContext.ts';
import { datasetOptions } from '../datasetOptions.ts';
import { fullPageLink } from '../links.ts';
import { NoticeList } from '../NoticeList.tsx';
import { StageRow } from '../StageRow.tsx';
import { formatCount } from '../stageText.ts';
import { Transport } from '../Transport.tsx';
import { usePlaybackKeys } from '../usePlaybackKeys.ts';
import { embedOptions } from './options.ts';
import { useReportedHeight } from './useReportedHeight.ts';
import { useTrainInView } from './useTrainInView.ts';

const EmbedCharts = lazy(() => import('./EmbedCharts.tsx'));

/** Stages and what the link asks for besides, for an iframe. */
export function EmbedPage() {
  const root = useRef<HTMLDivElement>(null);
  const actions = usePlaygroundActions();
  const clock = useClock();
  const { options, warnings } = useMemo(() => embedOptions(location.search), []);
  usePlaybackKeys();
  useTrainInView(root);
  useReportedHeight(root);
  useEffect(() => {
    if (warnings.length > 0) actions.notify(noticeOfLink(warnings));
  }, [warnings, actions]);
  useEffect(() => {
    if (!options.autoplay) clock.rest();
  }, [options, clock]);

  const { background, charts, controls } = options;
  const ground = background === null ? {} : ({ '--bg': background } as CSSProperties);
  return (
    <div ref={root} className="embed" style={ground}>
      <main className="playground-main">
        <h1 className="visually-hidden">Diffusion Playground</h1>
        <Boundary what="The stages">
          <StageRow selected={null} onSelect={null} />
        </Boundary>
        {controls.includes('play') && <Transport />}
        {charts.length > 0 && (
          <Suspense fallback={null}>
            <EmbedCharts chosen={charts} />
          </Suspense>
        )}
      </main>
      <EmbedFooter caption={options.caption} controls={controls} />
      <NoticeList />
    </div>
  );
}

function EmbedFooter({
  caption,
  controls,
}: Pick<ReturnType<typeof embedOptions>['options'], 'caption' | 'controls'>) {
  const dataset = useField('dataset');
  const name = dataset === CUSTOM_DATASET ? 'Own points' : datasets.get(dataset).label;
  return (
    <footer className="embed-footer">
      {controls.includes('train') && <TrainControl />}
      {controls.includes('data') ? <DataControl /> : caption === null && <span>{name}</span>}
      {caption !== null && <p className="embed-caption">{caption}</p>}
      {controls.includes('link') && <FullPage />}
    </footer>
  );
}

function TrainControl() {
  const phase = usePlayground((state) => state.phase);
  const step = usePlayground((state) => state.step);
  const actions = usePlaygroundActions();
  const training = phase === 'training';
  return (
    <>
      <Button
        variant="quiet"
        icon={<Icon name={training ? 'pause' : 'learn'} />}
        onClick={() => void actions.toggle()}
      >
        {phase === 'failed' ? 'Start again' : training ? 'Pause training' : 'Train'}
      </Button>
      <span className="embed-step">{`step ${formatCount(step)}`}</span>
    </>
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

function FullPage() {
  const config = usePlayground((state) => state.config);
  return (
    <a href={fullPageLink(config)} target="_blank" rel="noopener">
      <span className="when-wide">Open in </span>
      <span>Diffusion Playground</span>
    </a>
  );
}
