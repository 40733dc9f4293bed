// What is done in the page. Each crosses to the browser as text, so it may use nothing from outside of itself.

declare global {
  interface Window {
    /** Filled by recorder.js. */
    recordedErrors: string[];
  }
}

/** Waits until training has ended, and says how. */
export async function train(budget: number) {
  const soon = () => new Promise((resolve) => setTimeout(resolve, 50));
  while (!('diffusionPlayground' in window)) await soon();
  // Where it fails, the notices say so.
  const backend = await window.diffusionPlayground.ready.then((info) => info.backend).catch(() => null);
  const begun = performance.now();
  const shown = () => document.querySelector<HTMLElement>('.phase-chip')?.dataset.phase;
  const notices = () => document.querySelector('.notice-list')?.textContent ?? '';
  let rate = 0;
  const stop = window.diffusionPlayground.on('progress', (event) => {
    rate = Math.max(rate, Math.round(event.stepsPerSecond));
  });
  while (['starting', 'idle', 'training'].includes(shown() ?? '') && notices() === '') await soon();
  stop();
  const step = Number(document.querySelector('.status-step strong')?.textContent?.replaceAll(/\D/g, ''));
  return {
    phase: shown(),
    step,
    notices: notices(),
    backend,
    isolated: crossOriginIsolated,
    budget,
    stepsPerSecond: rate,
    seconds: Math.round((performance.now() - begun) / 100) / 10,
  };
}

/** Trains that many more steps, and says which step was reached. */
export async function trainOn(steps: number): Promise<number> {
  await window.diffusionPlayground.ready;
  return (await window.diffusionPlayground.train({ steps })).step;
}

/** How far samples and data spread, as the root of the mean square. */
export async function sample(n: number) {
  const spreadOf = (points: Float32Array) =>
    Math.sqrt(points.reduce((sum, x) => sum + x * x, 0) / points.length);
  const api = window.diffusionPlayground;
  const { points } = await api.sample({ sampler: 'ddim', nSteps: 20, n, seed: 1 });
  return {
    finite: points.every(Number.isFinite),
    spread: spreadOf(points),
    spreadOfData: spreadOf(await api.data({ n, seed: 2 })),
  };
}

/** How many colours each stage shows, once all show so many or ten seconds have passed. */
export async function colours(enough: number): Promise<number[]> {
  const countOf = (canvas: HTMLCanvasElement) => {
    if (canvas.width === 0 || canvas.height === 0) return 0;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  };
  const look = () => [...document.querySelectorAll<HTMLCanvasElement>('canvas[role="img"]')].map(countOf);
  const until = performance.now() + 30_000;
  for (;;) {
    const counts = look();
    if ((counts.length > 0 && counts.every((count) => count > enough)) || performance.now() > until) {
      return counts;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Gives the page a file, as a person would choose it; resolves with the address that has the points. */
export async function upload(text: string): Promise<string> {
  const soon = () => new Promise((resolve) => setTimeout(resolve, 50));
  const find = () => document.querySelector<HTMLInputElement>('input[type="file"]');
  while (find() === null) await soon();
  const files = new DataTransfer();
  files.items.add(new File([text], 'own.csv', { type: 'text/csv' }));
  find()!.files = files.files;
  find()!.dispatchEvent(new Event('change', { bubbles: true }));
  // The table of what was understood comes first.
  const confirm = () => document.querySelector<HTMLButtonElement>('[role="dialog"] .is-primary:enabled');
  while (confirm() === null) await soon();
  confirm()!.click();
  while (!location.search.includes('xy=')) await soon();
  return location.href;
}

export function customPoints(): number {
  return window.diffusionPlayground.config().customPoints.length / 2;
}

/** Waits until all that the page loads when it is wanted is there: to leave before would be heard as an error. */
export async function whole(): Promise<void> {
  const isLoading = () =>
    document.querySelector('.chart .main-svg') === null ||
    document.fonts.status !== 'loaded' ||
    /loading the (chart|settings)/i.test(document.body.textContent);
  while (isLoading()) await new Promise((resolve) => setTimeout(resolve, 50));
}

export function recordedErrors(): string[] {
  return window.recordedErrors.splice(0);
}
