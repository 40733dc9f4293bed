import { describe, expect, it } from 'vitest';
import { reach } from '../../bench/lib/reach.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { ddim } from '../../src/core/samplers/ddim.ts';
import { samplers } from '../../src/core/samplers/index.ts';
import type { Sampler } from '../../src/core/types.ts';

/**
 * No sampler is beyond 1.1 times the distance of true draws (`npm run bench reach` measures all data sets). N points read
 * the ratio r with an error: r² is off by 500/N·(X − 1), X the squared distance of true points over its mean. Over 30
 * seeds X varies like χ²/k with k from 2.5 up. From 1.1, 1.5 is reached at X = 9.3, by luck in 2 of 100 000 draws: with
 * other seeds, all that is below fails once in 1 500 times at most.
 */
const N_POINTS = 4000;
const BOUND = 1.5;
/** From this many evaluations on, the data set of fewest components must do. */
const MANY = 200;

/** One that stays at its noise level stays away from the data. */
const reaching = samplers.entries.filter(({ fixedTime }) => fixedTime === undefined);

describe.each(reaching)('sampler $id at its usual steps', (sampler) => {
  const evaluations = sampler.adaptive ? 0 : sampler.usual.nSteps * (sampler.nfePerStep ?? 1);
  const few = ['eight-gaussians'];
  const sets = evaluations < MANY ? [...few, 'twenty-five-gaussians', 'moons'] : few;

  it.each(sets)('comes near the data of %s', (dataset) => {
    expect(reach(sampler, datasets.get(dataset), N_POINTS)).toBeLessThan(BOUND);
  });
});

it('sees a sampler that shrinks its points by a hundredth in every step', () => {
  const shrinking: Sampler = {
    ...ddim,
    step(context, state, tNext) {
      const next = ddim.step(context, state, tNext);
      return { ...next, x: context.space.combine([0.99, next.x]) };
    },
  };
  expect(reach(shrinking, datasets.get('eight-gaussians'), N_POINTS)).toBeGreaterThan(BOUND);
});
