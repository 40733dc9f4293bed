import { withPage } from './lib/page.mjs';
import { median } from './lib/statistics.mjs';

export const title =
  'Seconds from opening until the own model’s sliced W2 is under 1.5 × perfect (default experiment)';

const SEEDS = [1, 2, 3];
const LIMIT_SECONDS = 240;

function untilGood(lab, seed) {
  return withPage(lab, { seed, n: 1_000_000 }, (page) =>
    page.evaluate(
      (limit) =>
        new Promise((resolve) => {
          let best = Number.POSITIVE_INFINITY;
          const finish = (seconds, step) => resolve({ seconds, step, best });
          setTimeout(() => finish(null, null), limit * 1000);
          window.diffusionPlayground.on('quality', ({ source, step, distance, perfect }) => {
            if (source !== 'own') return;
            best = Math.min(best, distance / perfect);
            if (distance < 1.5 * perfect) finish(performance.now() / 1000, step);
          });
        }),
      LIMIT_SECONDS,
    ),
  );
}

export async function measure(lab) {
  const rows = [];
  for (const seed of SEEDS) {
    const { seconds, step, best } = await untilGood(lab, seed);
    rows.push({
      seed,
      seconds: seconds?.toFixed(1) ?? `not in ${LIMIT_SECONDS}`,
      step: step ?? '',
      'best / perfect': best.toFixed(2),
    });
  }
  const times = rows.map(({ seconds }) => Number(seconds)).map((s) => (Number.isNaN(s) ? LIMIT_SECONDS : s));
  return [...rows, { seed: 'median', seconds: median(times).toFixed(1), step: '', 'best / perfect': '' }];
}
