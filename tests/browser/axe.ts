import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * What axe finds at fault, each with the elements it is about.
 *
 * @param within selectors of what is looked at; the whole page without any
 */
export const violations = (page: Page, ...within: readonly string[]): Promise<readonly string[]> =>
  found(page, within, {});

/** The same of contrast alone: all that another theme of a page that was looked at can do wrong. */
export const contrastViolations = (page: Page, ...within: readonly string[]): Promise<readonly string[]> =>
  found(page, within, { runOnly: ['color-contrast'] });

async function found(page: Page, within: readonly string[], rules: object): Promise<readonly string[]> {
  // A colour on its way from one theme to another is of neither.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation instanceof CSSTransition)
        .map(({ finished }) => finished),
    ),
  );
  // The elements of what is not at fault are not described, and no second page is opened: that takes most of the time.
  const builder = new AxeBuilder({ page }).options({ ...rules, resultTypes: ['violations'] });
  builder.setLegacyMode(true);
  for (const selector of within) builder.include(selector);
  const { violations: all } = await builder.analyze();
  return all.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
