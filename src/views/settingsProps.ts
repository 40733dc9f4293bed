/** What the controls of a stage's settings are given. */
export interface SettingsProps<S> {
  readonly stage: S;
  readonly change: (patch: Partial<S>) => void;
}
