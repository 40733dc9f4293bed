import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { createServer, preview } from 'vite';
import { CHROMIUM_ARGS, findChromium } from './lib/chromium.mjs';

/**
 * Makes public/experiments/<id>.webp, a small picture of every experiment as the built page shows it: its first three
 * stages side by side. Run it after a build (node scripts/experimentPictures.mjs [dist] [id …]).
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const FOLDER = join(root, 'public/experiments');
const [dist = 'dist', ...wanted] = process.argv.slice(2);
const SIDE = 96;
const MOST_BYTES = 6 * 1024;
/** Steps of training where the picture is about what is learned. */
const STEPS = 3000;

/** The experiments, read by the bundler that the page is built with. */
async function readExperiments() {
  const server = await createServer({ root, logLevel: 'error', server: { middlewareMode: true } });
  try {
    const { experiments } = await server.ssrLoadModule('/src/lessons/experiments/index.ts');
    return experiments.entries.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  } finally {
    await server.close();
  }
}

const isLearned = ({ settings }) =>
  settings.stages.some(
    ({ kind, denoiser, source }) =>
      (kind === 'reverse' && denoiser === 'learned') || (kind === 'score' && source !== 'exact'),
  );

/** Runs in the page: its stages in a row, as a data URL no larger than `most` bytes. */
async function drawPicture({ side, most }) {
  const canvases = [...document.querySelectorAll('article canvas')].slice(0, 3);
  const picture = document.createElement('canvas');
  picture.width = 3 * side;
  picture.height = side;
  const context = picture.getContext('2d');
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--stage-bg');
  context.fillRect(0, 0, picture.width, picture.height);
  const left = ((3 - canvases.length) * side) / 2;
  for (const [i, canvas] of canvases.entries()) {
    // Without the edge, where the axes have their numbers.
    const edge = 0.07 * canvas.width;
    const size = canvas.width - 2 * edge;
    context.drawImage(canvas, edge, edge, size, size, left + i * side + 1, 0, side - 2, side);
  }
  for (let quality = 0.8; quality > 0.05; quality -= 0.05) {
    const text = picture.toDataURL('image/webp', quality);
    if ((text.length * 3) / 4 <= most) return text;
  }
  throw new Error('It does not fit.');
}

const server = await preview({ root, build: { outDir: dist }, preview: { port: 0, host: '127.0.0.1' } });
const executablePath = findChromium(chromium.executablePath()) ?? undefined;
const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
try {
  mkdirSync(FOLDER, { recursive: true });
  const origin = server.resolvedUrls.local[0];
  for (const experiment of await readExperiments()) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
    const { id, picture, settings } = experiment;
    await page.goto(`${origin}?experiment=${id}&t=${picture === 1 ? 0.9999 : picture}&panel=hidden&gpu=simd`);
    await page.waitForFunction(() => 'diffusionPlayground' in window);
    await page.evaluate(() => window.diffusionPlayground.ready);
    if (isLearned(experiment)) {
      await page.evaluate((steps) => window.diffusionPlayground.train({ steps }), STEPS);
    }
    await page.waitForFunction(
      (count) =>
        [...document.querySelectorAll('article canvas')].length >= Math.min(3, count) &&
        !document.body.textContent.includes('waiting…'),
      settings.stages.length,
    );
    await page.waitForTimeout(2500);
    const text = await page.evaluate(drawPicture, { side: SIDE, most: MOST_BYTES });
    const bytes = Buffer.from(text.split(',')[1], 'base64');
    writeFileSync(join(FOLDER, `${id}.webp`), bytes);
    console.log(`${id}: ${bytes.length} bytes`);
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
