import { ready, withPage } from './lib/page.mjs';

export const title = 'Training steps per second (default network)';

const BACKENDS = ['wasm', 'cpu', 'webgl', 'webgpu'];
const BATCHES = [128, 512];
const WARM_UP_STEPS = 3;
const SECONDS = 10;

/** A budget of one step: the page's own training is over when ours begins. */
function stepsPerSecond(lab, backend, batch) {
  return withPage(lab, { gpu: backend, bat: batch, n: 1 }, async (page) => {
    const info = await ready(page);
    const rate = await page.evaluate(
      async ({ warmUp, seconds }) => {
        const { train } = window.diffusionPlayground;
        const before = await train({ steps: warmUp });
        const after = await train({ seconds });
        return (after.step - before.step) / after.seconds;
      },
      { warmUp: WARM_UP_STEPS, seconds: SECONDS },
    );
    return { rate: rate.toPrecision(3), info };
  });
}

export async function measure(lab) {
  const rows = [];
  for (const backend of BACKENDS) {
    const results = [];
    for (const batch of BATCHES) results.push(await stepsPerSecond(lab, backend, batch));
    rows.push({
      asked: backend,
      used: results[0].info.backend,
      adapter: results[0].info.adapter ?? '',
      ...Object.fromEntries(BATCHES.map((batch, i) => [`batch ${batch}`, results[i].rate])),
    });
  }
  return rows;
}
