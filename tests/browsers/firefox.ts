import puppeteer from 'puppeteer-core';
import { asExpression, type Browser } from './browser.ts';

/** Firefox over WebDriver BiDi. */
export async function openFirefox({ browser }: Readonly<Record<string, string>>): Promise<Browser> {
  const opened = await puppeteer.launch({
    browser: 'firefox',
    executablePath: browser!,
    defaultViewport: { width: 1440, height: 900 },
  });
  const page = await opened.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error instanceof Error ? error.message : String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return {
    goto: async (address) => void (await page.goto(address)),
    run: <A, R>(body: (argument: A) => R | Promise<R>, argument: A) =>
      page.evaluate(asExpression(body, argument)) as Promise<R>,
    errors: () => errors.splice(0),
    close: () => opened.close(),
  };
}
