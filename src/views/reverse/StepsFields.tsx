import { useId, useState } from 'react';
import { samplers } from '../../core/samplers/index.ts';
import { timeGrids } from '../../core/timeGrids/index.ts';
import { quadratic } from '../../core/timeGrids/quadratic.ts';
import { useField } from '../../store/react.ts';
import { Hint } from '../../ui/Hint.tsx';
import { Select } from '../../ui/Select.tsx';
import { Slider } from '../../ui/Slider.tsx';
import type { SettingsProps } from '../settingsProps.ts';
import { mostSteps } from './mostSteps.ts';
import { parametersOfStage, stepRule, stepsOf, usesTimeGrid } from './parameters.ts';
import { StageNumbers } from './StageNumbers.tsx';
import type { ReverseStage } from './stage.ts';
import { readSteps } from './tauCodec.ts';
import './stepsFields.css';

/** A list to begin with is short enough to be typed over. */
const FIRST_LIST = 6;

/** How many steps a sampler takes, and where they end; nothing for one that has no choice. */
export function StepsFields({ stage, change }: SettingsProps<ReverseStage>) {
  const nChain = useField('nChain');
  const rule = stepRule(stage);
  const chooseGrid = (timeGrid: string) => {
    const first = quadratic.indices(Math.min(FIRST_LIST, nChain), nChain).slice(1, -1);
    change(timeGrid === 'list' && stage.tau.length === 0 ? { timeGrid, tau: first } : { timeGrid });
  };
  return (
    <>
      {rule === 'chosen' && (
        <Slider
          label="Steps S"
          value={stepsOf(stage, nChain)}
          min={1}
          max={mostSteps(stage.sampler, nChain)}
          scale="log-integers"
          onChange={(nSteps) => change({ nSteps })}
          hint={stepsHint(stage, nChain)}
        />
      )}
      {usesTimeGrid(stage.sampler) && (
        <Select
          label="Time grid τ (where steps end)"
          value={stage.timeGrid}
          options={timeGrids.entries.map(({ id, label, summary }) => ({ value: id, label, summary }))}
          onChange={chooseGrid}
        />
      )}
      {rule === 'list' && <ListField stage={stage} change={change} />}
      <StageNumbers stage={stage} change={change} parameters={parametersOfStage(stage).timeGrid} />
    </>
  );
}

function stepsHint({ sampler }: ReverseStage, nChain: number): string {
  const { nfePerStep = 1, fixedTime, wholeChain } = samplers.get(sampler);
  if (fixedTime !== undefined) return 'Langevin steps, all at one noise level; the time axis counts them.';
  const cost = nfePerStep === 1 ? 'one network evaluation each' : 'several network evaluations each';
  const most = wholeChain ? 'up to all T' : `beyond T = ${nChain}, between those of the chain too`;
  return `Steps from noise to data: ${cost}; ${most}.`;
}

/** Steps of the chain, typed; taken with Enter or on leaving the field, if they are a list. */
function ListField({ stage, change }: SettingsProps<ReverseStage>) {
  const nChain = useField('nChain');
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? stage.tau.join(', ');
  const reading = readSteps(text, nChain);
  const problem = 'problem' in reading ? reading.problem : null;
  const enter = () => {
    if (draft === null || 'problem' in reading) return;
    change({ tau: reading.steps });
    setDraft(null);
  };
  return (
    <div className="c-field">
      <div className="c-field-head">
        <label className="c-label" htmlFor={id}>
          Listed steps
        </label>
        <Hint
          id={`${id}-hint`}
          subject="Listed steps"
          text={`Where the sampler stops on its way, as steps of the chain from 1 to ${nChain}, increasing. It begins at ${nChain} and ends at 0 whether they are listed or not.`}
        />
      </div>
      <input
        id={id}
        className="c-text-input step-list"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        value={text}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-problem ${id}-hint`}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={enter}
        onKeyDown={(event) => {
          if (event.key === 'Enter') enter();
          else if (event.key === 'Escape') setDraft(null);
        }}
      />
      <p id={`${id}-problem`} className="step-list-problem" role="status">
        {problem}
      </p>
    </div>
  );
}
