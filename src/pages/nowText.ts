import type { Direction } from '../canvas/clock.ts';
import type { ModelSource } from '../protocol/protocol.ts';
import { formatCount } from './stageText.ts';

/** What is on the stages at this moment. */
export interface Moment {
  /** 1 is noise, 0 is data. */
  readonly time: number;
  readonly direction: Direction;
  /** α²/(α² + σ²): the share of the variance of x_t that is still data, 0…1. */
  readonly signal: number;
  /** What one sees in the data, within a sentence: 'the spiral'. */
  readonly shape: string;
  /** Whether a stage shows a sampler on its way back. */
  readonly samples: boolean;
  /** Of the model that is drawn; null where the exact answer is asked in its place. */
  readonly model: {
    readonly source: ModelSource;
    readonly step: number;
    /** Whether most of its samples were seen to lie on the data. */
    readonly works: boolean;
  } | null;
}

/** Fewer steps have taught a network next to nothing, unless its samples say otherwise. */
const YOUNG = 300;
/** Ends of the axis, where the clock rests. */
const AT_END = 0.004;

const percent = (share: number): string => {
  const value = 100 * share;
  if (value > 99) return `${Math.min(99.9, value).toFixed(1)} %`;
  return `${value < 1 ? value.toPrecision(2) : value.toFixed(0)} %`;
};

function noising({ time, signal, shape, samples }: Moment): string {
  if (time <= AT_END) return `These are the data. Now noise is added to every point, a little at a time.`;
  if (time >= 1 - AT_END) {
    return samples
      ? `Only noise is left, the same for all data. Now the way back, from fresh noise.`
      : `Only noise is left, the same for all data.`;
  }
  const left = `${percent(signal)} of the variance is still data`;
  if (signal > 0.9) return `A little noise blurs ${shape}: ${left}.`;
  if (signal > 0.5) return `The outline of ${shape} dissolves: ${left}.`;
  if (signal > 0.1) return `Next to nothing of ${shape} is left: ${left}.`;
  return `Nothing of ${shape} can be seen: ${left}.`;
}

function denoising(moment: Moment): string {
  const { time, signal, shape, model } = moment;
  if (time >= 1 - AT_END) return `The way back starts from fresh noise: no point comes from the data.`;
  const denoiser = model === null ? 'exact answer' : 'network';
  const young = model !== null && model.source === 'own' && model.step < YOUNG && !model.works;
  if (young && signal > 0.1) {
    return `After ${formatCount(model.step)} training ${model.step === 1 ? 'step' : 'steps'} the network does not know yet where the data are.`;
  }
  if (time <= AT_END) return `Done: new points, made of noise alone, that are to look like ${shape}.`;
  if (signal > 0.9) return `The ${denoiser} removes the last noise: details of ${shape} appear.`;
  if (signal > 0.5) return `The ${denoiser} has removed most noise: the outline of ${shape} appears.`;
  if (signal > 0.1) return `The ${denoiser} removes noise: where each point will end is being decided.`;
  return `The ${denoiser} removes noise in small steps: nothing is to be seen yet.`;
}

/** One sentence that is true of the stages now. */
export function nowText(moment: Moment): string {
  const sentence = moment.direction === 'forward' || !moment.samples ? noising(moment) : denoising(moment);
  const ends = moment.time <= AT_END || moment.time >= 1 - AT_END;
  return ends ? sentence : `t = ${moment.time.toFixed(2)}: ${sentence[0]!.toLowerCase()}${sentence.slice(1)}`;
}
