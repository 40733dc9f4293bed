import type { Measured, StageQuality as Quality, Recording } from '../protocol/protocol.ts';
import { usePlayground } from '../store/react.ts';
import { exactRequest, samplerErrorKey } from '../store/samplerErrors.ts';
import { Explained } from '../ui/Explained.tsx';
import type { StageConfig } from '../views/index.ts';
import type { ReverseStage } from '../views/reverse/stage.ts';
import { distanceText, onTheData, percentText, stageQualityText } from './qualityText.ts';
import './stageQuality.css';
import { formatCount } from './stageText.ts';
import { useIsFine } from './useIsFine.ts';

interface StageQualityProps {
  readonly stage: StageConfig;
  /** What the stage shows; null while that is nothing, or of an experiment before. */
  readonly recording: Recording | null;
}

/** How good the samples of a reverse stage are, of the very weights that it shows; nothing where that is not known. */
export function StageQuality({ stage, recording }: StageQualityProps) {
  const quality = usePlayground(({ stageQuality }) => (recording ? stageQuality[recording.key] : undefined));
  if (stage.kind !== 'reverse' || !recording || !quality || !isOf(quality, recording)) return null;
  return <Shown stage={stage} quality={quality} />;
}

const isOf = ({ step, source }: Quality, recording: Recording): boolean =>
  source === recording.source && (source === 'exact' || step === recording.modelStep);

function Shown({ stage, quality }: { readonly stage: ReverseStage; readonly quality: Quality }) {
  const exact = useExactStrays(stage);
  const isFine = useIsFine();
  const { full, short, brief, least } = stageQualityText(quality);
  return (
    <Explained className="stage-quality" text={explanation(quality, exact, stage.ofClass, isFine)}>
      <span className="stage-quality-full">{full}</span>
      <span className="stage-quality-short">{short}</span>
      <span className="stage-quality-brief">{brief}</span>
      <span className="stage-quality-least">
        <span>{least}</span>
        {least.endsWith('%') && <span className="stage-quality-noun"> on data</span>}
      </span>
      {exact && <span className="stage-quality-exact">{`exact: ${percent(1 - exact.value)}`}</span>}
    </Explained>
  );
}

/** Strays of the stage's sampler with the exact denoiser, where they were measured. */
function useExactStrays(stage: ReverseStage): Measured | null {
  const nChain = usePlayground(({ config }) => config.nChain);
  const errors = usePlayground(({ samplerErrors }) => samplerErrors);
  const request = stage.denoiser === 'learned' ? exactRequest(stage, nChain) : null;
  return request ? (errors[samplerErrorKey(request)] ?? null) : null;
}

function explanation(
  { step, source, samples, strays, missed, slicedW2 }: Quality,
  exact: Measured | null,
  ofClass: number,
  isFine: boolean,
): string {
  const data = ofClass > 0 ? `class ${ofClass}` : 'the data';
  const sentences = [
    `Of ${formatCount(samples)} samples by this stage’s own sampler and settings${ofModel(source, step)}:`,
    `${percentText(onTheData(strays))} lie on ${data} (true draws ${percent(1 - strays.perfect)});`,
    `they miss ${percentText(missed)} of ${data} (true draws ${percent(missed.perfect)});`,
    `sliced Wasserstein distance to ${data} ${distanceText(slicedW2)} (true draws ${slicedW2.perfect.toFixed(3)}).`,
    '± is one standard error; true draws scatter too, so nothing is better than they are.',
  ];
  if (isFine) sentences.push('The data is finer than a dot: what looks right may still lie beside it.');
  if (ofClass > 0)
    sentences.push('Guidance leaves the class for its most typical part, and its distance grows.');
  if (exact) {
    sentences.push(`With the exact answer in place of the network: ${percent(1 - exact.value)} on the data.`);
  }
  return sentences.join(' ');
}

function ofModel(source: Quality['source'], step: number): string {
  if (source === 'exact') return ' with the exact answer';
  return source === 'pretrained' ? ' of the ready-made model' : ` at step ${formatCount(step)}`;
}

const percent = (share: number) => `${Number((100 * share).toFixed(1))} %`;
