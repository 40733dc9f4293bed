import { createServer } from 'vite';
import { root } from '../scripts/lib/process.mjs';
import { median } from './lib/statistics.mjs';

const N_POINTS = 2000;
const STEPS = 1000;
/** Steps alike cost alike: a part of them is timed and scaled up. */
const TIMED = 50;
const REPEATS = 3;

export const title = `Seconds for ${STEPS} steps × ${N_POINTS} points with the exact denoiser of the Swiss roll, in Node (median of ${REPEATS} runs of ${TIMED} steps, × ${STEPS / TIMED})`;

export async function measure() {
  const server = await createServer({ root, logLevel: 'error', server: { middlewareMode: true, ws: false } });
  try {
    const { samplerIds, timeSampler } = await server.ssrLoadModule('/bench/lib/samplers.ts');
    timeSampler('ddim', N_POINTS, 5); // compiles
    // In rounds, so that a busy moment of the machine falls on different samplers.
    const rounds = Array.from({ length: REPEATS }, () =>
      samplerIds.map((id) => timeSampler(id, N_POINTS, TIMED)),
    );
    return samplerIds.map((id, i) =>
      rowOf(
        id,
        rounds.map((round) => round[i]),
      ),
    );
  } finally {
    await server.close();
  }
}

function rowOf(id, runs) {
  const ms = median(runs.map((one) => one.ms));
  const { evaluations, own } = runs[0];
  const scale = own ? 1 : STEPS / TIMED;
  return {
    sampler: own ? `${id} (its own steps, to the end)` : id,
    seconds: ((ms * scale) / 1000).toFixed(1),
    evaluations: evaluations * scale,
    'ms per evaluation': (ms / evaluations).toFixed(1),
  };
}
