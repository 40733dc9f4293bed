/** Up to this width the settings lie below stages and charts; layout.css says so too. */
const STACKED = '(max-width: 820px)';

/** The element that the settings are in. */
export const PANEL_ID = 'settings';

/** Whether the settings lie below all else, where a button that shows them must also lead there. */
export const panelIsBelow = (): boolean => matchMedia(STACKED).matches;

/** Brings the settings into sight where they lie below all else; elsewhere they are in sight already. */
export function revealPanel(): void {
  if (!panelIsBelow()) return;
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
  // In the next frame a panel that was hidden is there.
  requestAnimationFrame(() =>
    document.getElementById(PANEL_ID)?.scrollIntoView({ behavior, block: 'start' }),
  );
}

/** The element around the choice of what is computed on. */
export const BACKEND_SETTING = 'setting-backend';

/** Brings one setting of the panel into sight, with the focus on it. @param id of an element around it */
export function revealSetting(id: string): void {
  // In the next frame a tab that was hidden is there.
  requestAnimationFrame(() => {
    const setting = document.getElementById(id);
    setting?.scrollIntoView({ block: 'center' });
    setting?.querySelector<HTMLElement>('select, input, button')?.focus({ preventScroll: true });
  });
}
