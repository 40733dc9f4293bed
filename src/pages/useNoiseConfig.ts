import { useMemo } from 'react';
import type { NoiseConfig } from '../experiment/noise.ts';
import { useField, usePlayground } from '../store/react.ts';
import { useDataConfig } from './useDataConfig.ts';

/** The part of the experiment that the noise depends on: the same object until that part changes. A curve that is being dragged is in it. */
export function useNoiseConfig(): NoiseConfig {
  const process = useField('process');
  const parameters = useField('parameters');
  const schedule = useField('schedule');
  const nChain = useField('nChain');
  const rescale = useField('rescale');
  const chosenCurve = useField('drawnSchedule');
  const drawnSchedule = usePlayground(({ previewedCurve }) => previewedCurve) ?? chosenCurve;
  const zeroTerminalSnr = useField('zeroTerminalSnr');
  const data = useDataConfig();
  const noise = useField('noise');
  return useMemo(
    () => ({
      process,
      parameters,
      schedule,
      nChain,
      rescale,
      drawnSchedule,
      zeroTerminalSnr,
      ...data,
      noise,
    }),
    [process, parameters, schedule, nChain, rescale, drawnSchedule, zeroTerminalSnr, data, noise],
  );
}
