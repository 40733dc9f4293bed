import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { assemblyScript } from './scripts/lib/assemblyScript.ts';
import { entriesApart } from './scripts/lib/entriesApart.ts';
import { isolation } from './scripts/lib/isolation.ts';

export default defineConfig({
  base: './',
  plugins: [react(), assemblyScript(), entriesApart(), isolation()],
  worker: { format: 'es', plugins: () => [assemblyScript(), entriesApart()] },
  define: {
    global: 'globalThis',
    // The minified build of tfjs-backend-wasm hangs in setBackend when it looks for threads.
    'process.env.NODE_DEBUG': 'undefined',
  },
  build: { target: 'es2023', chunkSizeWarningLimit: 2000 },
});
