import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS } from '../../scripts/lib/chromium.mjs';
import { asExpression, type Browser } from './browser.ts';

export async function openChromium({ browser }: Readonly<Record<string, string>>): Promise<Browser> {
  const opened = await chromium.launch({ executablePath: browser!, args: CHROMIUM_ARGS });
  const page = await opened.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return {
    goto: async (address) => void (await page.goto(address)),
    run: (body, argument) => page.evaluate(asExpression(body, argument)),
    errors: () => errors.splice(0),
    close: () => opened.close(),
  };
}
