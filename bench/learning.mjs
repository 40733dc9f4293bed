import { chosenFrom, numberFrom, say } from './lib/environment.mjs';
import { withModulePage } from './lib/modulePage.mjs';
import { median } from './lib/statistics.mjs';

export const title =
  'Ways to learn: sliced W2 over perfect after 1, 3 and 10 s of training alone (SIMD engine; median of seeds)';

export const onlyWhenNamed = true;

const TIMES = [1, 3, 10];
/** What looking at a model at all times takes. */
const LOOKS_SECONDS = 1;

const long = { budgetSteps: 12_000 };
const VARIATIONS = [
  { label: 'as it is', patch: {} },
  { label: 'budget 6 000', patch: { budgetSteps: 6000 } },
  { label: 'budget 12 000', patch: long },
  { label: 'budget 12 000, learning rate 0.01', patch: { ...long, learningRate: 0.01 } },
  { label: 'batch 128', patch: { batchSize: 128, ...long } },
  { label: 'batch 512', patch: { batchSize: 512, ...long } },
  { label: 'batch growing 64 to 512', patch: {}, batchSizes: [64, 128, 256, 512] },
  { label: 'batch growing 128 to 1024', patch: {}, batchSizes: [128, 256, 512, 1024] },
  { label: 'learning rate 0.002', patch: { learningRate: 0.002 } },
  { label: 'learning rate 0.01', patch: { learningRate: 0.01 } },
  { label: 'EMA 0.999', patch: { emaDecay: 0.999, ...long } },
  { label: 'width 128', patch: { width: 128 } },
  { label: 'predicts ε', patch: { output: 'eps' } },
  { label: 'predicts x₀', patch: { output: 'x0' } },
  { label: 't uniform', patch: { timeSampling: 'uniform' } },
  { label: 'min-SNR', patch: { weighting: 'min-snr' } },
];

/**
 * Every variation on every data set. ONLY in the environment picks variations by parts of their labels, DATASETS data
 * sets, both separated by commas; SEEDS is how many seeds.
 */
export async function measure(lab) {
  const only = (process.env.ONLY ?? '').split(',');
  const variations = VARIATIONS.filter(({ label }) => only.some((part) => label.includes(part)));
  if (variations.length === 0) throw new Error(`No variation has "${only.join('" or "')}" in its label.`);
  const seeds = Array.from({ length: numberFrom('SEEDS', 2) }, (_, i) => i + 1);
  return withModulePage(lab, 'learning', async (call) => {
    const datasets = chosenFrom('DATASETS', await call('datasetIds'));
    const seconds = variations.length * datasets.length * seeds.length * (TIMES.at(-1) + LOOKS_SECONDS);
    say(`About ${Math.ceil(seconds / 60)} min.`);
    const rows = [];
    for (const variation of variations) rows.push(await rowOf(call, variation, datasets, seeds));
    return rows;
  });
}

async function rowOf(call, { label, patch, batchSizes }, datasets, seeds) {
  /** Of each data set, at each time. */
  const ratios = [];
  for (const dataset of datasets) {
    const runs = [];
    for (const seed of seeds)
      runs.push(await call('learn', { patch, batchSizes, dataset, seed, times: TIMES }));
    ratios.push(TIMES.map((_, k) => median(runs.map((run) => run[k]))));
    say(`${label}, ${dataset}: ${ratios.at(-1).map(inShort).join(' ')}`);
  }
  const cells = TIMES.map((seconds, k) => {
    const all = ratios.map((atTimes) => atTimes[k]);
    return [`${seconds} s: median (worst)`, `${inShort(median(all))} (${inShort(Math.max(...all))})`];
  });
  const roll = ratios[datasets.indexOf('swiss-roll')] ?? [];
  return { learns: label, ...Object.fromEntries(cells), roll: roll.map(inShort).join(' ') };
}

const inShort = (ratio) => ratio.toFixed(2);
