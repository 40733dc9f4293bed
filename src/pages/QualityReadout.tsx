import { Popover } from 'radix-ui';
import type { TrainingPhase } from '../protocol/protocol.ts';
import { type QualityPoint, recentQuality } from '../store/qualityHistory.ts';
import { usePlayground } from '../store/react.ts';
import { Term } from './lessons/Term.tsx';
import { distanceText, onTheData, percentText, timesErrorText, timesText } from './qualityText.ts';
import { formatCount } from './stageText.ts';

/** Nothing will be measured before the person does something. */
const ENDED: readonly TrainingPhase[] = ['diverged', 'failed'];

/** How good the samples are; a press says what that means. */
export function QualityReadout() {
  const latest = usePlayground((state) => state.quality);
  const own = usePlayground((state) => state.ownQuality);
  const shown = usePlayground((state) => state.modelSource);
  const phase = usePlayground((state) => state.phase);
  const quality = latest?.source === 'own' ? recentQuality(own) : latest;
  if (!latest || !quality) {
    return <span className="quality-readout">{ENDED.includes(phase) ? 'not measured' : 'measuring…'}</span>;
  }
  const isOwn = latest.source === 'own';
  const { strays, slicedW2 } = quality;
  return (
    <Popover.Root>
      <Popover.Trigger className="quality-readout">
        <span className="quality-line">
          {isOwn && shown === 'pretrained' && <span className="quality-whose">yours: </span>}
          <strong>{percentText(onTheData(strays))}</strong>
          <span className="quality-wide">
            <span>{' on '}</span>
            <span className="quality-more">{'the '}</span>
            <span>data</span>
          </span>
        </span>
        <span className="quality-line quality-detail">
          <span className="quality-wide">
            <span>{'true '}</span>
            <span className="quality-more">{'draws '}</span>
            <span>{`${percent(1 - strays.perfect)} · ${timesText(slicedW2)}`}</span>
            <span className="quality-more">{timesErrorText(slicedW2)}</span>
            <span>{' perfect'}</span>
          </span>
          <span className="quality-narrow">{`on data · ${timesText(slicedW2)}`}</span>
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="c-popover quality-about"
          sideOffset={6}
          collisionPadding={8}
          aria-label="How good the samples are"
        >
          <About quality={quality} whose={isOwn ? 'your model' : 'the ready-made model'} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

const percent = (share: number) => `${Number((100 * share).toFixed(1))} %`;

function About({ quality, whose }: { readonly quality: QualityPoint; readonly whose: string }) {
  const { step, samples, strays, missed, slicedW2 } = quality;
  return (
    <>
      <p>
        {`From ${formatCount(samples)} samples of ${whose} at step ${formatCount(step)}. ± is one standard error.`}
      </p>
      <dl>
        <dt>
          <Term id="strays">On the data</Term>
        </dt>
        <dd>
          <strong>{percentText(onTheData(strays))}</strong>
          <span>{`, true draws ${percent(1 - strays.perfect)}: samples where data are. `}</span>
          <span>
            The others are strays: less likely than 99 % of the data, or farther from every data point.
          </span>
        </dd>
        <dt>
          <Term id="missed">Missed</Term>
        </dt>
        <dd>
          <strong>{percentText(missed)}</strong>
          <span>
            {`, true draws ${percent(missed.perfect)}: data in whose neighbourhood there are no samples.`}
          </span>
        </dd>
        <dt>
          <Term id="w2">Sliced W₂</Term>
        </dt>
        <dd>
          <strong>{distanceText(slicedW2)}</strong>
          <span>{`, true draws ${slicedW2.perfect.toFixed(3)} (${timesText(slicedW2)} perfect): `}</span>
          <span>
            how far points must travel to turn samples into data, in data units. It hardly sees a few strays.
          </span>
        </dd>
      </dl>
    </>
  );
}
