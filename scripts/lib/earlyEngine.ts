import type { Plugin, Rolldown } from 'vite';

const WORKER = /engineWorker-[\w-]+\.js/g;
const BOOT = '<script src="./boot.js"';

/** What is read of a file of a build. */
export type Built = Pick<Rolldown.OutputChunk, 'type' | 'code'> | { readonly type: 'asset' };

/** The engine's worker, as the page's scripts name it. @throws Error where they do not name exactly one */
export function workerNamedBy(files: readonly Built[]): string {
  const named = files.flatMap((file) => (file.type === 'chunk' ? (file.code.match(WORKER) ?? []) : []));
  const [worker, ...others] = new Set(named);
  if (worker === undefined || others.length > 0) {
    throw new Error(
      `The page should name one worker of the engine, and names: ${named.join(', ') || 'none'}.`,
    );
  }
  return worker;
}

/** Tells `boot.js` where the engine's worker lies, so that it can begin it while the page's own scripts are read. */
export function earlyEngine(): Plugin {
  return {
    name: 'early-engine',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, path }) {
        if (!bundle || path !== '/index.html') return html;
        if (!html.includes(BOOT)) throw new Error('index.html has no boot.js that could begin the engine.');
        return html.replace(BOOT, `${BOOT} data-engine="./assets/${workerNamedBy(Object.values(bundle))}"`);
      },
    },
  };
}
