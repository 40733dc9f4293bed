import type { ComponentType } from 'react';
import type { ChartId } from '../../experiment/charts.ts';
import { LikelihoodChart } from './likelihood.tsx';
import { LossChart } from './loss.tsx';
import { QualityChart } from './quality.tsx';
import { ScheduleChart } from './schedule.tsx';

/** How each chart is shown: one line each. */
export const charts: Readonly<Record<ChartId, ComponentType>> = {
  schedule: ScheduleChart,
  loss: LossChart,
  quality: QualityChart,
  likelihood: LikelihoodChart,
};
