import { expect, type Page } from '@playwright/test';
import { clickThrough } from './clickThrough.ts';
import { collectErrors, link, open, TINY } from './support.ts';
import { test } from './warm.ts';

/** Does what a browser's translator does: takes every text out of the page, puts another in a font, and goes on doing so. */
function translate(page: Page) {
  return page.evaluate(() => {
    const SKIPPED = 'script, style, svg, math, .katex, font, textarea';
    const replace = (text: Text) => {
      if (!text.data.trim() || text.parentElement?.closest(SKIPPED)) return;
      const outer = document.createElement('font');
      const inner = document.createElement('font');
      inner.textContent = text.data.toUpperCase();
      outer.append(inner);
      text.replaceWith(outer);
    };
    const all = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      texts.forEach(replace);
    };
    all(document.body);
    new MutationObserver((changes) => {
      for (const { addedNodes, target } of changes) {
        if (target instanceof Text) replace(target);
        for (const node of addedNodes) {
          if (node instanceof Text) replace(node);
          else all(node);
        }
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
    return document.querySelectorAll('font').length;
  });
}

test('a page that the browser translates can be used whole, and keeps up', async ({ page }) => {
  test.setTimeout(300_000);
  await open(page, link({ ...TINY, panel: 'data', level: 'all', budgetSteps: 20, time: 0.5 }));
  const errors = collectErrors(page);
  expect(await translate(page)).toBeGreaterThan(50);
  const used = await clickThrough(page);
  expect(errors).toEqual([]);
  expect(await page.locator('.failed-room').allTextContents()).toEqual([]);
  await expect(page.locator('.stage').first()).toBeVisible();
  expect(used).toBeGreaterThan(100);
  // What the page says is still what it means.
  await page.evaluate(async () => {
    await window.diffusionPlayground.configure({ speed: 0.5, budgetSteps: 40 });
    await window.diffusionPlayground.train({ steps: 7 });
  });
  await expect(page.locator('.speed-button')).toHaveText('0.5×');
  await expect(page.locator('.status-budget')).toContainText('40');
});

test('a stage that throws is one card that says so; the rest goes on, and it can be tried again', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const own = HTMLCanvasElement.prototype.getContext;
    let count = 0;
    Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', {
      value(this: HTMLCanvasElement, ...args: Parameters<typeof own>) {
        if (this.getAttribute('role') === 'img' && this.closest('.stage') && !window.mended) {
          count += 1;
          if (count === 1) throw new Error('out of canvases');
        }
        return own.apply(this, args);
      },
    });
  });
  await open(page, link({ ...TINY, time: 0.5 }));
  const card = page.locator('.failed-room');
  await expect(card).toHaveCount(1);
  await expect(card).toContainText(/could not be shown.*out of canvases.*kept in the address/s);
  await expect(page.locator('.stage canvas')).toHaveCount(2);
  await page.evaluate(() => {
    window.mended = true;
  });
  await card.getByRole('button', { name: 'Try again' }).click();
  await expect(card).toHaveCount(0);
  await expect(page.locator('.stage canvas')).toHaveCount(3);
});

declare global {
  interface Window {
    mended?: boolean;
  }
}
