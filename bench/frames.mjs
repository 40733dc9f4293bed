import { ready, withPage } from './lib/page.mjs';
import { quantile } from './lib/statistics.mjs';

export const title = 'Frame times and long tasks on the main thread: 4 stages × 2 000 points, playing (10 s)';

const SETTLE_MS = 5000;
const WATCH_MS = 10_000;
const BUSY = 1_000_000;

/** The experiments compared: the still page is the baseline of what training costs the page. */
const CASES = [
  { name: 'not training', query: { k: 2000, n: 1 } },
  { name: 'training, simd', query: { k: 2000, n: BUSY, gpu: 'simd' } },
  { name: 'training, wasm', query: { k: 2000, n: BUSY, gpu: 'wasm' } },
  { name: 'training, cpu', query: { k: 2000, n: BUSY, gpu: 'cpu' } },
];

function watchLongTasks() {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) window.longTasks.push({ startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
}

/** Intervals between animation frames, and the long tasks in the same span and before it. */
function observe(milliseconds) {
  return new Promise((resolve) => {
    const start = performance.now();
    const intervals = [];
    let last = start;
    const frame = (now) => {
      intervals.push(now - last);
      last = now;
      if (now - start < milliseconds) return requestAnimationFrame(frame);
      const durations = (tasks) => tasks.map(({ duration }) => duration);
      resolve({
        intervals: intervals.slice(1),
        during: durations(window.longTasks.filter((task) => task.startTime >= start)),
        opening: durations(window.longTasks.filter((task) => task.startTime < start)),
      });
    };
    requestAnimationFrame(frame);
  });
}

export async function measure(lab) {
  const rows = [];
  for (const { name, query } of CASES) {
    const { intervals, during, opening } = await withPage(
      lab,
      query,
      async (page) => {
        await ready(page);
        await page.waitForTimeout(SETTLE_MS);
        return page.evaluate(observe, WATCH_MS);
      },
      watchLongTasks,
    );
    rows.push({
      case: name,
      'median ms': quantile(intervals, 0.5).toFixed(1),
      'p95 ms': quantile(intervals, 0.95).toFixed(1),
      'frames/s': (1000 / (intervals.reduce((a, b) => a + b, 0) / intervals.length)).toFixed(1),
      'long tasks': during.length,
      'longest ms': Math.max(0, ...during).toFixed(0),
      'longest while opening ms': Math.max(0, ...opening).toFixed(0),
    });
  }
  return rows;
}
