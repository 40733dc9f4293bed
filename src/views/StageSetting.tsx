import type { ReactNode } from 'react';
import { useField } from '../store/react.ts';
import { Changed } from '../ui/Changed.tsx';
import { partOf, type StageConfig } from './index.ts';
import type { SettingsProps } from './settingsProps.ts';

interface StageSettingProps<S> extends SettingsProps<S> {
  readonly of: keyof S & string;
  /** Whether a newcomer needs it; others are left out while only basic settings are shown, unless they differ. */
  readonly basic?: boolean;
  readonly children: ReactNode;
}

/** The control of a stage's setting, marked where it differs from that of a new stage. */
export function StageSetting<S extends StageConfig>(props: StageSettingProps<S>) {
  const { stage, change, of: name, basic = false, children } = props;
  const level = useField('level');
  const { fallback, name: what } = partOf(stage, name);
  const changed = JSON.stringify(stage[name]) !== JSON.stringify(fallback);
  if (level === 'basic' && !basic && !changed) return null;
  return (
    <Changed what={what} changed={changed} onReset={() => change({ [name]: fallback } as Partial<S>)}>
      {children}
    </Changed>
  );
}
