import { describe, expect, it } from 'vitest';
import { reach } from '../../bench/lib/reach.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { samplers } from '../../src/core/samplers/index.ts';

/** Evaluations of the denoiser, times points, that a test may take; but so many points are needed to tell 1.1 from 1. */
const EFFORT = 400_000;
const [LEAST, MOST] = [3000, 10_000];
/** Of a sampler that chooses its own steps, roughly. */
const ADAPTIVE = 60;
/** From this many evaluations on, two data sets must do: one that is all curve, one in pieces. */
const MANY = 300;
const FEW_SETS = ['swiss-roll', 'eight-gaussians'];

/** One that stays at its noise level stays away from the data. */
const reaching = samplers.entries.filter(({ fixedTime }) => fixedTime === undefined);

describe.each(reaching)('sampler $id at its usual steps', (sampler) => {
  const evaluations = sampler.adaptive ? ADAPTIVE : sampler.usual.nSteps * (sampler.nfePerStep ?? 1);
  const few = evaluations >= MANY;
  const sets = datasets.entries.filter(({ id }) => !few || FEW_SETS.includes(id));

  const nPoints = Math.min(MOST, Math.max(LEAST, Math.round(EFFORT / evaluations)));

  it.each(sets)(
    'comes within 1.1 times the distance of true draws to $id',
    (dataset) => {
      expect(reach(sampler, dataset, nPoints)).toBeLessThan(1.1);
    },
    120_000,
  );
});
