import { chosenFrom, say } from './lib/environment.mjs';
import { withModulePage } from './lib/modulePage.mjs';
import { median, short } from './lib/statistics.mjs';

const POINTS = 2000;
const DDPM_STEPS = 1000;

export const title = [
  'Trainers without the page, three layers: steps/s, median (best) of turns.',
  `DDPM: seconds for ${POINTS} points × ${DDPM_STEPS} steps; "≈": from fewer steps, scaled up.`,
  'Queueing: CPU time until a step is on its way; on CPU engines that is the step.',
].join('\n');

/** Whatever trains: the peak that it is held against, and the way to the GPU it takes, if it does. */
const CONTENDERS = {
  'stock tfjs webgpu': { peak: 'webgpu', gpu: 'webgpu' },
  'stock tfjs webgl': { gpu: 'webgl' },
  'stock tfjs wasm': { peak: 'simd' },
  'stock tfjs cpu': { peak: 'scalar' },
  'our tfjs wasm': { peak: 'simd' },
  'our tfjs cpu': { peak: 'scalar' },
  wgsl: { peak: 'webgpu', gpu: 'webgpu' },
  'simd, relaxed': { peak: 'relaxed' },
  'simd, plain': { peak: 'simd' },
  'simd, scalar': { peak: 'scalar' },
};
const NAMES = Object.keys(CONTENDERS);
const WIDTHS = [64, 128];
const BATCHES = [128, 512, 2048];
/** Where the CPU imitates the GPU, larger batches take longer than they are worth. */
const LARGEST_ON_SOFTWARE = 512;
const TURNS = { rounds: 5, seconds: 0.3, mostSeconds: 4 };
const SAMPLING = { points: POINTS, steps: DDPM_STEPS, mostSeconds: 3 };

/** WIDTHS and BATCHES in the environment, separated by commas, pick some. */
export async function measure(lab) {
  const widths = chosenFrom('WIDTHS', WIDTHS);
  const batches = chosenFrom('BATCHES', BATCHES);
  return withModulePage(lab, 'trainers', async (call) => {
    const machine = { gpus: await call('gpus'), peaks: await call('peaks') };
    sayMachine(machine);
    const rows = [];
    for (const width of widths) {
      const sampling = await samplingCells(call, width);
      for (const batch of batches) {
        const raced = await rowsOf(call, width, batch, machine);
        rows.push(...raced.map((row) => ({ ...row, 'DDPM, s': sampling[row.trainer] })));
        say(`width ${width}, batch ${batch}: done`);
      }
    }
    return rows;
  });
}

function sayMachine({ gpus, peaks }) {
  for (const [way, gpu] of Object.entries(gpus)) say(`${way}: ${gpu ? gpu.name : 'none'}`);
  const list = Object.entries(peaks).map(([name, peak]) => `${name} ${peak ? short(peak) : 'none'}`);
  say(`peak GFLOP/s, the CPU's on one thread: ${list.join(', ')}`);
}

const skips = (name, batch, { gpus }) =>
  Boolean(gpus[CONTENDERS[name].gpu]?.software) && batch > LARGEST_ON_SOFTWARE;

async function rowsOf(call, width, batch, machine) {
  const names = NAMES.filter((name) => !skips(name, batch, machine));
  const { outcomes, parameters } = await call('race', { names, width, batch, ...TURNS });
  const outcomeOf = (name) =>
    outcomes[names.indexOf(name)] ?? { missing: 'not tried: imitated by the CPU, too slow' };
  const rateOf = (name) => median(outcomeOf(name).rates ?? [0]);
  const stock = Math.max(...NAMES.filter((name) => name.startsWith('stock')).map(rateOf));
  return NAMES.map((name) => {
    const outcome = outcomeOf(name);
    const row = { width, batch, trainer: name };
    if (outcome.missing) {
      return { ...row, 'steps/s': outcome.missing, ...cellsOf({ ofStock: '', gflops: '', ofPeak: '' }) };
    }
    const best = Math.max(...outcome.rates);
    // Two operations a weight on the way forward, four on the way back; the peak is a best value too.
    const gflops = 6e-9 * parameters * batch * best;
    const peak = machine.peaks[CONTENDERS[name].peak];
    return {
      ...row,
      'steps/s': `${short(rateOf(name))} (${short(best)})`,
      ...cellsOf({
        ofStock: `${short(rateOf(name) / stock)}×`,
        gflops: short(gflops),
        ofPeak: peak ? `${short((100 * gflops) / peak)} %` : '',
        dispatches: outcome.gpuWork || '',
        queueing: short(median(outcome.queueing)),
      }),
    };
  });
}

const cellsOf = ({ ofStock, gflops, ofPeak, dispatches = '', queueing = '' }) => ({
  'of best stock': ofStock,
  'GFLOP/s': gflops,
  'of peak': ofPeak,
  'dispatches/step': dispatches,
  'queueing, ms/step': queueing,
});

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
