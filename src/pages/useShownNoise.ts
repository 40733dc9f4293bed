import { useEffect, useReducer, useRef } from 'react';
import { LEARNED } from '../core/schedules/fitted.ts';
import { isLearned } from '../experiment/learnedSchedule.ts';
import type { NoiseConfig } from '../experiment/noise.ts';
import { followsSchedule } from '../experiment/scheduled.ts';
import { useField } from '../store/react.ts';
import { learnSoon } from './learnSoon.ts';
import { useNoiseConfig } from './useNoiseConfig.ts';

interface ShownNoise {
  readonly config: NoiseConfig;
  /** Whether this is still the one before, since the learned schedule is being fitted to other data. */
  readonly fitting: boolean;
}

/** The noise to draw: fitting the learned schedule takes longer than a frame, and the last one stays until it is done. */
export function useShownNoise(): ShownNoise {
  const config = useNoiseConfig();
  const overlays = useField('overlays');
  const wanted =
    followsSchedule(config.process) && (config.schedule === LEARNED.id || overlays.includes(LEARNED.id));
  const fitting = wanted && !isLearned(config);
  const shown = useRef(config);
  const [, refresh] = useReducer((count: number) => count + 1, 0);
  useEffect(() => (fitting ? learnSoon(config, refresh) : undefined), [config, fitting]);
  if (!fitting) shown.current = config;
  return { config: shown.current, fitting };
}
