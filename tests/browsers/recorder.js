// Runs in the page before its own scripts, and keeps whatever goes wrong there: not every driver tells.
window.recordedErrors = [];
const record = (what) => window.recordedErrors.push(String(what));
const consoleError = console.error;
console.error = (...words) => {
  record(words.join(' '));
  // As text: what a driver tells of an object is that there was one.
  consoleError(...words.map((word) => (word instanceof Error ? String(word) : word)));
};
window.addEventListener('unhandledrejection', ({ reason }) => record(`rejected: ${reason}`));
// Captured, so that scripts, styles and pictures that did not load are heard of as well.
window.addEventListener(
  'error',
  ({ message, target }) => record(message ?? `not loaded: ${target.src ?? target.href}`),
  true,
);
