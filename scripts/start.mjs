import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { openBrowser } from './lib/openBrowser.mjs';
import { root } from './lib/process.mjs';

/** `npm start`: installs and builds what is missing, serves the production build, opens the page. */
export async function main() {
  await ensureInstalled();
  await ensureBuilt();
  const { preview } = await import('vite');
  const server = await preview({
    root,
    logLevel: 'warn',
    preview: { host: 'localhost', port: 4173, strictPort: false },
  });
  const address = server.resolvedUrls.local[0];
  console.log(`Diffusion Playground is at ${address} (Ctrl-C ends it)`);
  openBrowser(address);

  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      console.log('\nBye.');
      process.exit(0);
    });
  }
}
