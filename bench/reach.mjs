import { createServer } from 'vite';
import { root } from '../scripts/lib/process.mjs';
import { median } from './lib/statistics.mjs';

/** Each draw has 1 000 points, and every draw is measured against every true one. */
const DRAWS = 3;

export const title = `Sliced W2 to the data with the exact denoiser, over that of true draws (1 000 points, ${DRAWS} × ${DRAWS} pairs), at each sampler's usual steps, in Node`;

/** How near every sampler comes to every data set. Takes minutes; ONLY in the environment picks samplers by a part of their id. */
export async function measure() {
  const server = await createServer({ root, logLevel: 'error', server: { middlewareMode: true, ws: false } });
  try {
    const { datasetIds, reach, usual } = await server.ssrLoadModule('/bench/lib/reach.ts');
    const rows = [];
    for (const [sampler, { nSteps, timeGrid }] of Object.entries(usual)) {
      if (!sampler.includes(process.env.ONLY ?? '')) continue;
      const ratios = datasetIds.map((dataset) => reach(sampler, dataset, DRAWS));
      rows.push({
        sampler,
        steps: `${nSteps}, ${timeGrid}`,
        ...Object.fromEntries(datasetIds.map((id, i) => [id, ratios[i].toFixed(2)])),
        median: median(ratios).toFixed(2),
      });
      console.error(`${sampler}: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}`);
    }
    return rows;
  } finally {
    await server.close();
  }
}
