import { within, withPage } from './lib/page.mjs';
import { median } from './lib/statistics.mjs';

export const title = 'From opening to use, milliseconds after navigation (cold cache, medians)';

const RUNS = 5;

/** Notes when the controls are there, and when the first samples are drawn from. */
function watch() {
  window.moments = {};
  const note = (name) => {
    window.moments[name] ??= performance.now();
  };
  const observer = new MutationObserver(() => {
    if (!document.querySelector('header button, [role="slider"]')) return;
    observer.disconnect();
    // After the next frame the controls are painted and their listeners are in place.
    requestAnimationFrame(() => setTimeout(() => note('interactive')));
  });
  observer.observe(document, { childList: true, subtree: true });
  const wait = setInterval(() => {
    const api = window.diffusionPlayground;
    if (!api) return;
    clearInterval(wait);
    api.ready.then(() => note('engine'));
    api.on('recording', () => note('firstRecording'));
    api.on('progress', () => note('firstStep'));
  }, 5);
}

async function moments(page) {
  const all = page.waitForFunction(() => Object.keys(window.moments).length === 4, undefined, { timeout: 0 });
  await within(page, 60, 'controls, engine, first recording and first step', all);
  return page.evaluate(() => ({
    ...window.moments,
    firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  }));
}

export async function measure(lab) {
  const runs = [];
  for (let i = 0; i < RUNS; i += 1) runs.push(await withPage(lab, {}, moments, watch));
  const typical = (name) => Math.round(median(runs.map((run) => run[name])));
  return [
    { moment: 'first contentful paint', ms: typical('firstPaint'), goal: '' },
    { moment: 'interactive', ms: typical('interactive'), goal: '< 1000' },
    { moment: 'first recording to draw', ms: typical('firstRecording'), goal: '< 2000' },
    { moment: 'engine ready', ms: typical('engine'), goal: '' },
    { moment: 'first training progress', ms: typical('firstStep'), goal: '' },
  ];
}
