import type { Page } from '@playwright/test';

/**
 * Uses everything in the page by its structure and not by its words, which a translator may have changed: tabs, lists,
 * switches, explanations, data sets, processes, stages, playback, dialogs. It runs within the page, so that a thousand
 * clicks take seconds.
 * @returns how many things were clicked or chosen
 */
export async function clickThrough(page: Page): Promise<number> {
  // The engine may be ready before the panel has been loaded.
  await page.getByRole('tab').first().waitFor();
  return page.evaluate(async () => {
    let used = 0;
    const rest = () => new Promise((resolve) => setTimeout(resolve));
    const all = <T extends HTMLElement>(selector: string) => [...document.querySelectorAll<T>(selector)];
    const usable = (element: HTMLElement) =>
      element.isConnected && element.checkVisibility() && !element.matches(':disabled');

    async function press(element: HTMLElement | null | undefined): Promise<void> {
      if (!element || !usable(element)) return;
      used += 1;
      const options = { bubbles: true, cancelable: true, button: 0, pointerType: 'mouse', isPrimary: true };
      // Only menus open by it; to others it would have to be the pointer that the browser knows.
      if (element.hasAttribute('aria-haspopup')) {
        element.dispatchEvent(new PointerEvent('pointerdown', options));
      }
      element.dispatchEvent(new MouseEvent('mousedown', options));
      element.dispatchEvent(new MouseEvent('mouseup', options));
      element.click();
      await rest();
    }
    async function choose(list: HTMLSelectElement, value: string): Promise<void> {
      if (!list.isConnected) return;
      used += 1;
      Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')!.set!.call(list, value);
      list.dispatchEvent(new Event('change', { bubbles: true }));
      await rest();
    }
    async function chooseAll(selector: string): Promise<void> {
      for (const list of all<HTMLSelectElement>(selector)) {
        // Each engine takes seconds to start; other tests go through them.
        if (!usable(list) || list.querySelector('option[value=wgsl]')) continue;
        const first = list.value;
        const values = [...list.options].filter((option) => !option.disabled).map(({ value }) => value);
        for (const value of [...values, first]) await choose(list, value);
      }
    }
    async function pressAll(selector: string): Promise<void> {
      for (const element of all(selector)) await press(element);
    }
    async function closeOpen(): Promise<void> {
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      await rest();
    }

    for (const tab of all('[role=tab]')) {
      await press(tab);
      await pressAll('[role=tabpanel] [role=switch]');
      await pressAll('[role=tabpanel] [role=switch]');
      await pressAll('[role=tabpanel] .c-segment');
      for (const hint of all('[role=tabpanel] .c-hint')) {
        await press(hint);
        await closeOpen();
      }
      await chooseAll('[role=tabpanel] select');
    }
    for (let stage = 0; stage < all('.stage').length; stage += 1) {
      await press(all('.stage button.stage-title')[stage]);
      await press(all('.stage-drop')[stage]);
    }
    await pressAll('.stage-clear');
    for (const item of [1, 3, 4, 5]) {
      await press(all('.stage-header [aria-haspopup=menu]')[1]);
      await press(all('[role=menuitem]')[item]);
    }
    await pressAll('.transport button');
    await pressAll('.chart-card .c-segment');
    await chooseAll('.playground-header select');
    for (const button of all('.playground-header button')) {
      await press(button);
      if (document.querySelector('[role=dialog]')) await closeOpen();
    }
    return used;
  });
}
