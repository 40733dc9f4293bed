import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  define: {
    global: 'globalThis',
    // The minified build of tfjs-backend-wasm hangs in setBackend when it looks for threads.
    'process.env.NODE_DEBUG': 'undefined',
  },
  build: { target: 'es2023', chunkSizeWarningLimit: 2000 },
});
