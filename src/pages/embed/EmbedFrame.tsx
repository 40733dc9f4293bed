import './embed.css';
import { type CSSProperties, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { noticeOfLink } from '../../store/notices.ts';
import { usePlayground, usePlaygroundActions } from '../../store/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Boundary } from '../Boundary.tsx';
import { fullPageLink } from '../links.ts';
import { NoticeList } from '../NoticeList.tsx';
import { formatCount } from '../stageText.ts';
import { groundInk } from './groundInk.ts';
import { type Control, embedOptions } from './options.ts';
import { useReportedHeight } from './useReportedHeight.ts';
import { type TrainingInView, useTrainInView } from './useTrainInView.ts';

interface EmbedFrameProps<C extends string> {
  readonly heading: string;
  readonly stages: ReactNode;
  readonly transport: ReactNode;
  /** The names of the charts that a link can ask for, and those that it has asked for as cards. */
  readonly chartNames: readonly C[];
  readonly charts: (chosen: readonly C[]) => ReactNode;
  readonly training: TrainingInView;
  readonly isTraining: boolean;
  readonly step: number;
  /** What the button says that starts training. */
  readonly start: string;
  /** The choice of data; null where there is none, and a link cannot ask for it. */
  readonly data: ReactNode | null;
  /** Stands in the caption's place. */
  readonly name: string;
}

/** An embed, whatever its stages show: what its link asks for, and the frame of the article. */
export function EmbedFrame<C extends string>(props: EmbedFrameProps<C>) {
  const { heading, stages, transport, chartNames, charts, training } = props;
  const root = useRef<HTMLDivElement>(null);
  const actions = usePlaygroundActions();
  const hasData = props.data !== null;
  const { options, warnings } = useMemo(
    () => embedOptions(location.search, chartNames, hasData),
    [chartNames, hasData],
  );
  useTrainInView(root, training);
  useReportedHeight(root);
  useEffect(() => {
    if (warnings.length > 0) actions.notify(noticeOfLink(warnings));
  }, [warnings, actions]);

  const { background, controls, caption } = options;
  const ink = background === null ? null : groundInk(background);
  const ground = {
    ...(background !== null && { '--bg': background }),
    ...(ink !== null && { '--ground-ink': ink }),
  } as CSSProperties;
  return (
    <div ref={root} className="embed" style={ground}>
      <main className="playground-main">
        <h1 className="visually-hidden">{heading}</h1>
        <Boundary what="The stages">{stages}</Boundary>
        {controls.includes('play') && <Boundary what="The playback">{transport}</Boundary>}
        {options.charts.length > 0 && <Boundary what="The charts">{charts(options.charts)}</Boundary>}
      </main>
      <Footer {...props} controls={controls} caption={caption} />
      <NoticeList />
    </div>
  );
}

interface FooterProps
  extends Pick<EmbedFrameProps<string>, 'training' | 'isTraining' | 'step' | 'start' | 'data' | 'name'> {
  readonly controls: readonly Control[];
  readonly caption: string | null;
}

function Footer({ training, isTraining, step, start, data, name, controls, caption }: FooterProps) {
  return (
    <footer className="embed-footer">
      {controls.includes('train') && (
        <>
          <Button
            variant="quiet"
            icon={<Icon name={isTraining ? 'pause' : 'learn'} />}
            onClick={() => training.toggle()}
          >
            {isTraining ? 'Pause training' : start}
          </Button>
          <span className="embed-step">{`step ${formatCount(step)}`}</span>
        </>
      )}
      {controls.includes('data') && <Boundary what="The choice of data">{data}</Boundary>}
      {!controls.includes('data') && caption === null && <span>{name}</span>}
      {caption !== null && <p className="embed-caption">{caption}</p>}
      {controls.includes('link') && <FullPage />}
    </footer>
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
