import { type Parameter, parameterValues } from '../parameters.ts';
import { registry } from '../registry.ts';
import type { Threshold } from '../types.ts';

/** A way of keeping x̂₀ within the data's range. */
export interface Clip {
  readonly id: string;
  readonly label: string;
  /** One sentence for a newcomer. */
  readonly summary: string;
  /** What a stage says of it in a few words; null where there is nothing to say. */
  readonly phrase: string | null;
  readonly parameters: readonly Parameter[];
  /**
   * @param values the numbers that differ from the initial ones
   * @throws RangeError when a name is unknown or a value out of range
   */
  build(values: Readonly<Record<string, number>>): Threshold | null;
}

const LIMIT = {
  name: 'limit',
  label: 'Limit of x̂₀',
  hint: 'Where x̂₀ is stopped in each coordinate, in standard deviations of the data.',
  initial: 2.5,
  low: 0.2,
  high: 6,
} as const;

const QUANTILE = {
  name: 'quantile',
  label: 'Quantile',
  hint: 'Which of a point’s coordinates, by size, decides whether the point is shrunk; 1 is the largest.',
  initial: 0.995,
  low: 0.5,
  high: 1,
} as const;

const none: Clip = {
  id: 'none',
  label: 'None',
  summary: 'x̂₀ is taken as the network says it.',
  phrase: null,
  parameters: [],
  build(values) {
    parameterValues([], values);
    return null;
  },
};

/** Each coordinate clipped (Ho et al. 2020, whose pictures lie in [−1, 1]). */
const limit: Clip = {
  id: 'limit',
  label: 'Clip',
  summary: 'Coordinates of x̂₀ beyond the limit are cut off, as for pictures.',
  phrase: 'clipped',
  parameters: [LIMIT],
  build: (values) => ({ kind: 'limit', ...parameterValues([LIMIT], values) }),
};

/** Dynamic thresholding (Saharia et al. 2022, §2.3). */
const dynamic: Clip = {
  id: 'dynamic',
  label: 'Dynamic',
  summary: 'A predicted point beyond the limit is shrunk as a whole, which keeps its direction.',
  phrase: 'dynamic thresholding',
  parameters: [LIMIT, QUANTILE],
  build: (values) => ({ kind: 'dynamic', ...parameterValues([LIMIT, QUANTILE], values) }),
};

export const clips = registry<Clip>('clipping', [none, limit, dynamic]);
