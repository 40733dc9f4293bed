/** Up to this width the settings are a sheet over the lower half of the window; layout.css says so too. */
const NARROW = '(max-width: 820px)';

/** The element that the settings are in. */
export const PANEL_ID = 'settings';

/** Whether the settings cover the lower half of the window. */
export const settingsAreSheet = (): boolean => matchMedia(NARROW).matches;
