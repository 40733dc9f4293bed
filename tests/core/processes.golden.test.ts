import { expect, it } from 'vitest';
import { processes } from '../../src/core/processes/index.ts';
import { type Process, priorLogDensity } from '../../src/core/processes/process.ts';
import { linearRate } from '../../src/core/processes/rates.ts';
import { expectClose, flat, goldenCases, goldenFile, type Points } from './golden.ts';

interface Params {
  readonly kind: 'vp' | 'subvp' | 've';
  readonly N?: number;
  readonly beta_min?: number;
  readonly beta_max?: number;
  readonly sigma_min?: number;
  readonly sigma_max?: number;
}

interface Row {
  readonly t: number;
  readonly mean_coeff: number;
  readonly std: number;
  readonly drift: Points;
  readonly diffusion: number;
  readonly discretize_f: Points;
  readonly discretize_G: number;
}

interface Values {
  readonly rows: readonly Row[];
  readonly prior_logp_of_x_t: readonly number[];
  readonly discrete_betas_ends?: readonly number[];
  readonly discrete_sigmas_ends?: readonly number[];
  readonly alphas_cumprod_last?: number;
}

const built = ({ kind, beta_min, beta_max, sigma_min, sigma_max }: Params): Process => {
  const values = { betaMin: beta_min, betaMax: beta_max, sigmaMin: sigma_min, sigmaMax: sigma_max };
  const given = Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return processes.get(kind === 'subvp' ? 'sub-vp' : kind).build(Object.fromEntries(given));
};

const { inputs } = goldenFile<{ inputs: { x_t: Points } }>('sde');
const xt = flat(inputs.x_t);
const cases = goldenCases<Params, Values>('sde', (id) => /^(vp|subvp|ve)_/.test(id));

it.each(cases)('$id: marginals, f, g, discretisation, prior', ({ params, values }) => {
  const process = built(params);
  for (const row of values.rows) {
    const { alpha, sigma } = process.kernel(row.t);
    const drift = process.drift(row.t);
    const { f, G } = process.discretize(row.t, params.N ?? 1000);
    expectClose([alpha], [row.mean_coeff], { relative: 1e-12 });
    expectClose([sigma], [row.std], { relative: 1e-9 });
    expectClose(
      xt.map((value) => drift * value),
      flat(row.drift),
      { relative: 1e-12 },
    );
    expectClose([Math.sqrt(process.diffusion2(row.t))], [row.diffusion], { relative: 1e-9 });
    expectClose(
      xt.map((value) => f * value),
      flat(row.discretize_f),
      { absolute: 1e-12, relative: 1e-12 },
    );
    expectClose([G], [row.discretize_G], { relative: 1e-9 });
  }
  expectClose(priorLogDensity(process, xt), values.prior_logp_of_x_t, { relative: 1e-12 });
});

it.each(cases.filter(({ values }) => values.discrete_betas_ends))(
  '$id: the discrete betas',
  ({ params, values }) => {
    const betas = linearRate(params.beta_min!, params.beta_max!).betas(params.N!);
    expectClose([betas[0]!, betas[1]!, betas.at(-1)!], values.discrete_betas_ends!, { relative: 1e-12 });
    const last = betas.reduce((product, beta) => product * (1 - beta), 1);
    expectClose([last], [values.alphas_cumprod_last!], { relative: 1e-12 });
  },
);

it.each(cases.filter(({ values }) => values.discrete_sigmas_ends))(
  '$id: the discrete sigmas',
  ({ params, values }) => {
    const process = built(params);
    const last = params.N! - 1;
    const sigmas = [0, 1, last].map((i) => process.kernel(i / last).sigma);
    expectClose(sigmas, values.discrete_sigmas_ends!, { relative: 1e-12 });
    expect(process.discretize(0, params.N!).G).toBe(process.kernel(0).sigma);
  },
);
