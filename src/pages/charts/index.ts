import type { ComponentType } from 'react';
import type { ChartId } from '../../experiment/charts.ts';
import type { ChartInRow } from './ChartCard.tsx';
import { DistanceChart } from './distance.tsx';
import { LevelsChart } from './levels.tsx';
import { LikelihoodChart } from './likelihood.tsx';
import { LossChart } from './loss.tsx';
import { OneStepChart } from './oneStep.tsx';
import { QualityChart } from './quality.tsx';
import { ScheduleChart } from './schedule.tsx';

/** How each chart is shown: one line each. */
export const charts: Readonly<Record<ChartId, ComponentType<ChartInRow>>> = {
  loss: LossChart,
  schedule: ScheduleChart,
  quality: QualityChart,
  distance: DistanceChart,
  levels: LevelsChart,
  likelihood: LikelihoodChart,
  'one-step': OneStepChart,
};
