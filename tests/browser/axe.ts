import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * What axe finds at fault, each with the elements it is about.
 *
 * @param within selectors of what is looked at; the whole page without any
 */
export async function violations(page: Page, ...within: readonly string[]): Promise<readonly string[]> {
  // The elements of what is not at fault are not described: that takes most of the time.
  const builder = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  for (const selector of within) builder.include(selector);
  const found = await builder.analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
