import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/lib/process.mjs';
import { median } from './lib/statistics.mjs';

export const title =
  'Trainers without the page, three layers: steps/s, median (best) of turns; points × steps of DDPM';

const PAGE = 'bench/lib/trainers.html';
const STOCK = ['stock tfjs wasm', 'stock tfjs cpu'];
const TUNED = ['our tfjs wasm', 'our tfjs cpu'];
const VARIANT = { 'simd, relaxed': 'relaxed', 'simd, plain': 'simd', 'simd, scalar': 'scalar' };
const CONTENDERS = [...STOCK, ...TUNED, ...Object.keys(VARIANT)];
const WIDTHS = [64, 128];
const BATCHES = [128, 512, 2048];
const ROUNDS = 5;
const TURN_SECONDS = 0.3;
/** Steps of DDPM that are timed. */
const SAMPLING_STEPS = { simd: 200, tfjs: 20 };

/** The page of bench/lib/trainersPage.ts, built like everything else. */
async function withTrainersPage({ browser }, body) {
  const { build, preview } = await import('vite');
  const folder = mkdtempSync(join(tmpdir(), 'trainers-bench-'));
  const outDir = join(folder, 'dist');
  try {
    await build({
      root,
      logLevel: 'error',
      publicDir: false,
      build: { outDir, rolldownOptions: { input: PAGE } },
    });
    const server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0 } });
    try {
      const page = await browser.newPage();
      await page.goto(new URL(PAGE, server.resolvedUrls.local[0]).href);
      return await body(page);
    } finally {
      await server.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function rowsOf(page, width, batch, peaks) {
  const options = { names: CONTENDERS, width, batch, rounds: ROUNDS, seconds: TURN_SECONDS };
  const { rates, parameters } = await page.evaluate((how) => window.trainersBench.race(how), options);
  const stock = Math.max(...STOCK.map((name) => median(rates[CONTENDERS.indexOf(name)])));
  return CONTENDERS.map((name, i) => {
    const rate = median(rates[i]);
    const best = Math.max(...rates[i]);
    // Two operations a weight on the way forward, four on the way back; the peak is a best value too.
    const gflops = 6e-9 * parameters * batch * best;
    return {
      width,
      batch,
      trainer: name,
      'steps/s': `${rate.toPrecision(3)} (${best.toPrecision(3)})`,
      'of best stock': `${(rate / stock).toPrecision(3)}×`,
      'GFLOP/s': gflops.toPrecision(3),
      'of peak': name in peaks ? `${Math.round((100 * gflops) / peaks[name])} %` : '',
    };
  });
}

async function peaksOf(page) {
  const peaks = {};
  for (const [name, variant] of Object.entries(VARIANT)) {
    peaks[name] = await page.evaluate((v) => window.trainersBench.peakOf(v), variant);
  }
  return peaks;
}

async function samplingRates(page, width) {
  const rates = {};
  for (const name of CONTENDERS) {
    const steps = name in VARIANT ? SAMPLING_STEPS.simd : SAMPLING_STEPS.tfjs;
    rates[name] = await page.evaluate(
      ([contender, how]) => window.trainersBench.samplingRate(contender, how),
      [name, { width, steps }],
    );
  }
  return rates;
}

export async function measure(lab) {
  return withTrainersPage(lab, async (page) => {
    const peaks = await peaksOf(page);
    const rows = [];
    for (const width of WIDTHS) {
      const sampling = await samplingRates(page, width);
      for (const batch of BATCHES) {
        for (const row of await rowsOf(page, width, batch, peaks)) {
          rows.push({ ...row, 'points·steps/s of DDPM': sampling[row.trainer]?.toExponential(2) ?? '' });
        }
      }
    }
    return rows;
  });
}
