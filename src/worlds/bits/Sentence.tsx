import { useWorldRecording, useWorldState } from '../../store/worlds/react.ts';
import type { ExactBound, LearnedGap } from './recordings.ts';

/** How far the network is from the perfect reverse process. */
export function BitsSentence() {
  const phase = useWorldState((state) => state.phase);
  const exact = useWorldRecording<ExactBound>('exactBound');
  const gap = useWorldRecording<LearnedGap>('learnedGap');
  return <p className="training-sentence">{sentence(phase, exact?.data ?? null, gap?.data ?? null)}</p>;
}

/** At most as long as three lines of a phone's header. */
export function sentence(phase: string, exact: ExactBound | null, gap: LearnedGap | null): string {
  if (phase === 'starting') return 'Starting…';
  if (exact === null || gap === null) return 'Measuring how well the network flips bits back…';
  const K = exact.K - gap.sum;
  const digits = gap.error < 0.005 ? 3 : 2;
  return `Your network’s K is ${signed(K, digits)} ± ${gap.error.toFixed(digits)} bits, a perfect one’s ${signed(exact.K, digits)}.`;
}

const signed = (value: number, digits: number) => value.toFixed(digits).replace('-', '−');
