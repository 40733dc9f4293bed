import { useMemo, useState } from 'react';
import { Chart } from '../charts/Chart.tsx';
import { QUALITY_KINDS, type QualityKind, qualityFigure } from '../charts/qualityFigure.ts';
import { Hint } from '../controls/Hint.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { usePlayground } from '../store/react.ts';

const NAMES: Readonly<Record<QualityKind, { label: string; name: string; about: string }>> = {
  slicedW2: {
    label: 'W₂',
    name: 'Sliced Wasserstein-2 distance',
    about:
      'How far points must travel on average to turn samples into fresh data. It sees the whole and hardly notices a few strays.',
  },
  strays: {
    label: 'strays',
    name: 'Samples off the data',
    about:
      'Samples where the data are not: less likely than 99 % of the data or, where the data have sharp edges or are your own points, ' +
      'farther from the nearest data point than 99 % of the data are from each other. True draws have 1 %.',
  },
  missed: {
    label: 'missed',
    name: 'Data that is missed',
    about:
      'Data points whose neighbourhood, out to the fifth nearest other data point, holds none of as many samples. True draws miss 3.1 %.',
  },
};

/** How good the person's own model was by step: the distance, the strays or what is missed. */
export function QualityChart() {
  const points = usePlayground((state) => state.ownQuality);
  const latest = usePlayground((state) => state.quality);
  const [kind, setKind] = useState<QualityKind>('strays');
  const perfect = latest?.[kind].perfect ?? null;
  const figure = useMemo(() => qualityFigure(points, kind, perfect), [points, kind, perfect]);
  return (
    <div className="chart-card">
      <Chart
        figure={figure}
        hint={<Hint subject={figure.title} text={NAMES[kind].about} />}
        corner={
          <Segmented
            label="Measure of quality"
            hideLabel
            value={kind}
            options={QUALITY_KINDS.map((value) => ({
              value,
              label: NAMES[value].label,
              name: NAMES[value].name,
            }))}
            onChange={setKind}
          />
        }
      />
    </div>
  );
}
