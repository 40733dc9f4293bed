import { ready, within, withPage } from './lib/page.mjs';

export const title =
  'Training steps per second, previews and measurements of quality included (default network)';

const BACKENDS = ['simd', 'wasm', 'cpu', 'webgl', 'wgsl', 'webgpu'];
const BATCHES = [128, 512];
const SECONDS = 10;

/** While a stage is still empty the engine trains little; a budget of one step, so that our own training is alone. */
function stepsPerSecond(lab, backend, batch) {
  return withPage(lab, { gpu: backend, bat: batch, k: 50, n: 1 }, async (page) => {
    const info = await ready(page);
    const filled = page.waitForFunction(
      () => {
        const sources = [...document.querySelectorAll('.stage-source')];
        return sources.length > 0 && sources.every(({ textContent }) => textContent !== 'waiting…');
      },
      undefined,
      { timeout: 0 },
    );
    await within(page, 120, 'every stage to show something', filled);
    const rate = page.evaluate(async (seconds) => {
      const { train } = window.diffusionPlayground;
      const before = await train({ steps: 3 });
      const after = await train({ seconds });
      return (after.step - before.step) / after.seconds;
    }, SECONDS);
    return { rate: (await within(page, 120, `${SECONDS} s of training`, rate)).toPrecision(3), info };
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
