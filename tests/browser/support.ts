import type { Page } from '@playwright/test';
import { defaultConfig } from '../../src/experiment/fields.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { encodeConfig } from '../../src/experiment/url.ts';
import type { DiffusionPlaygroundApi } from '../../src/store/pageApi.ts';

type EngineSummary = Awaited<DiffusionPlaygroundApi['ready']>;

/** A network so small that any backend, the software adapter included, takes many steps a second; nobody follows them. */
export const TINY: Partial<ExperimentConfig> = {
  width: 16,
  depth: 1,
  batchSize: 64,
  nParticles: 50,
  nChain: 20,
  pace: 'full',
  panel: 'data',
  level: 'all',
};

/** The same on the fastest engine and with the animation at rest, so that the machine is left to what is tested. */
export const QUIET: Partial<ExperimentConfig> = {
  ...TINY,
  backend: 'simd',
  loop: false,
  time: 0.5,
};

/** The page's address for a change of the default experiment; `reserved` are keys that are not settings, like `embed`. */
export function link(patch: Partial<ExperimentConfig> = {}, reserved = ''): string {
  const query = [encodeConfig({ ...defaultConfig, ...patch }), reserved].filter(Boolean).join('&');
  return query === '' ? '/' : `/?${query}`;
}

/** Opens the page and waits for its engine. */
export async function open(page: Page, address: string): Promise<EngineSummary> {
  await page.goto(address);
  await page.waitForFunction(() => 'diffusionPlayground' in window);
  return page.evaluate(() => window.diffusionPlayground.ready);
}

/** Collects from now on everything that went wrong in the page: exceptions, console errors, failed requests. */
export function collectErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) errors.push(`${response.status()}: ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    // The browser asks for the page's icon by itself, and gives that up when it leaves the page.
    const isLeft = request.failure()?.errorText === 'net::ERR_ABORTED' && /favicon\.svg$/.test(request.url());
    if (!isLeft) errors.push(`failed: ${request.url()}`);
  });
  return errors;
}

export interface Quality {
  readonly step: number;
  readonly source: string;
  readonly slicedW2: { readonly value: number; readonly perfect: number };
}

/** Resolves with the first quality of the person's own model whose distance is under `times` perfect. */
export function untilGood(page: Page, times: number): Promise<Quality> {
  return page.evaluate(
    (limit) =>
      new Promise<Quality>((resolve) => {
        const stop = window.diffusionPlayground.on('quality', ({ step, source, slicedW2 }) => {
          if (source !== 'own' || slicedW2.value >= limit * slicedW2.perfect) return;
          stop();
          resolve({ step, source, slicedW2 });
        });
      }),
    times,
  );
}
