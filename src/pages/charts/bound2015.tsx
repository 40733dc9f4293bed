import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { type Bound2015Data, bound2015Figure } from '../../charts/bound2015Figure.ts';
import { EngineError } from '../../protocol/errors.ts';
import { usePlayground, usePlaygroundContext } from '../../store/react.ts';
import { runStudy } from '../../store/studies.ts';
import { ChartCard, type ChartInRow } from './ChartCard.tsx';

const ABOUT =
  'The bound K on log₂ p(x) by which the first paper measured (Sohl-Dickstein et al. 2015), of data brought to variance 1: more is better. ' +
  'L_null is what a plain Gaussian has. The chain destroys an equal part of the signal with each step; the longer it is, the nearer even the exact answer comes to the truth.';

const QUESTION = { nSteps: [10, 20, 40, 100, 200, 400], n: 400, seed: 1 } as const;

/** The bound of 2015 for more and more steps, measured while it is looked at and the model rests. */
export function Bound2015Chart({ menu, corner }: ChartInRow & { readonly corner: ReactNode }) {
  const { engine } = usePlaygroundContext();
  const resting = usePlayground(({ phase, step }) =>
    phase === 'training' || phase === 'starting' ? -1 : step,
  );
  const run = usePlayground(({ config }) => config);
  const { dataset, customPoints, noise, process, schedule, nChain, parameters } = run;
  // Another experiment has other numbers, from its first measurement on.
  const about = useMemo(
    () => ({ dataset, customPoints, noise, process, schedule, nChain, parameters }),
    [dataset, customPoints, noise, process, schedule, nChain, parameters],
  );
  const [found, setFound] = useState<{ about: object; data: Bound2015Data } | null>(null);
  const [trouble, setTrouble] = useState('');
  useEffect(() => {
    if (resting < 0) return;
    const leaving = new AbortController();
    const tell = (data: Bound2015Data) => {
      if (!leaving.signal.aborted) setFound({ about, data });
    };
    setTrouble('');
    runStudy(engine, 'bound2015', QUESTION, {
      signal: leaving.signal,
      onProgress: ({ result }) => result && tell(result),
    }).then(tell, (error: unknown) => {
      const isOver =
        error instanceof EngineError && (error.code === 'cancelled' || error.code === 'interrupted');
      if (!leaving.signal.aborted && !isOver) setTrouble(String(error));
    });
    return () => leaving.abort();
  }, [engine, resting, about]);
  const figure = useMemo(() => {
    const waiting = trouble || (resting < 0 ? 'measured when training rests' : 'measuring…');
    return bound2015Figure(found?.about === about ? found.data : null, waiting);
  }, [found, about, resting, trouble]);
  return <ChartCard menu={menu} figure={figure} about={ABOUT} corner={corner} />;
}
