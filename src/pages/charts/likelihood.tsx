import { useMemo, useState } from 'react';
import { type BoundVariance, likelihoodFigure, VARIANCE_SYMBOLS } from '../../charts/likelihoodFigure.ts';
import { useLikelihood } from '../../store/react.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { useClock } from '../clockContext.ts';
import { Bound2015Chart } from './bound2015.tsx';
import { ChartCard, type ChartInRow } from './ChartCard.tsx';

const NAMES: Readonly<Record<BoundVariance, string>> = {
  beta: 'Reverse variance beta',
  'beta-tilde': 'Reverse variance beta tilde',
  learned: 'Learned reverse variance',
  optimal: 'Optimal reverse variance',
};

const ABOUT =
  'How surprising points are that the model has never seen: −log₂ p per coordinate, in data units, so it may be negative. ' +
  'The bound adds what every step of the chain costs; no model gets below the entropy of the data. ' +
  'Exact is the perfect answer in the place of the network.';

const BOUNDS = [
  { value: 'ddpm', label: 'DDPM', name: 'Bound of DDPM, step by step' },
  { value: '2015', label: '2015', name: 'Bound K of 2015' },
] as const;

type Bound = (typeof BOUNDS)[number]['value'];

interface BoundChoiceProps {
  readonly bound: Bound;
  readonly onBound: (bound: Bound) => void;
}

function BoundChoice({ bound, onBound }: BoundChoiceProps) {
  return <Segmented label="Which bound" hideLabel value={bound} options={BOUNDS} onChange={onBound} />;
}

/** How likely the model finds the data, by the bound of DDPM or that of 2015. */
export function LikelihoodChart({ menu }: ChartInRow) {
  const [bound, setBound] = useState<Bound>('ddpm');
  const choice = { bound, onBound: setBound };
  return bound === '2015' ? (
    <Bound2015Chart menu={menu} corner={<BoundChoice {...choice} />} />
  ) : (
    <TermsChart menu={menu} {...choice} />
  );
}

/** The terms of DDPM's bound over t, and the sums in words. */
function TermsChart({ menu, ...choice }: ChartInRow & BoundChoiceProps) {
  const clock = useClock();
  const measured = useLikelihood();
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
        <>
          {shown && (
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
          )}
          <BoundChoice {...choice} />
        </>
      }
    />
  );
}
