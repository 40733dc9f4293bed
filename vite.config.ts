import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { assemblyScript } from './scripts/lib/assemblyScript.ts';

/**
 * Cross-origin isolation, by which threads may share memory; the last one lets isolated pages of other origins embed
 * this one. Nothing depends on any of them.
 */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

export default defineConfig({
  base: './',
  plugins: [react(), assemblyScript()],
  worker: { format: 'es', plugins: () => [assemblyScript()] },
  server: { headers },
  preview: { headers },
  define: {
    global: 'globalThis',
    // The minified build of tfjs-backend-wasm hangs in setBackend when it looks for threads.
    'process.env.NODE_DEBUG': 'undefined',
  },
  build: { target: 'es2023', chunkSizeWarningLimit: 2000 },
});
