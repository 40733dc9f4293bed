import { useMemo } from 'react';
import { datasetOf } from '../config/dataset.ts';
import { createRng } from '../core/rng.ts';
import { unitsOf } from '../core/standardize.ts';
import type { StageScene } from '../stage/types.ts';
import { useField } from '../store/react.ts';
import { useDataConfig } from './useDataConfig.ts';

/** Half the view in standard deviations of the data: x_T is standard normal in the same units. */
const DEVIATIONS = 3.1;
const GHOSTS = 1200;

/** What all stages share: the part of the plane they show, and a draw of the true data behind them. */
export function useStageView(): Pick<StageScene, 'view' | 'data'> {
  const config = useDataConfig();
  const noise = useField('noise');
  const seed = useField('seed');
  return useMemo(() => {
    const source = datasetOf(config);
    const { centre, scale } = unitsOf(source, noise);
    const draw = source.sample(GHOSTS, createRng(seed).fork('ghost'), noise);
    return { view: { centre, halfWidth: DEVIATIONS * scale }, data: Float32Array.from(draw) };
  }, [config, noise, seed]);
}
