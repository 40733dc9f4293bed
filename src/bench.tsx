import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BenchPage } from './pages/bench/BenchPage.tsx';
import { followSystemTheme } from './pages/theme.ts';

followSystemTheme();
const given = Number(new URLSearchParams(location.search).get('seconds'));
const root = document.getElementById('root');
if (root === null) throw new Error('bench.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <BenchPage seconds={given > 0 ? Math.min(given, 60) : 1} />
  </StrictMode>,
);
