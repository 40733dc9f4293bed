import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BrowserName, partsOf } from '../../scripts/lib/browsers.mjs';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { encodeConfig } from '../../src/experiment/url.ts';
import type { Browser } from './browser.ts';
import { forgetful, type Site, serve } from './site.ts';
import * as steps from './steps.ts';

/** Few steps of the default network. */
const BUDGET = 150;
const QUICK = { budgetSteps: BUDGET, nParticles: 100 };

const link = (patch: object, reserved = '') =>
  `?${[encodeConfig({ ...defaultConfig, ...QUICK, ...patch }), reserved].filter(Boolean).join('&')}`;

/** What a person does first, in one browser, by what drives it; left out where that is not there. */
export function smokeTest(
  name: BrowserName,
  open: (parts: Readonly<Record<string, string>>) => Promise<Browser>,
): void {
  describe.skipIf(partsOf(name) === null)(name, () => {
    let site: Site;
    let forgetfulSite: Site;
    let browser: Browser;
    let begun = 0;

    beforeAll(async () => {
      begun = performance.now();
      site = await serve();
      forgetfulSite = await serve(forgetful);
      browser = await open(partsOf(name)!);
    });
    afterAll(async () => {
      await browser?.close();
      await site?.close();
      await forgetfulSite?.close();
      console.log(`${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    });

    /** Opens the page there and sees it train to its budget, without a word of error. */
    async function trains(address: string): Promise<void> {
      await browser.goto(address);
      const { phase, step, notices, ...seen } = await browser.run(steps.train, BUDGET);
      expect({ phase, step, notices }).toEqual({ phase: 'converged', step: BUDGET, notices: '' });
      console.log(`${name}: ${JSON.stringify(seen)}`);
      await browser.run(steps.whole, null);
      expect(await errors()).toEqual([]);
    }
    const errors = async () => [...browser.errors(), ...(await browser.run(steps.recordedErrors, null))];

    test('opens and trains to the budget', () => trains(site.address + link({})));

    test('samples near the data', async () => {
      const { finite, spread, spreadOfData } = await browser.run(steps.sample, 1000);
      expect(finite).toBe(true);
      expect(spread / spreadOfData).toBeGreaterThan(0.7);
      expect(spread / spreadOfData).toBeLessThan(1.4);
      expect(await errors()).toEqual([]);
    });

    test('draws on every stage', async () => {
      const colours = await browser.run(steps.colours, 30);
      expect(colours).toHaveLength(defaultConfig.stages.length);
      for (const count of colours) expect(count).toBeGreaterThan(30);
      expect(await errors()).toEqual([]);
    });

    test('takes a file of points, and has it again after a reload', async () => {
      await browser.goto(site.address + link({ panel: 'data', pace: 'full' }));
      const address = await browser.run(
        steps.upload,
        Array.from({ length: 60 }, (_, i) => `${Math.cos(i / 10)},${Math.sin(i / 7)}`).join('\n'),
      );
      expect(await errors()).toEqual([]);
      await trains(address);
      expect(await browser.run(steps.customPoints, null)).toBe(60);
    });

    test('works on a second visit', async () => {
      await browser.goto('about:blank');
      await trains(site.address + link({ process: 'edm', panel: 'noise', pace: 'full' }));
    });

    test('works embedded', async () => {
      await browser.goto(site.address + link({}, 'embed'));
      for (const count of await browser.run(steps.colours, 30)) expect(count).toBeGreaterThan(30);
      expect(await errors()).toEqual([]);
    });

    test('works again on a host whose "304 Not Modified" is not isolated, or says what to do', async () => {
      const address = forgetfulSite.address + link({ pace: 'full' });
      await trains(address);
      if (name !== 'webkit') return trains(address);
      await browser.goto(address);
      const { phase, notices } = await browser.run(steps.train, BUDGET);
      console.log(`${name}: ${phase} ${notices}`);
      if (notices === '') expect(phase).toBe('converged');
      else if (/No worker could be started, so training shares the thread/.test(notices)) {
        expect(await browser.run(steps.trainOn, 5)).toBeGreaterThanOrEqual(5);
      } else
        expect(notices).toMatch(/worker could not be loaded.*Reload the page without the browser's cache/);
    });
  });
}
