import { registry } from '../registry.ts';

export const DENOISING = 'denoising';

/** Losses that do not know the noise. */
export type SlopeLoss = 'implicit' | 'sliced' | 'sliced-vr';

/**
 * What training minimises. All have the same gradient on average, since they differ by a constant: with q(x_t) the noised
 * data, E½‖s − ∇ln q(x_t|x_0)‖² (Vincent 2011), E½‖s − ∇ln q(x_t)‖² and E[½‖s‖² + ∇·s] (Hyvärinen 2005, Theorem 1).
 */
export interface TrainedLoss {
  readonly id: typeof DENOISING | SlopeLoss;
  readonly label: string;
  /** One sentence for a newcomer. */
  readonly summary: string;
  /** KaTeX source of the defining equation. */
  readonly equation: string;
}

export const trainedLosses = registry<TrainedLoss>('loss', [
  {
    id: DENOISING,
    label: 'Denoising',
    summary: 'The error of a guess at the noise that was added, which training knows: what everybody uses.',
    equation: String.raw`\mathbb{E}\,\lambda(t)\,\tfrac12\bigl\|s_\theta(x_t,t) - \nabla\ln q(x_t|x_0)\bigr\|^2`,
  },
  {
    id: 'implicit',
    label: 'Implicit score matching',
    summary:
      'Sees the noised points only, not their noise; the slope of the score costs a pass for each dimension, so images are out of reach.',
    equation: String.raw`\mathbb{E}\,\lambda(t)\,\bigl[\tfrac12\|s_\theta(x_t,t)\|^2 + \nabla\!\cdot s_\theta(x_t,t)\bigr]`,
  },
  {
    id: 'sliced',
    label: 'Sliced score matching',
    summary:
      'Implicit, along one random direction v instead of all: cheap in many dimensions, and noisier than knowing the noise.',
    equation: String.raw`\mathbb{E}\,\lambda(t)\,\bigl[\tfrac12(v^\top s_\theta)^2 + v^\top(\nabla_x s_\theta)\,v\bigr],\quad v \in \{-1,1\}^2`,
  },
  {
    id: 'sliced-vr',
    label: 'Sliced, variance-reduced',
    summary: 'Sliced score matching with the whole ‖s‖² in place of its part along v, which is known anyway.',
    equation: String.raw`\mathbb{E}\,\lambda(t)\,\bigl[\tfrac12\|s_\theta\|^2 + v^\top(\nabla_x s_\theta)\,v\bigr],\quad v \in \{-1,1\}^2`,
  },
]);

/** A loss, by its id, if it asks for the slope of the score; null for one that does not. */
export function slopeLossOf(loss: string): SlopeLoss | null {
  const { id } = trainedLosses.get(loss);
  return id === DENOISING ? null : id;
}

/** Whether a loss, by its id, asks for the slope of the score at the noised points. */
export const needsSlope = (loss: string): boolean => slopeLossOf(loss) !== null;
