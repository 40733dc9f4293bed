import type { ComponentType } from 'react';
import { DensitySettings } from './density/Settings.tsx';
import { ForwardSettings } from './forward/Settings.tsx';
import type { StageConfig, StageKind } from './index.ts';
import { OneStepSettings } from './onestep/Settings.tsx';
import { ReverseSettings } from './reverse/Settings.tsx';
import { ScoreSettings } from './score/Settings.tsx';
import type { SettingsProps } from './settingsProps.ts';

type SettingsOf<S> = ComponentType<SettingsProps<S>>;

/** How each kind of stage is set: one line each. */
const settings: { readonly [K in StageKind]: SettingsOf<Extract<StageConfig, { kind: K }>> } = {
  forward: ForwardSettings,
  reverse: ReverseSettings,
  score: ScoreSettings,
  density: DensitySettings,
  'one-step': OneStepSettings,
};

/** The settings of a stage, to be shown for stages of that kind alone. */
export const settingsFor = ({ kind }: StageConfig) => settings[kind] as SettingsOf<StageConfig>;
