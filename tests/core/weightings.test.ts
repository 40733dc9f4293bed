import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainTables } from '../../src/core/chain.ts';
import { parameterizations } from '../../src/core/parameterizations/index.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { processes } from '../../src/core/processes/index.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { weightings } from '../../src/core/weightings/index.ts';
import { weightAt, weightOn } from '../../src/core/weightings/weighting.ts';
import { expectClose } from './golden.ts';

const betas = schedules.get('linear').betas(100, { rescale: true });
const chain = discreteChain(betas);
const [eps, x0, v] = ['eps', 'x0', 'v'].map((id) => parameterizations.get(id));

/** The weight of a weighting on the noise at step i of the chain. */
const onEps = (id: string, i: number, values?: Record<string, number>) => {
  const weighting = weightings.get(id);
  return weightOn(eps!, weighting, weighting.build(values), weightAt(chain, i / 100, 100));
};

const inside = fc.integer({ min: 2, max: 100 });

describe.each(weightings.entries)('weighting $id', (weighting) => {
  it('is finite and positive within every process', () => {
    const time = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...processes.entries), time, ({ build }, t) => {
        const weight = weighting.build()(weightAt(build(), t, 100));
        expect(weight > 0 && weight < Infinity).toBe(true);
      }),
      { numRuns: 80 },
    );
  });

  it('weighs the same loss whatever the network was asked for', () => {
    fc.assert(
      fc.property(inside, fc.double({ min: 0.1, max: 2, noNaN: true }), (i, error) => {
        const at = weightAt(chain, i / 100, 100);
        const losses = parameterizations.entries.map((kind) => {
          const { out } = kind.scalings(at.kernel, at.previous);
          return weightOn(kind, weighting, weighting.build(), at) * (error / out) ** 2;
        });
        expectClose(losses, new Array<number>(losses.length).fill(losses[0]!), { relative: 1e-9 });
      }),
      { numRuns: 40 },
    );
  });

  it('says what it needs, and refuses an unknown parameter', () => {
    const bare = () => weighting.build()({ kernel: { alpha: 0.6, sigma: 0.8 } });
    if (weighting.needs.length > 0) expect(bare).toThrow(/needs (previous|diffusion2)/);
    else expect(Number.isFinite(bare())).toBe(true);
    expect(() => weighting.build({ nothing: 1 })).toThrow(/no parameter 'nothing'/);
  });
});

describe('what the papers say', () => {
  it('SNR on x0 and λ = σ² on the score are L_simple', () => {
    for (let i = 1; i <= 100; i++) {
      expectClose([onEps('snr', i), onEps('score-matching', i)], [1, 1], { relative: 1e-12 });
    }
  });

  it('a constant weight on v is SNR + 1 on x0', () => {
    const at = weightAt(chain, 0.3, 100);
    const weighting = weightings.get('snr-plus-one');
    expectClose([weightOn(v!, weighting, weighting.build(), at)], [1], { relative: 1e-12 });
  });

  it('min-SNR-γ on ε is min(SNR, γ)/SNR, P2 is (k + SNR)^−γ', () => {
    for (let i = 1; i <= 100; i++) {
      const { alpha, sigma } = chain.kernel(i / 100);
      const snr = (alpha / sigma) ** 2;
      expectClose([onEps('min-snr', i)], [Math.min(snr, 5) / snr], { relative: 1e-9 });
      expectClose([onEps('p2', i, { k: 2, gamma: 0.5 })], [(2 + snr) ** -0.5], { relative: 1e-9 });
    }
  });

  it('the variational weights are those of Eq. 12, and half the fall of the SNR', () => {
    const { alphas, alphasCumprod, posteriorVariance } = chainTables(betas);
    for (let i = 2; i <= 100; i++) {
      const [beta, alpha, alphaBar] = [betas[i - 1]!, alphas[i - 1]!, alphasCumprod[i - 1]!];
      const numerator = beta ** 2 / (2 * alpha * (1 - alphaBar));
      expectClose([onEps('variational', i)], [numerator / beta], { relative: 1e-9 });
      expectClose([onEps('variational-tilde', i)], [numerator / posteriorVariance[i - 1]!], {
        relative: 1e-9,
      });
      const snr = (a: number) => a / (1 - a);
      const weighting = weightings.get('variational-tilde');
      expectClose(
        [weightOn(x0!, weighting, weighting.build(), weightAt(chain, i / 100, 100))],
        [(snr(alphasCumprod[i - 2]!) - snr(alphaBar)) / 2],
        { relative: 1e-8 },
      );
    }
    expectClose([onEps('variational', 1)], [1 / (2 * alphas[0]!)], { relative: 1e-9 });
  });

  it('half the likelihood weight is the variational weight per unit of time, in the limit of short steps', () => {
    const process = processes.get('vp').build();
    const at = weightAt(process, 0.4, 1e5);
    const [bound, likelihood] = ['variational-tilde', 'likelihood'].map((id) => {
      const weighting = weightings.get(id);
      return weightOn(eps!, weighting, weighting.build(), at);
    });
    expectClose([bound! * 1e5], [likelihood! / 2], { relative: 1e-3 });
  });

  it.each([
    ['min-snr', { gamma: 0 }],
    ['p2', { k: -1 }],
    ['p2', { gamma: Number.NaN }],
    ['edm', { sigmaData: 0 }],
  ] as const)('%s refuses %j', (id, values) => {
    expect(() => weightings.get(id).build(values)).toThrow(/must be a number from/);
  });
});
