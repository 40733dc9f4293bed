import { say } from './lib/environment.mjs';
import { withModulePage } from './lib/modulePage.mjs';
import { median, short } from './lib/statistics.mjs';

export const title =
  'Dense trainers of the worlds on one thread, with their loss: steps/s, median (best) of five turns';

/** The networks of the worlds; `groups` are the categorical variables among their outputs. */
const NETWORKS = {
  bits: { shape: { inputs: 36, width: 64, depth: 3, outputs: 40, residual: false }, batch: 256, groups: 20 },
  categories: {
    shape: { inputs: 82, width: 128, depth: 2, outputs: 64, residual: false },
    batch: 256,
    groups: 2,
  },
  words: {
    shape: { inputs: 180, width: 256, depth: 3, outputs: 168, residual: true },
    batch: 128,
    groups: 12,
  },
};
const TURNS = 5;
const SECONDS = 1;

export function measure(lab) {
  return withModulePage(lab, 'dense', async (call, callInWorker) => {
    const rows = [];
    for (const variant of await call('variants')) {
      for (const [name, network] of Object.entries(NETWORKS)) {
        const turns = [];
        for (let turn = 0; turn < TURNS; turn++) {
          turns.push(await callInWorker('trainingSpeed', variant, { ...network, seconds: SECONDS }));
        }
        const rates = turns.map(({ rate }) => rate);
        rows.push({
          network: name,
          instructions: variant,
          'steps/s': `${short(median(rates))} (${short(Math.max(...rates))})`,
          'GFLOP/s': short((median(rates) * turns[0].flop) / 1e9),
          '1000 steps, s': short(1000 / median(rates)),
        });
        say(`${name}, ${variant}: done`);
      }
    }
    return rows;
  });
}
