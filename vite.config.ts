import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { assemblyScript } from './scripts/lib/assemblyScript.ts';

export default defineConfig({
  base: './',
  plugins: [react(), assemblyScript()],
  worker: { format: 'es', plugins: () => [assemblyScript()] },
  define: {
    global: 'globalThis',
    // The minified build of tfjs-backend-wasm hangs in setBackend when it looks for threads.
    'process.env.NODE_DEBUG': 'undefined',
  },
  build: { target: 'es2023', chunkSizeWarningLimit: 2000 },
});
