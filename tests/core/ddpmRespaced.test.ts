import { describe, expect, it } from 'vitest';
import { arraySpace } from '../../src/core/arraySpace.ts';
import { brownianPath } from '../../src/core/brownianPath.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { exactDenoiser } from '../../src/core/exact.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { respacedChain, spaceTimesteps } from '../../src/core/respacing.ts';
import { createRng } from '../../src/core/rng.ts';
import { noiseKeyOf, sample } from '../../src/core/sample.ts';
import { samplers } from '../../src/core/samplers/index.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { timeGrids } from '../../src/core/timeGrids/index.ts';
import { linear } from '../../src/core/timeGrids/linear.ts';
import type { SamplerOptions, Vector } from '../../src/core/types.ts';
import { expectClose, goldenCases } from './golden.ts';

const linearBetas = (nChain: number) => schedules.get('linear').betas(nChain, { rescale: true });

const T = 50;
const process = discreteChain(linearBetas(T));
const denoise = exactDenoiser(datasets.get('eight-gaussians').density(1), process);
const rng = createRng(3);
const start = Float64Array.from({ length: 40 }, () => rng.normal());

function endOf(id: string, times: readonly number[], options: SamplerOptions, onPath = true): Vector {
  const context = {
    space: arraySpace(createRng(1)),
    process,
    denoise,
    options,
    noiseKey: noiseKeyOf(T),
    ...(onPath && { reverseNoise: brownianPath(process, T, times) }),
  };
  return [...sample(samplers.get(id), context, times, start)].at(-1)!.x;
}

/** What a step of DDPM takes of x̂₀, x and the noise. */
function coefficients(
  betas: Float64Array,
  from: number,
  to: number,
  variance: SamplerOptions['variance'],
): readonly number[] {
  let seen: readonly number[] = [];
  const base = arraySpace(createRng(1));
  const space = {
    ...base,
    combine: (...terms: readonly (readonly [number, Vector])[]) => {
      seen = terms.map(([coef]) => coef);
      return base.combine(...terms);
    },
  };
  const [t, s] = [from / betas.length, to / betas.length];
  const context = {
    space,
    process: discreteChain(betas),
    denoise: (x: Vector) => x,
    options: { eta: 0, variance },
    noiseKey: () => 0,
  };
  void [...sample(samplers.get('ddpm'), context, [t, s], Float64Array.of(1, 1))];
  return seen;
}

describe('DDPM along fewer steps', () => {
  interface Params {
    readonly T: number;
    readonly section_counts: string | readonly number[];
  }
  it.each(goldenCases<Params, unknown>('subsequences', (id) => id.startsWith('space_')))(
    'is improved-diffusion’s respaced chain: $id',
    ({ params }) => {
      const betas = linearBetas(params.T);
      const steps = spaceTimesteps(params.T, params.section_counts);
      const { tables } = respacedChain(betas, steps);
      for (const [k, step] of steps.entries()) {
        const to = k === 0 ? 0 : steps[k - 1]! + 1;
        const large = coefficients(betas, step + 1, to, 'beta');
        const small = coefficients(betas, step + 1, to, 'beta-tilde');
        const mean = [tables.posteriorMeanCoef1[k]!, tables.posteriorMeanCoef2[k]!];
        expectClose(large.slice(0, 2), mean, { relative: 1e-9 });
        if (k === 0) continue;
        // σ̂² of DDIM's paper: 1 − ᾱ_t/ᾱ_s.
        expectClose([large[2]! ** 2, small[2]! ** 2], [tables.betas[k]!, tables.posteriorVariance[k]!], {
          relative: 1e-9,
        });
      }
    },
  );

  it.each(['beta', 'beta-tilde'] as const)('with S = T and %s is the chain’s own, to the bit', (variance) => {
    const own = Array.from({ length: T + 1 }, (_, i) => (T - i) / T);
    const options = { eta: 0, variance };
    expect(endOf('ddpm', linear.times(process, T, T), options)).toEqual(endOf('ddpm', own, options, false));
  });

  it.each(timeGrids.entries.map(({ id }) => id))('with β̃ is DDIM with η = 1 on the grid %s', (grid) => {
    for (const nSteps of [1, 7, 50]) {
      const times = timeGrids.get(grid).times(process, nSteps, T, { tau: [3, 9, 40] });
      const options = { eta: 1, variance: 'beta-tilde' } as const;
      expectClose(endOf('ddpm', times, options), endOf('ddim', times, options), { absolute: 1e-9 });
    }
  });
});
