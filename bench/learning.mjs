import { chosenFrom, numberFrom, say } from './lib/environment.mjs';
import { withModulePage } from './lib/modulePage.mjs';
import { median } from './lib/statistics.mjs';

export const title = [
  'Ways to learn, after so many seconds of training alone, or steps (SIMD engine): sliced W2, strays by DDPM with all steps (β̃, β) and by DDIM with',
  '50 steps and quadratic times, and what DDPM misses. Medians of seeds, and of them the median (the worst) over the data sets.',
].join('\n');

export const onlyWhenNamed = true;

const TIMES = [1, 3, 10];
/** What a look at a model takes, and how fast the default network learns, roughly. */
const LOOK_SECONDS = 2;
const STEPS_PER_SECOND = 2000;

const VARIATIONS = [
  { label: 'as it is', patch: {} },
  { label: 't even in log-SNR', patch: { timeSampling: 'log-snr' } },
  { label: 't even on the chain', patch: { timeSampling: 'low-discrepancy' } },
  { label: 't even, variational', patch: { timeSampling: 'low-discrepancy', weighting: 'variational' } },
  { label: 't log-normal', patch: { timeSampling: 'log-normal' } },
  { label: 'min-SNR', patch: { weighting: 'min-snr' } },
  { label: 'batch 128', patch: { batchSize: 128 } },
  { label: 'batch 512', patch: { batchSize: 512 } },
  { label: 'batch growing 64 to 512', patch: {}, batchSizes: [64, 128, 256, 512] },
  { label: 'batch growing 128 to 1024', patch: {}, batchSizes: [128, 256, 512, 1024] },
  { label: 'learning rate 0.002', patch: { learningRate: 0.002 } },
  { label: 'learning rate 0.01', patch: { learningRate: 0.01 } },
  { label: 'EMA 0.99', patch: { emaDecay: 0.99 } },
  { label: 'width 96', patch: { width: 96 } },
  { label: 'width 128', patch: { width: 128 } },
  { label: 'depth 4', patch: { depth: 4 } },
  { label: 'predicts ε', patch: { output: 'eps' } },
  { label: 'predicts x₀', patch: { output: 'x0' } },
];

/** What is told of a look, beside true draws: their ratio is 1, 1.0 % of them are strays, 1 × 3.1 % is missed. */
const COLUMNS = [
  { name: 'W2 / perfect', of: ({ ratio }) => ratio, digits: 2 },
  { name: 'strays % DDPM β̃', of: ({ ddpm }) => 100 * ddpm, digits: 1 },
  { name: 'DDPM β', of: ({ ddpmBeta }) => 100 * ddpmBeta, digits: 1 },
  { name: 'DDIM 50', of: ({ ddim }) => 100 * ddim, digits: 1 },
  { name: 'missed / true', of: ({ missed }) => missed, digits: 2 },
];

/**
 * Every variation on every data set. ONLY in the environment picks variations by parts of their labels, DATASETS data
 * sets, both separated by commas; SEEDS is how many seeds, TIMES the seconds of training at which to look, or STEPS, where
 * the machine has other things to do, the steps.
 */
export async function measure(lab) {
  const only = (process.env.ONLY ?? '').split(',');
  const variations = VARIATIONS.filter(({ label }) => only.some((part) => label.includes(part)));
  if (variations.length === 0) throw new Error(`No variation has "${only.join('" or "')}" in its label.`);
  const seeds = Array.from({ length: numberFrom('SEEDS', 2) }, (_, i) => i + 1);
  const listed = (name) => process.env[name]?.split(',').map(Number);
  const steps = listed('STEPS');
  const times = steps ? { steps } : { seconds: listed('TIMES') ?? TIMES };
  return withModulePage(lab, 'learning', async (call) => {
    const datasets = chosenFrom('DATASETS', await call('datasetIds'));
    const looks = steps ?? times.seconds;
    const seconds = looks.at(-1) / (steps ? STEPS_PER_SECOND : 1) + LOOK_SECONDS * looks.length;
    say(`About ${Math.ceil((variations.length * datasets.length * seeds.length * seconds) / 60)} min.`);
    const rows = [];
    for (const variation of variations)
      rows.push(...(await rowsOf(call, variation, { datasets, seeds, times })));
    return rows;
  });
}

/** A row for each of the times: medians over the seeds, of them the median and the worst over the data sets. */
async function rowsOf(call, { label, patch, batchSizes }, { datasets, seeds, times }) {
  /** [data set][time][column] */
  const all = [];
  for (const dataset of datasets) {
    const runs = [];
    for (const seed of seeds) runs.push(await call('learn', { patch, batchSizes, dataset, seed, times }));
    const looks = runs[0].map((_, k) => COLUMNS.map(({ of }) => median(runs.map((run) => of(run[k])))));
    all.push(looks);
    for (const [k, look] of looks.entries()) {
      const cells = COLUMNS.map(({ name, digits }, c) => `${name} ${look[c].toFixed(digits)}`);
      const step = median(runs.map((run) => run[k].step));
      say(
        `${label}, ${dataset}, ${times.steps ? '' : `${times.seconds[k]} s, `}step ${step}: ${cells.join(', ')}`,
      );
    }
  }
  return (times.steps ?? times.seconds).map((time, k) => {
    const cells = COLUMNS.map(({ name, digits }, c) => {
      const values = all.map((looks) => looks[k][c]);
      return [name, `${median(values).toFixed(digits)} (${Math.max(...values).toFixed(digits)})`];
    });
    return { learns: label, [times.steps ? 'steps' : 'seconds']: time, ...Object.fromEntries(cells) };
  });
}
