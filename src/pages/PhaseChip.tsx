import { usePlayground } from '../store/react.ts';
import { type LeftToGain, leftToGain } from '../store/trained.ts';
import { PHASE_NAMES } from './phaseNames.ts';
import { timesText } from './qualityText.ts';
import { useVerdict } from './useVerdict.ts';
import './phaseChip.css';

const TITLE = 'The budget is spent, and the samples are not yet as good as true draws: train on.';

/** What a spent budget left undone, in as little room as the ✓ takes; the title says it whole. */
function leftText({ what, measured }: LeftToGain): string {
  const percent = `${(100 * measured.value).toFixed(measured.value < 0.095 ? 1 : 0)} %`;
  switch (what) {
    case 'strays':
      return `${percent} off`;
    case 'missed':
      return `${percent} missed`;
    case 'slicedW2':
      return `${timesText(measured)} off`;
  }
}

type Outcome = 'trained' | 'unfinished' | 'failed';

/** How training stands: ✓ only where the samples are as good as true draws; else what is left, or that it did not work. */
export function PhaseChip() {
  const phase = usePlayground((state) => state.phase);
  const step = usePlayground((state) => state.step);
  const latest = usePlayground((state) => state.ownQuality.at(-1) ?? null);
  const failed = useVerdict()?.tone === 'error';
  const [outcome, text] = ((): [Outcome | undefined, string] => {
    if (failed) return ['failed', 'Did not work'];
    if (phase === 'diverged') return ['failed', PHASE_NAMES.diverged];
    if (phase !== 'converged') return [undefined, PHASE_NAMES[phase]];
    if (latest === null || latest.step < step) return [undefined, 'Measuring…'];
    const left = leftToGain(latest);
    return left ? ['unfinished', leftText(left)] : ['trained', `✓ ${PHASE_NAMES.converged}`];
  })();
  return (
    <span
      className="phase-chip"
      data-phase={phase}
      data-outcome={outcome}
      role="status"
      title={outcome === 'unfinished' ? TITLE : undefined}
    >
      {text}
    </span>
  );
}
