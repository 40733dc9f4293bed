/** What could be used now: in sight, not disabled, and not a way out of the page. */
const USABLE =
  'button, select, [role=tab], [role=switch], [role=radio], [role=menuitem], [role=slider], input:not([type=file])';

export function usableElements(): readonly HTMLElement[] {
  const open = document.querySelector<HTMLElement>('[role=dialog], [role=menu]') ?? document.body;
  return [...open.querySelectorAll<HTMLElement>(USABLE)].filter(
    (element) =>
      element.checkVisibility() &&
      !element.matches(':disabled, [data-disabled]') &&
      element.closest('.fuzz-monitor') === null,
  );
}

/** Uses an element as a mouse would. */
export function press(element: HTMLElement): void {
  const options = { bubbles: true, cancelable: true, button: 0, pointerType: 'mouse', isPrimary: true };
  // Only menus open by it; to others it would have to be the pointer that the browser knows.
  if (element.hasAttribute('aria-haspopup')) {
    element.dispatchEvent(new PointerEvent('pointerdown', options));
  }
  element.dispatchEvent(new MouseEvent('mousedown', options));
  element.dispatchEvent(new MouseEvent('mouseup', options));
  element.click();
}

/** Types or chooses a value in a way that React hears. */
export function enter(element: HTMLInputElement | HTMLSelectElement, value: string): void {
  const prototype = element instanceof HTMLSelectElement ? HTMLSelectElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(prototype.prototype, 'value')?.set?.call(element, value);
  element.dispatchEvent(new Event('input', { bubbles: true }));
  element.dispatchEvent(new Event('change', { bubbles: true }));
}

export function key(name: string): void {
  const target = document.activeElement ?? document.body;
  target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
}
