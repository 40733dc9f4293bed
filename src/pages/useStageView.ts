import { useMemo } from 'react';
import type { StageScene } from '../canvas/types.ts';
import { createRng } from '../core/rng.ts';
import { datasetOf, tableOf } from '../experiment/dataset.ts';
import { stageView } from '../experiment/stageView.ts';
import { useField } from '../store/react.ts';
import { useDataConfig } from './useDataConfig.ts';

const GHOSTS = 1200;

/** What all stages share: the part of the plane they show, and a draw of the true data behind them. */
export function useStageView(): Pick<StageScene, 'view' | 'data' | 'fileAxes'> {
  const config = useDataConfig();
  const noise = useField('noise');
  const seed = useField('seed');
  return useMemo(() => {
    const source = datasetOf(config);
    const draw = source.sample(GHOSTS, createRng(seed).fork('ghost'), noise);
    const { names, centre: from, scale: by } = tableOf(config);
    const isOfFile = names[0] !== '' || names[1] !== '';
    return {
      view: stageView(source, noise),
      data: Float32Array.from(draw),
      ...(isOfFile && { fileAxes: { names, centre: from, scale: by } }),
    };
  }, [config, noise, seed]);
}
