/** Up to this width the settings are a sheet over the lower half of the window; layout.css says so too. */
const NARROW = '(max-width: 820px)';

/** The element that the settings are in. */
export const PANEL_ID = 'settings';

/** Whether the settings cover the lower half of the window. */
export const settingsAreSheet = (): boolean => matchMedia(NARROW).matches;

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
