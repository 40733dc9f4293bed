import { useMemo } from 'react';
import type { StageScene } from '../canvas/types.ts';
import { createRng } from '../core/rng.ts';
import { unitsOf } from '../core/standardize.ts';
import type { Dataset } from '../core/types.ts';
import { datasetOf, tableOf } from '../experiment/dataset.ts';
import { useField } from '../store/react.ts';
import { useDataConfig } from './useDataConfig.ts';

/** Half the view in standard deviations of the data: x_T is standard normal in the same units. */
const DEVIATIONS = 3.1;
const GHOSTS = 1200;

/** What all stages share: the part of the plane they show, and a draw of the true data behind them. */
export function useStageView(): Pick<StageScene, 'view' | 'data' | 'fileAxes'> {
  const config = useDataConfig();
  const noise = useField('noise');
  const seed = useField('seed');
  return useMemo(() => {
    const source = datasetOf(config);
    const { centre, scale } = unitsOf(source, noise);
    const draw = source.sample(GHOSTS, createRng(seed).fork('ghost'), noise);
    const { names, centre: from, scale: by } = tableOf(config);
    const isOfFile = names[0] !== '' || names[1] !== '';
    return {
      view: { centre, halfWidth: Math.max(DEVIATIONS * scale, reachOf(source, centre)) },
      data: Float32Array.from(draw),
      ...(isOfFile && { fileAxes: { names, centre: from, scale: by } }),
    };
  }, [config, noise, seed]);
}

/** Where few points are far out, the view shows the middle 99 %. */
function reachOf({ middle }: Dataset, centre: readonly [number, number]): number {
  if (!middle) return 0;
  const sides = [0, 1].flatMap((axis) =>
    [middle.low, middle.high].map((end) => Math.abs(end[axis as 0 | 1] - centre[axis as 0 | 1])),
  );
  return Math.max(...sides);
}
