import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import { type Connect, type Plugin, preview } from 'vite';
import { ISOLATION_HEADERS } from '../../scripts/lib/isolation.ts';

const dist = resolve(import.meta.dirname, '../..', process.env.DIST ?? 'dist');
const RECORDER = '/recorder.js';

export interface Site {
  readonly address: string;
  close(): Promise<void>;
}

/** How a host answers, before and beside what `vite preview` does. */
type Host = (request: Connect.IncomingMessage, response: ServerResponse) => void;

/** Serves the build as `npm start` does, with a script that records errors; `host` may spoil the answers. */
export async function serve(host: Host = () => {}): Promise<Site> {
  const recording: Plugin = {
    name: 'recording',
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        host(request, response);
        if (pathname === RECORDER) {
          response.setHeader('Content-Type', 'text/javascript');
          response.end(readFileSync(join(import.meta.dirname, 'recorder.js')));
        } else if (pathname === '/') {
          const page = readFileSync(join(dist, 'index.html'), 'utf8');
          response.setHeader('Content-Type', 'text/html;charset=utf-8');
          response.end(page.replace('<head>', `<head><script src="${RECORDER}"></script>`));
        } else next();
      });
    },
  };
  const server = await preview({
    logLevel: 'error',
    plugins: [recording],
    build: { outDir: dist },
    preview: { host: 'localhost', port: 0 },
  });
  return { address: server.resolvedUrls!.local[0]!, close: () => server.close() };
}

/** A host as there are many: nothing may be kept unasked, and "304 Not Modified" comes without the isolation headers. */
export const forgetful: Host = (request, response) => {
  response.setHeader('Cache-Control', 'no-cache');
  if (request.headers['if-none-match'] === undefined) return;
  for (const name of Object.keys(ISOLATION_HEADERS)) response.removeHeader(name);
};
