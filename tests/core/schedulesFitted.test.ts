import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainTables } from '../../src/core/chain.ts';
import { customDataset } from '../../src/core/datasets/custom.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { fitLearnedSchedule } from '../../src/core/schedules/fitLearnedSchedule.ts';
import { FITTED_ENDS, fittedTo } from '../../src/core/schedules/fitted.ts';
import { type LossCurve, lossCurve } from '../../src/core/schedules/lossCurve.ts';
import { monotoneNet, monotoneNetSize, sigmoid, softplus } from '../../src/core/schedules/monotoneNet.ts';
import { monotoneNetGradient } from '../../src/core/schedules/monotoneNetGradient.ts';
import { scaledDensity, standardization } from '../../src/core/standardize.ts';
import type { Density } from '../../src/core/types.ts';
import { expectClose } from './golden.ts';

const scaled = (density: Density) => scaledDensity(standardization(density), density);

/** The relative variance over t of γ′(t)·loss(γ(t)), at 5 000 times that the fit does not know. */
function lossVariance(
  gamma: (t: number) => { value: number; derivative: number },
  { gamma: levels, loss }: LossCurve,
): number {
  const lossAt = (value: number) => {
    const above = levels.findIndex((level) => level >= value);
    const k = Math.max(1, above === -1 ? levels.length - 1 : above);
    const share = (value - levels[k - 1]!) / (levels[k]! - levels[k - 1]!);
    return loss[k - 1]! + share * (loss[k]! - loss[k - 1]!);
  };
  const values = Array.from({ length: 5000 }, (_, i) => {
    const { value, derivative } = gamma((i + 0.5) / 5000);
    return derivative * lossAt(value);
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value / mean - 1) ** 2, 0) / values.length;
}

const straight = ({ gamma }: LossCurve) => {
  const [first, last] = [gamma[0]!, gamma.at(-1)!];
  return (t: number) => ({ value: first + t * (last - first), derivative: last - first });
};

/** The loss of data N(0, 1): ½·SNR/(1 + SNR). */
const gaussianCurve: LossCurve = (() => {
  const gamma = Float64Array.from({ length: 200 }, (_, i) => -9 + (15 * i) / 199);
  return { gamma, loss: gamma.map((value) => sigmoid(-value) / 2) };
})();

describe('the gradient of the monotone net', () => {
  it('is that of numeric differences, and the values are the net’s', () => {
    const size = monotoneNetSize(3);
    const anyParameters = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
      minLength: size,
      maxLength: size,
    });
    fc.assert(
      fc.property(anyParameters, (list) => {
        const parameters = Float64Array.from(list);
        const times = Float64Array.of(0, 0.3, 1);
        const slopes = Float64Array.of(1, -2, 0.5);
        const sum = (p: Float64Array) => {
          const net = monotoneNet(p);
          return times.reduce((total, t, i) => total + slopes[i]! * net(t).value, 0);
        };
        const { values, pullBack } = monotoneNetGradient(parameters, times);
        expectClose(
          values,
          times.map((t) => monotoneNet(parameters)(t).value),
          { relative: 1e-12 },
        );
        const h = 1e-5;
        const numeric = parameters.map((value, i) => {
          const [up, down] = [value + h, value - h].map((moved) => sum(parameters.with(i, moved)));
          return (up! - down!) / (2 * h);
        });
        expectClose(pullBack(slopes), numeric, { relative: 1e-5, absolute: 1e-7 });
      }),
      { numRuns: 100 },
    );
  });
});

describe('the loss curve', () => {
  it('of Gaussian data is ½·SNR/(1 + SNR)', () => {
    const gaussian: Density = [{ kind: 'gaussian', weight: 1, mean: [0, 0], covariance: [1, 0, 1] }];
    const { gamma, loss } = lossCurve(gaussian, FITTED_ENDS);
    expect([gamma[0], gamma.at(-1)]).toEqual([-FITTED_ENDS.logSnrMax, -FITTED_ENDS.logSnrMin]);
    expectClose(
      loss,
      gamma.map((value) => sigmoid(-value) / 2),
      { relative: 1e-12 },
    );
  });

  it.each(datasets.entries)('of $id lies below it: no data of variance 1 is harder', ({ density }) => {
    const { gamma, loss } = lossCurve(scaled(density(1)), FITTED_ENDS);
    // A Gaussian has the greatest error among all data of its variance; 10 % for the 96 draws.
    expect(loss.every((value, i) => value > 0 && value < 0.55 * sigmoid(-gamma[i]!))).toBe(true);
  });
});

describe('the fit', () => {
  it('to Gaussian data finds the known answer: 1 − ᾱ grows by equal factors in equal times', () => {
    const { gamma } = fitLearnedSchedule(gaussianCurve);
    // γ′·SNR/(1 + SNR) is constant when ln(1 + SNR) is linear in t.
    const [first, last] = [softplus(9), softplus(-6)];
    for (const t of [0.05, 0.2, 0.4, 0.6, 0.8, 0.95]) {
      expectClose([softplus(-gamma(t).value)], [first + t * (last - first)], { absolute: 0.1 });
    }
    expect(lossVariance(gamma, gaussianCurve)).toBeLessThan(
      lossVariance(straight(gaussianCurve), gaussianCurve) / 100,
    );
  });

  it.each(datasets.entries)(
    'to $id makes the variance 30 times smaller than a straight line does',
    ({ density }) => {
      for (const noise of [0.3, 1, 3]) {
        const curve = lossCurve(scaled(density(noise)), FITTED_ENDS);
        const { gamma } = fitLearnedSchedule(curve);
        expect(lossVariance(gamma, curve)).toBeLessThan(lossVariance(straight(curve), curve) / 30);
      }
    },
  );

  it('rises strictly between exact ends, for any curve', () => {
    const anyCurve = fc
      .tuple(
        fc.double({ min: -15, max: -1, noNaN: true }),
        fc.array(
          fc.tuple(fc.double({ min: 0.1, max: 3, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
          {
            minLength: 2,
            maxLength: 20,
          },
        ),
      )
      .filter(([, pairs]) => pairs.some(([, loss]) => loss > 0.01))
      .map(([start, pairs]): LossCurve => {
        let at = start;
        const gamma = Float64Array.from(pairs, ([width]) => (at += width));
        return { gamma, loss: Float64Array.from(pairs, ([, loss]) => loss) };
      });
    fc.assert(
      fc.property(anyCurve, (curve) => {
        const { gamma } = fitLearnedSchedule(curve);
        expectClose([gamma(0).value, gamma(1).value], [curve.gamma[0]!, curve.gamma.at(-1)!], {
          absolute: 1e-9,
        });
        for (let i = 1; i <= 100; i++) {
          expect(gamma(i / 100).value > gamma((i - 1) / 100).value).toBe(true);
          expect(gamma(i / 100).derivative > 0).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('is the same every time', () => {
    const curve = lossCurve(scaled(datasets.get('moons').density(1)), FITTED_ENDS);
    expect(fitLearnedSchedule(curve).parameters).toEqual(fitLearnedSchedule(curve).parameters);
  });

  it.each([
    [[0], [1], /at least 2 levels, with one loss each, not 1 and 1/],
    [[0, 1], [1], /not 2 and 1/],
    [[0, 0], [1, 1], /levels γ must rise; level 2 is 0/],
    [[0, Number.NaN], [1, 1], /levels γ must rise; level 2 is NaN/],
    [[0, 1], [1, -1], /at least 0; loss 2 is -1/],
    [[0, 1], [1, Infinity], /loss 2 is Infinity/],
    [[0, 1], [0, 0], /no loss to spread/],
  ])('refuses γ = %j, loss = %j', (gamma, loss, message) => {
    const curve = { gamma: Float64Array.from(gamma), loss: Float64Array.from(loss) };
    expect(() => fitLearnedSchedule(curve)).toThrow(message);
  });
});

describe('the schedule fitted to a data set', () => {
  const threePoints = customDataset(Float64Array.of(0, 0, 1, 1, 2, 0));

  it.each([...datasets.entries, threePoints])(
    '$id: a chain from DDPM’s first β to noise, for every T',
    ({ density }) => {
      const schedule = fittedTo(scaled(density(1)));
      for (const nSteps of [10, 50, 200, 1000]) {
        const { betas, alphasCumprod } = chainTables(schedule.betas(nSteps, { rescale: false }));
        expect(betas.every((beta) => beta > 0 && beta <= 0.999)).toBe(true);
        expectClose([alphasCumprod.at(-1)!], [sigmoid(FITTED_ENDS.logSnrMin)], { relative: 0.05 });
      }
    },
  );
});
