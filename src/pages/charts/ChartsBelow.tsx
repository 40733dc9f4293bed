import { lazy, Suspense } from 'react';
import type { ChartId } from '../../experiment/charts.ts';
import { useField } from '../../store/react.ts';
import { Boundary } from '../Boundary.tsx';
import './chartRow.css';

/** How long the first picture of the page may take, milliseconds; one in the background is never drawn. */
const PATIENCE_MS = 300;

const ChartRow = lazy(async () => {
  await firstFrame();
  return { default: (await import('./ChartRow.tsx')).ChartRow };
});

/** The stages are seen first. */
const firstFrame = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, PATIENCE_MS);
  });

/** The charts, which come once the stages are there; their room is kept until then. */
export function ChartsBelow() {
  const chosen = useField('charts');
  return (
    <Boundary what="The charts">
      <Suspense fallback={<ChartPlaces chosen={chosen} />}>
        <ChartRow />
      </Suspense>
    </Boundary>
  );
}

function ChartPlaces({ chosen }: { readonly chosen: readonly ChartId[] }) {
  return (
    <div className="chart-area" aria-hidden>
      <div className="chart-row" data-count={chosen.length}>
        {chosen.map((id) => (
          <div key={id} className="chart-card" />
        ))}
      </div>
    </div>
  );
}
