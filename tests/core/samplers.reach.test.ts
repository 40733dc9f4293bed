import { describe, expect, it } from 'vitest';
import { reach } from '../../bench/lib/reach.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { samplers } from '../../src/core/samplers/index.ts';

/** Enough to tell 1.1 from 1: the standard error is a sixtieth, a fortieth where the data are in pieces. */
const N_POINTS = 8000;
const TIMEOUT_MS = 240_000;
/** From this many evaluations on, two data sets of few components must do. */
const MANY = 60;
const FEW_SETS = ['twenty-five-gaussians', 'eight-gaussians'];

/** One that stays at its noise level stays away from the data. */
const reaching = samplers.entries.filter(({ fixedTime }) => fixedTime === undefined);

describe.each(reaching)('sampler $id at its usual steps', (sampler) => {
  const evaluations = sampler.adaptive ? 0 : sampler.usual.nSteps * (sampler.nfePerStep ?? 1);
  const sets = datasets.entries.filter(({ id }) => evaluations < MANY || FEW_SETS.includes(id));

  it.each(sets)(
    'comes within 1.1 times the distance of true draws to $id',
    (dataset) => {
      expect(reach(sampler, dataset, N_POINTS)).toBeLessThan(1.1);
    },
    TIMEOUT_MS,
  );
});
