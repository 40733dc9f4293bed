import { statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import type { Connect, Plugin } from 'vite';

/**
 * Cross-origin isolation, by which threads may share memory; the last one lets isolated pages of other origins embed
 * this one. Nothing depends on any of them.
 */
export const ISOLATION_HEADERS: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** Files under assets/ have their content's hash in their name, so they never change. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const HASHED = /^\/assets\/[^/]+$/;

/**
 * Vite's servers with the isolation headers on every answer. Vite's own setting leaves them off `304 Not Modified`, and
 * WebKit then refuses the worker on a second visit. What has its hash in its name is not even asked for again.
 */
export function isolation(): Plugin {
  return {
    name: 'isolation',
    configureServer({ middlewares }) {
      middlewares.use(isolated);
    },
    configurePreviewServer({ middlewares, config }) {
      const folder = resolve(config.root, config.build.outDir);
      middlewares.use(isolated);
      middlewares.use((request, response, next) => {
        // Not by the rules of URLs, by which two slashes at the beginning would be those of a host.
        const [path = '/'] = (request.url ?? '/').split(/[?#]/);
        if (HASHED.test(path) && isFile(join(folder, path))) {
          response.setHeader('Cache-Control', FOR_EVER);
        }
        next();
      });
    },
  };
}

function isolated(_: Connect.IncomingMessage, response: ServerResponse, next: Connect.NextFunction): void {
  for (const [name, value] of Object.entries(ISOLATION_HEADERS)) response.setHeader(name, value);
  next();
}

/** A page may be answered in place of a missing file, and that is not to be kept. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
