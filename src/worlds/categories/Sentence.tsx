import { useWorldRecording, useWorldState } from '../../store/worlds/react.ts';
import type { ExactTable, TableGap } from './recordings.ts';
import type { CategoriesSettings } from './world.ts';

/** How far the network’s bound is from the best of its kind. */
export function CategoriesSentence() {
  const phase = useWorldState((state) => state.phase);
  const isJoint = useWorldState(({ settings }) => (settings as CategoriesSettings).variables === 'one');
  const exact = useWorldRecording<ExactTable>('exactBound')?.data ?? null;
  const gap = useWorldRecording<TableGap>('learnedGap')?.data ?? null;
  return <p className="training-sentence">{sentence(phase, isJoint, exact, gap)}</p>;
}

/** At most as long as three lines of a phone's header. */
export function sentence(
  phase: string,
  isJoint: boolean,
  exact: ExactTable | null,
  gap: TableGap | null,
): string {
  if (phase === 'starting') return 'Starting…';
  if (exact === null || gap === null) return 'Measuring how well the network finds its way back…';
  const best = isJoint ? exact.joint : exact.factorised;
  const kind = isJoint ? 'the best there is' : 'two independent answers at best';
  return `Bound: ${(best + gap.sum).toFixed(2)} ± ${gap.error.toFixed(2)} bits; ${kind} ${best.toFixed(2)}.`;
}
