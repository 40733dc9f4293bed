import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { assemblyScript } from './scripts/lib/assemblyScript.ts';
import { earlyEngine } from './scripts/lib/earlyEngine.ts';
import { entriesApart } from './scripts/lib/entriesApart.ts';
import { isolation } from './scripts/lib/isolation.ts';
import { onlyWoff2 } from './scripts/lib/onlyWoff2.ts';
import { securityPolicy } from './scripts/lib/securityPolicy.ts';
import { thirdPartyNotices } from './scripts/lib/thirdPartyNotices.ts';

const notices = thirdPartyNotices();
/** Licences are in one file of their own, so that chunks need no comments. */
const rolldownOptions = { output: { comments: false } };

export default defineConfig({
  base: './',
  plugins: [
    react(),
    assemblyScript(),
    earlyEngine(),
    entriesApart(),
    isolation(),
    onlyWoff2(),
    securityPolicy(),
    notices.page,
  ],
  worker: {
    format: 'es',
    plugins: () => [assemblyScript(), entriesApart(), notices.collect()],
    rolldownOptions,
  },
  define: {
    global: 'globalThis',
    // The minified build of tfjs-backend-wasm hangs in setBackend when it looks for threads.
    'process.env.NODE_DEBUG': 'undefined',
  },
  // An embed in a sandbox asks for its scripts with the origin "null".
  preview: { cors: { origin: '*' } },
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { ...rolldownOptions, input: ['index.html', 'bench.html'] },
    // The security policy allows no fonts but files.
    assetsInlineLimit: (path) => (path.endsWith('.woff2') ? false : undefined),
  },
});
