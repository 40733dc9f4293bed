import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parameterizations } from '../../src/core/parameterizations/index.ts';
import { conversion, convert, predictedX0, target } from '../../src/core/parameterizations/output.ts';
import {
  edmOutput,
  edmPrecond,
  type Preconditioning,
  precondition,
  vePrecond,
  vpPrecond,
} from '../../src/core/parameterizations/preconditioning.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { processes } from '../../src/core/processes/index.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import type { Kernel, Vector } from '../../src/core/types.ts';
import { weightings } from '../../src/core/weightings/index.ts';
import { expectClose, flat, goldenCases, goldenFile, type Points } from './golden.ts';

const number = fc.double({ min: -3, max: 3, noNaN: true });
const points = fc.tuple(number, number).map((pair) => Float64Array.from(pair));

/** The least noise σ/α that networks are taught (Karras et al. 2022): below it the outputs differ by rounding alone. */
const LEAST_NOISE = 0.002;

/** A kernel of any process, with the one a little nearer the data. */
const kernels: fc.Arbitrary<readonly [Kernel, Kernel]> = fc
  .tuple(fc.constantFrom(...processes.entries), fc.double({ min: 0.05, max: 0.95, noNaN: true }))
  .map(([family, t]) => {
    const process = family.build();
    const { alpha, sigma } = process.kernel(t);
    const later = sigma < LEAST_NOISE * alpha ? process.timeOf(LEAST_NOISE) : t;
    return [process.kernel(later), process.kernel(0.9 * later)];
  });

const noised = ({ alpha, sigma }: Kernel, x0: Vector, eps: Vector): Vector =>
  x0.map((value, i) => alpha * value + sigma * eps[i]!);

describe.each(parameterizations.entries)('parameterization $id', (kind) => {
  it('has scalings that invert its target, for every process', () => {
    fc.assert(
      fc.property(kernels, points, points, ([kernel, previous], x0, eps) => {
        const output = target(kind, x0, eps, kernel, previous);
        const back = predictedX0(kind, output, noised(kernel, x0, eps), kernel, previous);
        expectClose(back, x0, { absolute: 1e-9 * (1 + kernel.sigma / kernel.alpha) });
      }),
      { numRuns: 80 },
    );
  });

  it.each(parameterizations.entries)('converts to $id and back', (other) => {
    fc.assert(
      fc.property(kernels, points, points, ([kernel, previous], x0, eps) => {
        const x = noised(kernel, x0, eps);
        const output = target(kind, x0, eps, kernel, previous);
        const converted = convert(output, x, kind, other, kernel, previous);
        const expected = target(other, x0, eps, kernel, previous);
        const scale = (1 + kernel.sigma / kernel.alpha) * (1 + 1 / kernel.sigma);
        expectClose(converted, expected, { absolute: 1e-9 * scale });
        const back = convert(converted, x, other, kind, kernel, previous);
        expectClose(back, output, { absolute: 1e-9 * scale ** 2 });
      }),
      { numRuns: 40 },
    );
  });

  it('has a finite target at every step of a chain', () => {
    const process = discreteChain(schedules.get('linear').betas(100, { rescale: true }));
    for (let i = 1; i <= 100; i++) {
      const { skip, out } = kind.scalings(process.kernel(i / 100), process.kernel((i - 1) / 100));
      expect(Number.isFinite(skip) && Number.isFinite(1 / out) && Number.isFinite(out)).toBe(true);
    }
  });

  it('describes itself', () => {
    expect(kind.summary).toMatch(/\.$/);
    expect(kind.equation).toContain('F');
  });
});

describe('known targets', () => {
  const kernel = { alpha: 0.6, sigma: 0.8 };
  it.each([
    ['eps', -0.7],
    ['x0', 1.3],
    ['v', 0.6 * -0.7 - 0.8 * 1.3],
    ['score', 0.7 / 0.8],
    ['flow', -2],
  ] as const)('%s', (id, expected) => {
    const actual = target(parameterizations.get(id), Float64Array.of(1.3), Float64Array.of(-0.7), kernel);
    expect(actual[0]).toBeCloseTo(expected, 12);
  });

  it('converts eps to score without touching the point', () => {
    const { x, output } = conversion(parameterizations.get('eps'), parameterizations.get('score'), kernel);
    expect(x).toBeCloseTo(0, 15);
    expect(output).toBeCloseTo(-1 / 0.8, 12);
  });

  it('mu needs the kernel one step earlier, and says so', () => {
    expect(() => parameterizations.get('mu').scalings(kernel)).toThrow(/one step earlier/);
  });

  it('refuses to convert without noise, and points of another number', () => {
    const [eps, v] = [parameterizations.get('eps'), parameterizations.get('v')];
    expect(() => conversion(eps, v, { alpha: 1, sigma: 0 })).toThrow(/where there is noise/);
    expect(() => convert(new Float64Array(4), new Float64Array(2), eps, v, kernel)).toThrow(/2 numbers/);
  });
});

describe('preconditioning', () => {
  interface Row {
    readonly sigma: number;
    readonly edm_loss_weight: number;
  }
  type Answer = { readonly D: Points; readonly network_input: Points; readonly c_noise: number };
  const { inputs } = goldenFile<{ inputs: Record<string, Points> }>('training');
  const [x, eps] = [flat(inputs.x_t!), flat(inputs.eps!)];
  const golden = goldenCases<{ sigma_data: number }, { rows: readonly Row[] }>('training', (id) =>
    id.startsWith('precond'),
  );

  it.each(golden)('$id', ({ params, values }) => {
    const wrappers: readonly (readonly [string, Preconditioning])[] = [
      ['EDMPrecond', edmPrecond(params.sigma_data)],
      ['VPPrecond', vpPrecond()],
      ['VEPrecond', vePrecond],
    ];
    for (const row of values.rows) {
      const fixed = { kernel: () => ({ alpha: 1, sigma: row.sigma }), drift: () => 0, diffusion2: () => 0 };
      for (const [name, wrapper] of wrappers) {
        const expected = (row as unknown as Record<string, Answer>)[name]!;
        let asked: { input: Vector; cNoise: number } | null = null;
        const network = (input: Vector, cNoise: number) => {
          asked = { input, cNoise };
          return eps;
        };
        expectClose(precondition(wrapper, network, fixed)(x, 0), flat(expected.D), {
          relative: 1e-12,
          absolute: 1e-12,
        });
        const { input, cNoise } = asked!;
        expectClose(input, flat(expected.network_input), { relative: 1e-12 });
        expectClose([cNoise], [expected.c_noise], { relative: 1e-9 });
      }
      const kernel = { alpha: 1, sigma: row.sigma };
      const weight = weightings.get('edm').build({ sigmaData: params.sigma_data })({ kernel });
      expectClose([weight], [row.edm_loss_weight], { relative: 1e-12 });
    }
  });

  it('as an output has the scalings of its coefficients', () => {
    fc.assert(
      fc.property(kernels, fc.double({ min: 0.1, max: 3, noNaN: true }), ([kernel], sigmaData) => {
        const { skip, out } = edmOutput(sigmaData).scalings(kernel);
        const { cSkip, cOut } = edmPrecond(sigmaData).coefficients(kernel.sigma / kernel.alpha);
        expectClose([skip, out], [cSkip / kernel.alpha, cOut], { relative: 1e-9 });
      }),
      { numRuns: 80 },
    );
  });

  it('gives the network inputs and targets of unit variance', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (sigma, sd) => {
          const { cIn } = edmPrecond(sd).coefficients(sigma);
          const { x0, eps: noise } = edmOutput(sd).mix({ alpha: 1, sigma });
          expectClose([cIn ** 2 * (sd ** 2 + sigma ** 2), (x0 * sd) ** 2 + noise ** 2], [1, 1], {
            relative: 1e-12,
          });
        },
      ),
      { numRuns: 80 },
    );
  });

  it.each([0, -1, Number.NaN])('refuses sigma = %s', (sigma) => {
    expect(() => edmPrecond(sigma)).toThrow(/sigmaData/);
    for (const { coefficients } of [edmPrecond(1), vpPrecond(), vePrecond]) {
      expect(() => coefficients(sigma)).toThrow(RangeError);
    }
  });
});
