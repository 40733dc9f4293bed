import { chosenFrom, say } from './lib/environment.mjs';
import { withModulePage } from './lib/modulePage.mjs';
import { median, short } from './lib/statistics.mjs';

const POINTS = 2000;
const DDPM_STEPS = 1000;

export const title = [
  'Trainers without the page, three layers: steps/s, median (best) of turns; "simd" on as many threads as it takes here.',
  `DDPM: seconds for ${POINTS} points × ${DDPM_STEPS} steps; "≈": from fewer steps, scaled up.`,
  'Queueing: CPU time until a step is on its way; on CPU engines that is the step.',
].join('\n');

/** Whatever trains: the peak that it is held against, and the way to the GPU it takes, if it does. */
const CONTENDERS = {
  'stock tfjs webgpu': { peak: 'webgpu', gpu: 'webgpu' },
  'stock tfjs webgl': { gpu: 'webgl' },
  'stock tfjs wasm': { peak: 'simd' },
  'stock tfjs cpu': { peak: 'scalar' },
  'jax-js wasm': { peak: 'relaxed' },
  'our tfjs wasm': { peak: 'simd' },
  'our tfjs cpu': { peak: 'scalar' },
  wgsl: { peak: 'webgpu', gpu: 'webgpu' },
  simd: { peak: 'relaxed' },
  'simd, relaxed': { peak: 'relaxed' },
  'simd, plain': { peak: 'simd' },
  'simd, scalar': { peak: 'scalar' },
};
const NAMES = Object.keys(CONTENDERS);
const WIDTHS = [64, 128];
const BATCHES = [256, 512, 2048];
/** Where the CPU imitates the GPU, larger batches take longer than they are worth. */
const LARGEST_ON_SOFTWARE = 512;
const TURNS = { rounds: 5, seconds: 0.3, mostSeconds: 4 };
const SAMPLING = { points: POINTS, steps: DDPM_STEPS, mostSeconds: 3 };

/** WIDTHS and BATCHES in the environment, separated by commas, pick some. */
export async function measure(lab) {
  const widths = chosenFrom('WIDTHS', WIDTHS);
  const batches = chosenFrom('BATCHES', BATCHES);
  return withModulePage(lab, 'trainers', async (call, callInWorker) => {
    const gpus = await call('gpus');
    for (const [way, gpu] of Object.entries(gpus)) say(`${way}: ${gpu ? gpu.name : 'none'}`);
    const peaks = {};
    const found = [];
    for (const width of widths) {
      const sampling = await samplingCells(callInWorker, width);
      for (const batch of batches) {
        // Again and again, since whatever else runs lowers them.
        raise(peaks, await call('peaks'));
        const outcomes = await outcomesOf(callInWorker, width, batch, gpus);
        found.push(...outcomes.map((outcome) => ({ ...outcome, sampling: sampling[outcome.name] })));
        say(`width ${width}, batch ${batch}: done`);
      }
    }
    const list = Object.entries(peaks).map(([name, peak]) => `${name} ${short(peak)}`);
    say(`peak GFLOP/s, the CPU's on one thread: ${list.join(', ')}`);
    return found.map((outcome) => rowOf(outcome, peaks));
  });
}

function raise(peaks, measured) {
  for (const [name, peak] of Object.entries(measured)) peaks[name] = Math.max(peaks[name] ?? 0, peak ?? 0);
}

const skips = (name, batch, gpus) =>
  Boolean(gpus[CONTENDERS[name].gpu]?.software) && batch > LARGEST_ON_SOFTWARE;

async function outcomesOf(call, width, batch, gpus) {
  const names = NAMES.filter((name) => !skips(name, batch, gpus));
  const { outcomes, parameters } = await call('race', { names, width, batch, ...TURNS });
  const outcomeOf = (name) =>
    outcomes[names.indexOf(name)] ?? { missing: 'not tried: imitated by the CPU, too slow' };
  const rateOf = (name) => median(outcomeOf(name).rates ?? [0]);
  const stock = Math.max(...NAMES.filter((name) => name.startsWith('stock')).map(rateOf));
  return NAMES.map((name) => {
    const rate = rateOf(name);
    return {
      name,
      width,
      batch,
      parameters,
      rate,
      ofStock: rate / stock,
      ofJax: rate / rateOf('jax-js wasm'),
      ...outcomeOf(name),
    };
  });
}

function rowOf({ name, width, batch, missing, sampling, ...measured }, peaks) {
  const cells = missing ? {} : cellsOf({ ...measured, batch, peak: peaks[CONTENDERS[name].peak] });
  return {
    width,
    batch,
    trainer: name,
    'steps/s': missing ?? '',
    'of best stock': '',
    'of jax-js': '',
    'GFLOP/s': '',
    'of peak': '',
    'dispatches/step': '',
    'queueing, ms/step': '',
    ...cells,
    'DDPM, s': sampling,
  };
}

function cellsOf({ batch, parameters, rate, rates, ofStock, ofJax, gpuWork, queueing, peak }) {
  const best = Math.max(...rates);
  // Two operations a weight on the way forward, four on the way back; the peak is a best value too.
  const gflops = 6e-9 * parameters * batch * best;
  return {
    'steps/s': `${short(rate)} (${short(best)})`,
    'of best stock': `${short(ofStock)}×`,
    'of jax-js': `${short(ofJax)}×`,
    'GFLOP/s': short(gflops),
    'of peak': peak ? `${short((100 * gflops) / peak)} %` : '',
    'dispatches/step': gpuWork || '',
    'queueing, ms/step': short(median(queueing)),
  };
}

async function samplingCells(call, width) {
  const cells = {};
  for (const name of NAMES) {
    const found = await call('samplingTime', name, { width, ...SAMPLING });
    cells[name] = found ? samplingCell(found) : '';
  }
  say(`width ${width}, DDPM: done`);
  return cells;
}

function samplingCell({ missing, timed, seconds }) {
  if (missing) return missing;
  const rate = `${((POINTS * timed) / seconds).toExponential(2)} points·steps/s`;
  const whole = short((seconds * DDPM_STEPS) / timed);
  return timed === DDPM_STEPS ? `${whole} (${rate})` : `≈ ${whole} (${rate}, ${timed} steps)`;
}
