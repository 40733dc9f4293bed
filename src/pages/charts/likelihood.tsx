import { useMemo, useState } from 'react';
import { type BoundVariance, likelihoodFigure, VARIANCE_SYMBOLS } from '../../charts/likelihoodFigure.ts';
import { usePlayground } from '../../store/react.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { useClock } from '../clockContext.ts';
import { ChartCard, type ChartInRow } from './ChartCard.tsx';

const NAMES: Readonly<Record<BoundVariance, string>> = {
  beta: 'Reverse variance beta',
  'beta-tilde': 'Reverse variance beta tilde',
  learned: 'Learned reverse variance',
};

const ABOUT =
  'How surprising points are that the model has never seen: −log₂ p per coordinate, in data units, so it may be negative. ' +
  'The bound adds what every step of the chain costs; no model gets below the entropy of the data. ' +
  'Exact is the perfect answer in the place of the network.';

/** How likely the model finds the data: the bound's terms over t, and the sums in words. */
export function LikelihoodChart({ menu }: ChartInRow) {
  const clock = useClock();
  const measured = usePlayground((state) => state.likelihood);
  const [wanted, setWanted] = useState<BoundVariance>();
  const figure = useMemo(() => likelihoodFigure(measured, wanted), [measured, wanted]);
  const offered = measured?.terms.kind === 'bound' ? measured.terms.of.map(({ variance }) => variance) : [];
  const shown = offered.find((variance) => variance === wanted) ?? offered[0];
  return (
    <ChartCard
      menu={menu}
      figure={figure}
      cursor={clock}
      about={ABOUT}
      corner={
        shown && (
          <Segmented
            label="Variance of the reverse steps"
            hideLabel
            value={shown}
            options={offered.map((value) => ({
              value,
              label: VARIANCE_SYMBOLS[value],
              name: NAMES[value],
            }))}
            onChange={setWanted}
          />
        )
      }
    />
  );
}
