/** What a key asks of the playback. */
export type PlaybackAction = 'toggle' | 'step-left' | 'step-right' | 'jump-to-start' | 'jump-to-end';

/** The part of a KeyboardEvent that decides. */
export interface KeyPress {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
  readonly defaultPrevented: boolean;
  readonly isComposing: boolean;
}

const roles = (names: string) => names.split(' ').map((role) => `[role="${role}"]`);

/** Elements that have their own use for Space, arrows, Home and End, and everything inside a modal. */
const OWN_KEYS = [
  'input',
  'select',
  'textarea',
  'video',
  'audio',
  'iframe',
  '[contenteditable]:not([contenteditable="false"])',
  ...roles('slider tab radio menuitem menuitemradio menuitemcheckbox option listbox combobox'),
  ...roles('textbox searchbox spinbutton application dialog alertdialog grid tree'),
].join(',');

/** Whether an element, or what it is in, has its own use for letters, digits and arrows. */
export const hasOwnKeys = (target: { closest(selectors: string): unknown }): boolean =>
  Boolean(target.closest(OWN_KEYS));

/** Elements that Space presses. A click leaves the focus on them, but it is not seen there: then Space is the playback's too. */
const PRESSED = ['button', 'summary', ...roles('button switch checkbox')].join(',');

/** The part of the element with the focus that decides. */
interface KeyTarget {
  closest(selectors: string): unknown;
  matches(selectors: string): boolean;
}

/** The answer for a key pressed with the focus on `target`; null leaves the key to the browser. */
export function playbackAction(press: KeyPress, target: KeyTarget | null): PlaybackAction | null {
  if (press.defaultPrevented || press.isComposing) return null;
  if (press.altKey || press.ctrlKey || press.metaKey || press.shiftKey) return null;
  if (target && hasOwnKeys(target)) return null;
  switch (press.key) {
    case ' ':
      return press.repeat || (target?.closest(PRESSED) && target.matches(':focus-visible')) ? null : 'toggle';
    case 'ArrowLeft':
      return 'step-left';
    case 'ArrowRight':
      return 'step-right';
    case 'Home':
      return 'jump-to-start';
    case 'End':
      return 'jump-to-end';
    default:
      return null;
  }
}
