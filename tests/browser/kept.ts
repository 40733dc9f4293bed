import type { Page } from '@playwright/test';
import { open } from './support.ts';
import { pageWithoutStorage, test as warm } from './warm.ts';

/** The page that is open, and the file of tests that it is of. */
interface Kept {
  page: Page | null;
  file: string;
}

/**
 * The tests of a file share one page, which stays open: opening it takes as long as most tests, and what is at rest is not
 * measured again. Each test finds the window as large as ever, goes to a link of its own by `visit`, and leaves what it
 * likes. After one that fails, Playwright's next worker opens another page.
 */
export const test = warm.extend<object, { kept: Kept }>({
  kept: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture takes.
    async ({}, use) => {
      const kept: Kept = { page: null, file: '' };
      await use(kept);
      await kept.page?.close();
    },
    { scope: 'worker' },
  ],
  page: async ({ kept, warmContext, baseURL, viewport }, use, { file }) => {
    if (kept.file !== file) await kept.page?.close();
    if (kept.file !== file || kept.page?.isClosed()) kept.page = null;
    kept.page ??= await pageWithoutStorage(warmContext, baseURL!);
    kept.file = file;
    if (viewport) await kept.page.setViewportSize(viewport);
    await kept.page.emulateMedia({ reducedMotion: null, colorScheme: null });
    await use(kept.page);
  },
});

/**
 * Goes to a link. In a page that is open this is what Back and Forward do: the page reads the link, and its engine takes the
 * changes in. Dialogs, menus and messages that an earlier test has left are closed before.
 */
export async function visit(page: Page, address: string): Promise<void> {
  // An embed stays one, whatever the link.
  const isOpen = await page.evaluate(
    () => 'diffusionPlayground' in window && !new URLSearchParams(location.search).has('embed'),
  );
  if (!isOpen) {
    await open(page, address);
    return;
  }
  await page.evaluate(async (to) => {
    const rest = () => new Promise((resolve) => setTimeout(resolve));
    const over = () => document.querySelector('[role=dialog], [role=menu]');
    for (let i = 0; i < 3 && over(); i++) {
      over()!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      await rest();
    }
    if (over()) throw new Error('What an earlier test has opened cannot be closed.');
    for (const button of document.querySelectorAll<HTMLElement>('[aria-label=Dismiss]')) button.click();
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
    await window.diffusionPlayground.configure({});
  }, address);
}
