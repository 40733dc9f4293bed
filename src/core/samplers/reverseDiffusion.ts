import type { Sampler } from '../types.ts';
import { noiseless, noiselessStep, noisyStep, reverseNoise, scoreTerms, transition } from './steps.ts';

/**
 * Reverse diffusion (Song et al. 2021, App. E): the reverse SDE discretised as the forward process is,
 * x_t = a x_s + b z with a = α_t/α_s and b² = σ_t² − a²σ_s², so f = (a − 1)x_t and G² = b². For VP that is
 * x_s = (2 − √(1−β))x_t + β ∇ln p_t + √β z.
 */
export const reverseDiffusion: Sampler = {
  id: 'reverse-diffusion',
  label: 'Reverse diffusion',
  summary: 'Undoes the forward step as it was taken, with the score’s pull and as much fresh noise.',
  equation: String.raw`x_{t-1} = \bigl(2-\sqrt{1-\beta_t}\bigr)\,x_t + \beta_t\,\nabla\!\ln p_t(x_t) + \sqrt{\beta_t}\;z`,
  uses: [],
  usual: { nSteps: 1000, timeGrid: 'linear' },
  stochastic: () => true,
  step: noisyStep('Reverse diffusion', (leap) => {
    const { space, x, x0Hat, t, s, from, to } = leap;
    const { ratio, variance } = transition(from, to);
    return space.combine([2 - ratio, x], ...scoreTerms(x, x0Hat, from, variance), [
      Math.sqrt(variance),
      reverseNoise(leap, x, t, s),
    ]);
  }),
};

/**
 * The probability-flow ODE discretised likewise (Song et al. 2021, App. D): half the score's pull and no noise. Towards
 * noise it takes the forward step, x_s = a x_t − ½b² ∇ln p_t; from where no signal is left, DDIM's.
 */
export const probabilityFlow: Sampler = {
  id: 'probability-flow',
  label: 'PF ODE (β steps)',
  summary:
    'The probability-flow ODE by Euler’s method in the chain’s own steps: half the score’s pull, no noise.',
  equation: String.raw`x_{t-1} = \bigl(2-\sqrt{1-\beta_t}\bigr)\,x_t + \tfrac{1}{2}\beta_t\,\nabla\!\ln p_t(x_t)`,
  uses: [],
  usual: { nSteps: 1000, timeGrid: 'linear' },
  order: 1,
  stochastic: () => false,
  step: noiselessStep(({ space, x, x0Hat, t, s, from, to }) => {
    if (from.alpha === 0) return space.combine(...noiseless(x, x0Hat, from, to));
    const down = s < t;
    const { ratio, variance } = down ? transition(from, to) : transition(to, from);
    const pull = down ? variance / 2 : -variance / 2;
    return space.combine([down ? 2 - ratio : ratio, x], ...scoreTerms(x, x0Hat, from, pull));
  }),
};
