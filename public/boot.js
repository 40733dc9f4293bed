// Runs before and apart from everything else, in the plainest JavaScript, so that it can say why nothing else does.
(() => {
  const reason = document.getElementById('boot-reason');
  const boot = document.getElementById('boot');
  const say = (text) => {
    // Once the page is there it speaks for itself.
    if (!boot.isConnected) return;
    reason.textContent = text;
    boot.className = 'boot is-stuck';
  };
  if (location.protocol === 'file:') {
    say('Browsers do not run this page from a file. Run "npm start" in its folder, or open it by its web address.');
    return;
  }
  // The engine comes up while the page's own scripts are read. Whatever fails here is tried again, and told of, by them.
  const { engine } = document.currentScript.dataset;
  if (engine) {
    try {
      const worker = new Worker(engine, { type: 'module' });
      const early = { worker, hasFailed: false };
      worker.onerror = () => {
        early.hasFailed = true;
      };
      window.earlyEngine = early;
    } catch {}
  }
  addEventListener(
    'error',
    ({ target, message }) => {
      if (target instanceof HTMLScriptElement) say('Its script could not be loaded; it may have been moved or blocked.');
      else if (message) say(`Its script stopped: ${message}`);
    },
    true,
  );
  addEventListener('unhandledrejection', ({ reason: error }) => say(`Its script stopped: ${error && error.message}`));
})();
