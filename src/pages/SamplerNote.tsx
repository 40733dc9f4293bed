import type { ReactNode } from 'react';
import { followsSchedule } from '../experiment/scheduled.ts';
import type { Measured } from '../protocol/protocol.ts';
import { usePlayground, usePlaygroundActions } from '../store/react.ts';
import { exactRequest, samplerErrorKey, samplerErrs } from '../store/samplerErrors.ts';
import { mostSteps } from '../views/reverse/mostSteps.ts';
import { usesTimeGrid } from '../views/reverse/parameters.ts';
import type { ReverseStage } from '../views/reverse/stage.ts';
import './samplerNote.css';

/** What the stage's sampler does wrong by itself; null where it does not, or where that is not known. */
export function useSamplerError(stage: ReverseStage | null): Measured | null {
  const nChain = usePlayground(({ config }) => config.nChain);
  const errors = usePlayground(({ samplerErrors }) => samplerErrors);
  const request = stage && exactRequest(stage, nChain);
  const strays = request ? (errors[samplerErrorKey(request)] ?? null) : null;
  return strays && samplerErrs(strays) ? strays : null;
}

interface SamplerNoteProps {
  readonly stage: ReverseStage;
  readonly index: number;
  readonly strays: Measured;
  /** What stands at the end of the line. */
  readonly children: ReactNode;
}

/** That the sampler, not the network, errs, and the cure in one press where its own settings hold one. */
export function SamplerNote({ stage, index, strays, children }: SamplerNoteProps) {
  const nChain = usePlayground(({ config }) => config.nChain);
  const scheduled = usePlayground(({ config }) => followsSchedule(config.process));
  const { changeStage } = usePlaygroundActions();
  const percent = `${(100 * strays.value).toFixed(0)} %`;
  const more = Math.min(mostSteps(stage.sampler, nChain), 2 * stage.nSteps);
  // Where a single step is taken there are no times to choose.
  const quadratic =
    scheduled && stage.nSteps > 1 && usesTimeGrid(stage.sampler) && stage.timeGrid === 'linear';
  const [label, cure] = quadratic
    ? (['Quadratic times', { timeGrid: 'quadratic' }] as const)
    : ([`${more} steps`, { nSteps: more }] as const);
  const meaning = `${percent} of the samples lie where the data are not, even with the exact answer in place of the network: the steps are too coarse.`;
  return (
    <footer className="stage-footer is-warning">
      <span className="when-wide" title={meaning}>{`Sampler alone: ${percent} astray`}</span>
      <span className="when-narrow" title={meaning}>{`Sampler: ${percent} astray`}</span>
      {(quadratic || more > stage.nSteps) && (
        <button type="button" className="stage-cure" onClick={() => changeStage(index, cure)}>
          {label}
        </button>
      )}
      {children}
    </footer>
  );
}
