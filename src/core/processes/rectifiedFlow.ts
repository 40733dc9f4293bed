import { requireBetween } from '../check.ts';
import { parameterValues } from '../parameters.ts';
import { eulerMaruyama, type Process, type ProcessFamily } from './process.ts';

/**
 * Straight lines from data to noise: α = 1 − t, σ = t (Liu et al. 2023; Lipman et al. 2023, optimal-transport path with
 * σ_min = 0), here with t = 1 at the noise. As an SDE it has f = −1/(1 − t), g² = 2t/(1 − t), infinite at t = 1,
 * where no signal is left.
 */
export const rectifiedFlowProcess: Process = {
  priorStd: 1,
  kernel(t) {
    requireBetween('The time t', t, 0, 1);
    return { alpha: 1 - t, sigma: t };
  },
  drift(t) {
    requireBetween('The time t', t, 0, 1);
    return -1 / (1 - t);
  },
  diffusion2(t) {
    requireBetween('The time t', t, 0, 1);
    return (2 * t) / (1 - t);
  },
  timeOf(noiseToSignal) {
    requireBetween('The ratio σ/α', noiseToSignal, 0, Infinity);
    return noiseToSignal === Infinity ? 1 : noiseToSignal / (1 + noiseToSignal);
  },
  discretize: (t, nSteps) => eulerMaruyama(rectifiedFlowProcess, t, nSteps),
};

export const rectifiedFlow: ProcessFamily = {
  id: 'rectified-flow',
  label: 'Rectified flow',
  summary: 'Every point walks in a straight line to its noise, so signal and noise trade places evenly.',
  equation: String.raw`x_t = (1-t)\,x_0 + t\,\varepsilon`,
  marginal: String.raw`\alpha = 1-t,\quad \sigma = t`,
  parameters: [],
  noise: 'own',
  usual: { output: 'flow' },
  build(values = {}) {
    parameterValues([], values);
    return rectifiedFlowProcess;
  },
  ofRate: null,
};
