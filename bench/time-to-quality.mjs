import { chosenFrom, numberFrom, say } from './lib/environment.mjs';
import { withModulePage } from './lib/modulePage.mjs';
import { median } from './lib/statistics.mjs';

export const title = [
  'Time to quality: seconds of training alone (with all checks; training steps), the page’s defaults, median of seeds,',
  'until the mean sliced W2 of 3 draws of 2 000 samples is under 1.5 and 1.25 × true-vs-true.',
  'At the end: that ratio, strays, what is missed (true draws: 1.0 and 3.1 %), and the unbiased energy distance × 1000,',
  'beside that of true draws (median, largest of 15).',
].join('\n');

export const onlyWhenNamed = true;

const GOALS = [1.5, 1.25];
/** Seconds of training at which the model is looked at, as far as the limit. */
const TIMES = [0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 30, 40, 50, 60, 80, 100, 120];
/** Roughly what a look at a model takes. */
const LOOK_SECONDS = 0.5;
/** What comparing true draws takes. */
const TRUTH_SECONDS = 4;

const engines = () => [
  { name: 'simd', seeds: numberFrom('SEEDS', 5), limit: numberFrom('LIMIT', 20) },
  { name: 'wgsl', seeds: numberFrom('SEEDS', 5), limit: numberFrom('LIMIT', 20) },
  { name: 'stock tfjs', seeds: numberFrom('TFJS_SEEDS', 1), limit: numberFrom('TFJS_LIMIT', 30) },
  { name: 'our tfjs wasm', seeds: numberFrom('TFJS_SEEDS', 1), limit: numberFrom('TFJS_LIMIT', 30) },
];
const USUAL = ['simd', 'stock tfjs'];

const timesUntil = (limit) => [...TIMES.filter((time) => time < limit), limit];

/**
 * "stock tfjs" is training as one would write it, on the best stock backend: Adam at its usual rate, no averaging.
 * "our tfjs wasm" is the engine's own trainer on the same backend, with the rates and the average of the others.
 * In the environment: DATASETS and ENGINES (simd, wgsl, stock tfjs, our tfjs wasm), separated by commas;
 * SEEDS and LIMIT in seconds, TFJS_SEEDS and TFJS_LIMIT for TensorFlow.js.
 */
export async function measure(lab) {
  const all = engines();
  const names = chosenFrom(
    'ENGINES',
    all.map(({ name }) => name),
  );
  const chosen = all.filter(
    ({ name }) => names.includes(name) && (process.env.ENGINES || USUAL.includes(name)),
  );
  return withModulePage(lab, 'timeToQuality', async (call) => {
    const datasets = chosenFrom('DATASETS', await call('datasetIds'));
    sayHowLong(chosen, datasets);
    const rows = [];
    /** Of each engine. */
    const allRuns = chosen.map(() => []);
    for (const dataset of datasets) {
      const truth = await call('truthOf', dataset);
      const { energies } = truth;
      const ofTruth = `${inThousandths(median(energies))}, ${inThousandths(energies.at(-1))}`;
      for (const [e, engine] of chosen.entries()) {
        const runs = await runsOf(call, dataset, truth, engine);
        rows.push(rowOf(dataset, engine, runs, ofTruth));
        allRuns[e].push(...runs);
      }
    }
    return [...rows, ...chosen.map((engine, e) => rowOf('all', engine, allRuns[e], ''))];
  });
}

function sayHowLong(chosen, datasets) {
  const seconds = chosen.map(({ seeds, limit }) => seeds * (limit + timesUntil(limit).length * LOOK_SECONDS));
  const most = datasets.length * seconds.reduce((sum, some) => sum + some, TRUTH_SECONDS);
  say(`At most ${Math.ceil(most / 60)} min; less where the goals are reached before the limits.`);
}

async function runsOf(call, dataset, { perfect }, { name, seeds, limit }) {
  const goals = GOALS.map((goal) => goal * perfect);
  const runs = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const found = await call('train', { engine: name, dataset, seed, times: timesUntil(limit), goals });
    const run = { ...found, ratio: found.quality.slicedW2.value / perfect };
    runs.push(run);
    const reached = GOALS.map((_, g) => when([run], g, limit)).join(', ');
    say(
      `${dataset}, ${name}, seed ${seed}: ${reached}; ${run.ratio.toFixed(2)} at ${run.seconds.toFixed(1)} s`,
    );
  }
  return runs;
}

function rowOf(dataset, { name, limit }, runs, ofTruth) {
  const cells = GOALS.map((goal, g) => [`${goal}×: s (with checks; steps)`, when(runs, g, limit)]);
  return {
    'data set': dataset,
    engine: name,
    runs: runs.length,
    ...Object.fromEntries(cells),
    ratio: median(runs.map(({ ratio }) => ratio)).toFixed(2),
    'strays %': inPercent(median(runs.map(({ quality }) => quality.strays.value))),
    'missed %': inPercent(median(runs.map(({ quality }) => quality.missed.value))),
    'energy ×1000': inThousandths(median(runs.map(({ energy }) => energy))),
    'of true draws': ofTruth,
  };
}

const inPercent = (share) => (100 * share).toFixed(1);
const inThousandths = (value) => (1000 * value).toFixed(2);

/** Medians over the runs of when a goal was reached. */
function when(runs, goal, limit) {
  const of = (what) => median(runs.map(({ reached }) => reached[goal]?.[what] ?? Number.POSITIVE_INFINITY));
  if (of('seconds') === Number.POSITIVE_INFINITY) return `> ${limit}`;
  return `${of('seconds').toFixed(2)} (${of('wall').toFixed(1)}; ${of('step')})`;
}
