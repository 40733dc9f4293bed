import type { DensityRequest } from './density/request.ts';
import type { ScoreRequest } from './score/request.ts';

interface LayerFacts {
  /** In a link. */
  readonly letter: string;
  /** For people. */
  readonly label: string;
  /** What it needs recorded, beside what its view does. @param ofClass the class that the stage asks for, 0 for any */
  requests?(ofClass: number): readonly (DensityRequest | ScoreRequest)[];
}

const exactDensity = (ofClass: number): DensityRequest => ({
  kind: 'density',
  source: 'exact',
  ...(ofClass > 0 && { ofClass }),
});

const learnedScore = (ofClass: number): ScoreRequest => ({
  kind: 'score',
  source: 'learned',
  ...(ofClass > 0 && { ofClass }),
});

/** What a stage may draw. */
export const LAYERS = {
  points: { letter: 'p', label: 'Points' },
  density: { letter: 'd', label: 'Density' },
  trails: { letter: 't', label: 'Trails' },
  'x0-hat': { letter: 'x', label: 'Predicted x̂₀' },
  arrows: { letter: 'a', label: 'Arrows to x̂₀' },
  mesh: { letter: 'm', label: 'Mesh of x_T' },
  data: { letter: 's', label: 'True data' },
  contours: { letter: 'c', label: 'Contours of exact p_t', requests: (ofClass) => [exactDensity(ofClass)] },
  streamlines: {
    letter: 'l',
    label: 'Streamlines',
    requests: (ofClass) => [learnedScore(ofClass)],
  },
  origins: { letter: 'o', label: 'Draws of p(x₀|x_t)' },
  factors: { letter: 'f', label: 'Factors of the step' },
  score: { letter: 'g', label: 'Learned score', requests: (ofClass) => [learnedScore(ofClass)] },
} as const satisfies Readonly<Record<string, LayerFacts>>;

export type Layer = keyof typeof LAYERS;

/** The facts of a layer. */
export const layerOf = (id: Layer): LayerFacts => LAYERS[id];
