import { createServer } from 'vite';
import { root } from '../scripts/lib/process.mjs';
import { median } from './lib/statistics.mjs';

const N_POINTS = 8000;

export const title = `Sliced W2 to the data with the exact denoiser, over that of true draws (1 000 points, from ${N_POINTS} samples), at each sampler's usual steps, in Node`;

export const onlyWhenNamed = true;

/** How near every sampler comes to every data set. Takes an hour; ONLY in the environment picks samplers by a part of their id. */
export async function measure() {
  const server = await createServer({ root, logLevel: 'error', server: { middlewareMode: true, ws: false } });
  try {
    const [{ reach }, { samplers }, { datasets }] = await Promise.all(
      ['/bench/lib/reach.ts', '/src/core/samplers/index.ts', '/src/core/datasets/index.ts'].map((path) =>
        server.ssrLoadModule(path),
      ),
    );
    const rows = [];
    for (const sampler of samplers.entries) {
      if (sampler.fixedTime !== undefined || !sampler.id.includes(process.env.ONLY ?? '')) continue;
      const ratios = datasets.entries.map((dataset) => reach(sampler, dataset, N_POINTS));
      const { nSteps, timeGrid } = sampler.usual;
      rows.push({
        sampler: sampler.id,
        steps: sampler.adaptive ? 'its own' : `${nSteps}, ${timeGrid}`,
        ...Object.fromEntries(datasets.entries.map(({ id }, i) => [id, ratios[i].toFixed(2)])),
        median: median(ratios).toFixed(2),
      });
      console.error(`${sampler.id}: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}`);
    }
    return rows;
  } finally {
    await server.close();
  }
}
