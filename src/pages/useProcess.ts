import { useMemo } from 'react';
import type { Process } from '../core/processes/process.ts';
import { processOf } from '../experiment/noise.ts';
import { useShownNoise } from './useShownNoise.ts';

/** The forward process in force; while a learned schedule is being fitted, the one before. */
export function useProcess(): Process {
  const { config } = useShownNoise();
  return useMemo(() => processOf(config), [config]);
}

/** α²/(α² + σ²) at t: the share of the variance of x_t that is data, where the data has variance 1. */
export function signalAt({ kernel }: Pick<Process, 'kernel'>, time: number): number {
  const { alpha, sigma } = kernel(time);
  return alpha ** 2 / (alpha ** 2 + sigma ** 2);
}
