import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export const title = 'What the first load transfers, kB gzip';

const SECONDS = 5;
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

/** Everything the default page and its worker ask for in the first seconds, the lazy chunks included. */
async function everything({ browser, address }) {
  const context = await browser.newContext();
  try {
    const responses = [];
    context.on('response', (response) => responses.push(response));
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForTimeout(SECONDS * 1000);
    return await Promise.all(
      responses.map(async (response) => ({ url: response.url(), size: gzipped(await response.body()) })),
    );
  } finally {
    await context.close();
  }
}

export async function measure(lab) {
  const all = await everything(lab);
  const largest = all.sort((a, b) => b.size - a.size).slice(0, 8);
  return [
    { what: 'first load: index.html and what it names', kB: kilobytes(firstLoad(lab.dist)), goal: '< 350' },
    {
      what: `all of the first ${SECONDS} s (${all.length} files)`,
      kB: kilobytes(all.reduce((sum, { size }) => sum + size, 0)),
      goal: '',
    },
    ...largest.map(({ url, size }) => ({ what: `  ${url.split('/').pop()}`, kB: kilobytes(size), goal: '' })),
  ];
}
