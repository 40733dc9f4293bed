import { formatCounted } from '../../experiment/numberText.ts';
import { useWorldRecording, useWorldState } from '../../store/worlds/react.ts';
import type { WordBound, WordRows } from './recordings.ts';

/** How far the network is from the language. */
export function WordsSentence() {
  const phase = useWorldState((state) => state.phase);
  const rows = useWorldRecording<WordRows>('learned')?.data ?? null;
  const bound = useWorldRecording<WordBound | null>('bound')?.data ?? null;
  const exact = useWorldRecording<WordBound | null>('exactBound')?.data ?? null;
  return <p className="training-sentence">{sentence(phase, rows, bound, exact)}</p>;
}

/** At most as long as three lines of a phone's header. */
export function sentence(
  phase: string,
  rows: WordRows | null,
  bound: WordBound | null,
  exact: WordBound | null,
): string {
  if (phase === 'starting') return 'Starting…';
  if (!rows?.quality) return 'Measuring how well the network says sentences…';
  const start = `${formatCounted(rows.quality.valid, rows.quality.counted)} are sentences`;
  if (!bound) return `${start} of the language.`;
  const truth = bound.entropy.toFixed(2);
  const wordByWord = exact?.bits.toFixed(2) ?? truth;
  const best = wordByWord === truth ? `exactly ${truth}` : `at best ${wordByWord}, truth ${truth}`;
  return `${start}; ${bound.bits.toFixed(2)} bits each, ${best}.`;
}
