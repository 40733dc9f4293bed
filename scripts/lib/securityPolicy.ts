import type { Plugin } from 'vite';

/**
 * What the page may load and run, as directives of a Content-Security-Policy. All of it is the page's own, but for
 * - `wasm-unsafe-eval`: the kernels are WebAssembly, and no script is made from text;
 * - `blob:` workers: a sandboxed frame may not start a worker by its address;
 * - inline styles: dialogs and charts add style elements of their own;
 * - `data:` and `blob:`: TensorFlow.js fetches one file as data, pictures are made of canvases.
 */
export const POLICY: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self' blob:",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'self' data: blob:",
  'base-uri': "'none'",
  'form-action': "'none'",
};

export const policyText = (policy: Readonly<Record<string, string>> = POLICY): string =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');

/** Writes the policy into the built page. The development server needs inline scripts and a socket, so it has none. */
export function securityPolicy(): Plugin {
  return {
    name: 'security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policyText() },
        injectTo: 'head-prepend',
      },
    ],
  };
}
