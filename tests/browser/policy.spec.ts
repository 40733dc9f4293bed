import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { policyText } from '../../scripts/lib/securityPolicy.ts';
import { clickThrough } from './clickThrough.ts';
import { collectErrors, link, open, QUIET, TINY } from './support.ts';

const dist = process.env.DIST ?? 'dist';
const built = readdirSync(join(dist, 'assets'));

declare global {
  interface Window {
    violations: string[];
  }
}

test('the page keeps its security policy while everything in it is used', async ({ page }) => {
  test.setTimeout(300_000);
  const errors = collectErrors(page);
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
      window.violations.push(`${violatedDirective} ${blockedURI} ${sample}`),
    );
  });
  await open(page, link({ ...TINY, panel: 'data', level: 'all', budgetSteps: 20, time: 0.5 }));
  const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
  await expect(policy).toHaveAttribute('content', policyText());
  await expect(page.locator('.chart .main-svg').first()).toBeAttached();
  expect(await clickThrough(page)).toBeGreaterThan(100);
  await expect(page.locator('.stage').first()).toBeVisible();
  expect(await page.evaluate(() => window.violations)).toEqual([]);
  expect(errors).toEqual([]);
});

test('what the policy forbids does not run', async ({ page }) => {
  await open(page, link(QUIET));
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.head.append(script);
    const fetched = await fetch('https://example.org/').then(
      () => 'fetched',
      () => 'refused',
    );
    return { injected: 'injected' in window, fetched };
  });
  expect(ran).toEqual({ injected: false, fetched: 'refused' });
});

test('the licences of what is shipped are one file, which the help names', async ({ page }) => {
  await open(page, link(QUIET));
  await page.getByRole('button', { name: 'What is this?' }).click();
  const href = await page.getByRole('link', { name: /licences/i }).getAttribute('href');
  const response = await page.request.get(href!);
  expect(response.ok()).toBe(true);
  const text = await response.text();
  for (const name of ['react-dom', 'plotly.js', 'katex', '@radix-ui/react-dialog', '@tensorflow/tfjs-core']) {
    expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
  }
});

test('no chunk carries licence comments, and the fonts are woff2', () => {
  expect(built.filter((file) => /\.(ttf|woff)$/.test(file))).toEqual([]);
  const talkative = built
    .filter((file) => file.endsWith('.js'))
    .filter((file) => /@license|@preserve|\/\*!/.test(readFileSync(join(dist, 'assets', file), 'utf8')));
  expect(talkative).toEqual([]);
});
