import { lazy, Suspense, useState } from 'react';
import type { SettingsProps } from '../../settingsProps.ts';
import type { ReverseStage } from '../stage.ts';
import { conditionPhrase } from './words.ts';
import './condition.css';

const ConditionFields = lazy(() => import('./ConditionFields.tsx'));

/** What the samples are to fulfil: one collapsed group, whose controls are loaded when it is opened. */
export function ConditionGroup(props: SettingsProps<ReverseStage>) {
  const { condition } = props.stage;
  const [open, setOpen] = useState(condition !== null);
  return (
    <details className="condition" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>Condition</span>
        <span className="condition-phrase">{condition === null ? 'none' : conditionPhrase(condition)}</span>
      </summary>
      {open && (
        <Suspense fallback={null}>
          <ConditionFields {...props} />
        </Suspense>
      )}
    </details>
  );
}
