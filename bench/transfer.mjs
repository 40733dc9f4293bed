import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ready, withPage } from './lib/page.mjs';

export const title = 'What the first load transfers, kB gzip';

const LINKED = /<(?:script|link)\b[^>]*\b(?:src|href)="(?<path>[^"]+\.(?:m?js|css))"/g;
const kilobytes = (bytes) => Number((bytes / 1000).toFixed(1));
const gzipped = (data) => gzipSync(data).length;

/** index.html with the scripts, preloads and styles it names: what must arrive before anything can be used. */
function firstLoad(dist) {
  const html = readFileSync(join(dist, 'index.html'));
  const files = [...html.toString().matchAll(LINKED)].map(({ groups }) =>
    readFileSync(join(dist, groups.path)),
  );
  return [html, ...files].map(gzipped).reduce((sum, size) => sum + size, 0);
}

/** Everything the default page asks for in its first seconds, the lazy chunks included, by kind. */
async function everything(lab) {
  const context = await lab.browser.newContext();
  const responses = [];
  context.on('response', (response) => responses.push(response));
  try {
    await withPage({ ...lab, browser: { newContext: async () => context } }, {}, async (page) => {
      await ready(page);
      await page.waitForTimeout(5000);
      for (const response of responses) {
        const body = await response.body().catch(() => Buffer.alloc(0));
        responses[responses.indexOf(response)] = { url: response.url(), size: gzipped(body) };
      }
    });
  } finally {
    await context.close();
  }
  return responses;
}

export async function measure(lab) {
  const all = await everything(lab);
  const largest = all.sort((a, b) => b.size - a.size).slice(0, 8);
  return [
    { what: 'first load: index.html and what it names', kB: kilobytes(firstLoad(lab.dist)), goal: '< 350' },
    {
      what: `all of the first 5 s (${all.length} files)`,
      kB: kilobytes(all.reduce((sum, { size }) => sum + size, 0)),
      goal: '',
    },
    ...largest.map(({ url, size }) => ({ what: `  ${url.split('/').pop()}`, kB: kilobytes(size), goal: '' })),
  ];
}
