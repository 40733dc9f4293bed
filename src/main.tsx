import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { carriesExperiment } from './experiment/url.ts';
import { App } from './pages/App.tsx';
import { Boundary } from './pages/Boundary.tsx';
import { ensureResizeObserver } from './pages/resizeFallback.ts';
import { createEngineClient } from './runtime/client.ts';
import { isAtHand, type LinkReading, readLink, readLinkAtHand } from './store/link.ts';
import { installPageApi } from './store/pageApi.ts';
import { createPlayground } from './store/playgroundStore.ts';
import { lendWhereAsked } from './store/runs/lendWhereAsked.ts';
import { syncUrl } from './store/urlSync.ts';

function start({ config, experiment, warnings }: LinkReading): void {
  ensureResizeObserver();
  const search = new URLSearchParams(location.search);
  const embed = search.has('embed');
  // Whoever follows a link comes for what is in it; whoever comes to the page itself sees a network learn from nothing.
  const readyMade = embed || carriesExperiment(location.search);
  const engine = createEngineClient(readyMade ? {} : { pretrained: null });
  // An embed begins when it is seen.
  const playground = createPlayground(engine, {
    config,
    experiment,
    warnings,
    autoTrain: !embed,
  });
  installPageApi(playground);
  syncUrl(playground);
  lendWhereAsked(playground);

  if (search.has('fuzz')) {
    void import('./pages/fuzz/fuzz.ts').then(({ fuzzAsAsked }) => fuzzAsAsked(playground, search));
  }

  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no element with the id "root".');
  createRoot(root).render(
    <StrictMode>
      <Boundary what="This page">
        <App playground={playground} embed={embed} />
      </Boundary>
    </StrictMode>,
  );
}

// A link may name data that this device keeps, or a ready experiment.
if (isAtHand(location.search)) start(readLinkAtHand(location.search));
else void readLink(location.search).then(start);
