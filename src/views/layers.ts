import type { Condition } from '../experiment/conditions/types.ts';
import type { DensityRequest } from './density/request.ts';
import { runRequest, type ShowsRun } from './runRequest.ts';
import type { ScoreRequest } from './score/request.ts';

/** What a stage asks for, as far as its layers show it. */
export interface LayerQuestion extends ShowsRun {
  /** 1…K, 0 for any. */
  readonly ofClass: number;
  readonly condition: Condition | null;
}

interface LayerFacts {
  /** In a link. */
  readonly letter: string;
  /** For people. */
  readonly label: string;
  /** What it needs recorded, beside what its view does. */
  requests?(asked: LayerQuestion): readonly (DensityRequest | ScoreRequest)[];
}

const exactDensity = ({ ofClass, condition, run }: LayerQuestion): DensityRequest => ({
  kind: 'density',
  source: 'exact',
  ...(ofClass > 0 && condition?.kind !== 'class' && { ofClass }),
  ...(condition && { condition }),
  ...runRequest({ run }),
});

const learnedScore = ({ ofClass, run }: LayerQuestion): ScoreRequest => ({
  kind: 'score',
  source: 'learned',
  ...(ofClass > 0 && { ofClass }),
  ...runRequest({ run }),
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
  contours: { letter: 'c', label: 'Contours of exact p_t', requests: (asked) => [exactDensity(asked)] },
  streamlines: {
    letter: 'l',
    label: 'Streamlines',
    requests: (asked) => [learnedScore(asked)],
  },
  origins: { letter: 'o', label: 'Draws of p(x₀|x_t)' },
  factors: { letter: 'f', label: 'Factors of the step' },
  score: { letter: 'g', label: 'Learned score', requests: (asked) => [learnedScore(asked)] },
} as const satisfies Readonly<Record<string, LayerFacts>>;

export type Layer = keyof typeof LAYERS;

/** The facts of a layer. */
export const layerOf = (id: Layer): LayerFacts => LAYERS[id];
