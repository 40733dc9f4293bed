import { useEffect, useMemo, useState } from 'react';
import { useField, usePlaygroundContext } from '../../store/react.ts';
import type { StageConfig } from '../../views/index.ts';
import { useDataConfig } from '../useDataConfig.ts';

const NONE = new Float32Array(0);
/** While it is dragged, nothing is drawn. */
const PAUSE_MS = 250;

/**
 * What a stage shows as true data: under a condition exact draws of what is asked for.
 * @param data a draw of the data themselves
 */
export function useTrueData(stage: StageConfig, data: Float32Array): Float32Array {
  const { engine } = usePlaygroundContext();
  const seed = useField('seed');
  const of = useDataConfig();
  const noise = useField('noise');
  const condition = 'condition' in stage && stage.layers.includes('data') ? stage.condition : null;
  // Other data have other exact draws.
  const asked = useMemo(
    () => ({ condition, n: Math.max(1, data.length / 2), seed, of, noise }),
    [condition, data, seed, of, noise],
  );
  const [drawn, setDrawn] = useState<{ readonly asked: typeof asked; readonly points: Float32Array } | null>(
    null,
  );
  useEffect(() => {
    const { condition, n, seed } = asked;
    if (condition === null) return;
    let wanted = true;
    const timer = setTimeout(() => {
      engine.exact({ condition, n, seed }).then(
        (points) => wanted && setDrawn({ asked, points }),
        () => wanted && setDrawn({ asked, points: NONE }),
      );
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [engine, asked]);
  if (condition === null) return data;
  return drawn?.asked === asked ? drawn.points : NONE;
}
