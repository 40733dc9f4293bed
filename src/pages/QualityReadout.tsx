import { Popover } from 'radix-ui';
import { type QualityPoint, recentQuality } from '../store/qualityHistory.ts';
import { usePlayground } from '../store/react.ts';
import { Term } from './lessons/Term.tsx';
import { distanceText, distanceWords, onTheData, percentText } from './qualityText.ts';
import { formatCount } from './stageText.ts';
import './trainingSentence.css';
import { useTrainingSentence } from './useTrainingSentence.ts';
import './qualityReadout.css';

/** How training stands, in one sentence; a press says how good the model's samples are, and what that means. */
export function QualityReadout() {
  const latest = usePlayground((state) => state.quality);
  const own = usePlayground((state) => state.ownQuality);
  const sentence = useTrainingSentence();
  const quality = latest?.source === 'own' ? recentQuality(own) : latest;
  if (!latest || !quality) return <span className="quality-readout training-sentence">{sentence}</span>;
  return (
    <Popover.Root>
      <Popover.Trigger className="quality-readout training-sentence">
        <strong>{sentence}</strong>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="c-popover quality-about"
          sideOffset={6}
          collisionPadding={8}
          aria-label="How good the samples are"
        >
          <About quality={quality} whose={latest.source === 'own' ? 'your model' : 'the ready-made model'} />
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
        {`From ${formatCount(samples)} samples of ${whose} at step ${formatCount(step)}, by a sampler that next to never errs itself, whatever the stages use; each stage has its own numbers at its foot. ± is one standard error.`}
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
          <span>{`, true draws ${slicedW2.perfect.toFixed(3)} (${distanceWords(slicedW2)}): `}</span>
          <span>
            how far points must travel to turn samples into data, in data units. It hardly sees a few strays.
          </span>
        </dd>
      </dl>
    </>
  );
}
