import { parameterValues } from '../parameters.ts';
import type { Kernel, Sampler, SampleState } from '../types.ts';
import { halfLogSnr, leaveData, noiseless, type Term } from './steps.ts';

/** B(h), a free choice of UniPC's: h itself, or e^h − 1 (which the paper prefers). Here h → −h, as for x̂₀. */
export type UniPCVariant = 'bh1' | 'bh2';

const SCALES: Record<UniPCVariant, (h: number) => number> = {
  bh1: (h) => -h,
  bh2: (h) => Math.expm1(-h),
};

const PARAMETERS = [
  {
    name: 'bVariant',
    label: 'B(h)',
    hint: 'How the correction is weighed: 1 takes B(h) = h, 2 takes e^h − 1, which the paper prefers.',
    initial: 2,
    low: 1,
    high: 2,
    whole: true,
  },
] as const;

/**
 * UniPC of order 2 (Zhao et al. 2023, Alg. 1 and 2) in terms of x̂₀: UniC corrects the point with the answer found at it,
 * then UniP predicts the next point. The answer is used twice, so a step costs one evaluation. The states are the
 * predicted points: the last one, at which nothing is evaluated, is not corrected, as in the reference.
 * @throws RangeError when the variant is not one of the two
 */
export function uniPC(variant: UniPCVariant = 'bh2'): Sampler {
  if (!Object.hasOwn(SCALES, variant)) {
    throw new RangeError(`The variant of UniPC must be 'bh1' or 'bh2', not '${variant}'.`);
  }
  const scaleOf = SCALES[variant];
  return {
    id: 'unipc',
    label: 'UniPC',
    summary:
      'Predicts the next point, then corrects it with the very answer found there: third-order accuracy at DDIM’s cost.',
    equation: String.raw`x_s^{c} = \frac{\sigma_s}{\sigma_t}x_t^{c} - \alpha_s\,(e^{-h}-1)\,\hat x_0^{(t)} - \alpha_s B(h)\Bigl[\rho_1\tfrac{\hat x_0^{(t')}-\hat x_0^{(t)}}{r} + \rho_2\bigl(\hat x_0^{(s)}-\hat x_0^{(t)}\bigr)\Bigr]`,
    uses: [],
    usual: { nSteps: 25, timeGrid: 'quadratic' },
    order: 3,
    parameters: PARAMETERS,
    build: (values) => uniPC(parameterValues(PARAMETERS, values).bVariant === 1 ? 'bh1' : 'bh2'),
    stochastic: () => false,
    step(context, state, tNext) {
      const { space, process, denoise } = context;
      const { t, x, nfe, history } = state;
      const from = process.kernel(t);
      const to = process.kernel(tNext);
      if (from.sigma === 0) return leaveData(context, state, tNext);
      const x0Hat = denoise(x, t);
      const next = { t: tNext, x0Hat, nfe: nfe + 1, history: [{ t, x0Hat }, ...history.slice(0, 1)] };
      if (to.sigma === 0) return { ...next, x: x0Hat };
      if (to.alpha === 0) return { ...next, x: space.combine(...noiseless(x, x0Hat, from, to)) };

      const past = history.map((answer) => ({ ...answer, lambda: halfLogSnr(process.kernel(answer.t)) }));
      const corrected = correction(x0Hat, from, past, scaleOf);
      const xCorrected = corrected.length === 0 ? x : space.combine([1, x], ...corrected);

      const lambda = halfLogSnr(from);
      const h = halfLogSnr(to) - lambda;
      const terms: Term<typeof x>[] = [
        [to.sigma / from.sigma, xCorrected],
        [-to.alpha * Math.expm1(-h), x0Hat],
      ];
      const [previous] = past;
      if (previous !== undefined) {
        const slope = (-to.alpha * scaleOf(h)) / (2 * ((previous.lambda - lambda) / h)); // UniP-2: ρ = ½
        terms.push([slope, previous.x0Hat], [-slope, x0Hat]);
      }
      return { ...next, x: space.combine(...terms) };
    },
  };
}

type Answer<X> = SampleState<X>['history'][number] & { readonly lambda: number };

/** What UniC adds to a predicted point: the corrector's sum less the predictor's, both over the step that led there. */
function correction<X>(
  x0Hat: X,
  kernel: Kernel,
  [start, before]: readonly Answer<X>[],
  scaleOf: (h: number) => number,
): Term<X>[] {
  if (start === undefined) return [];
  const h = halfLogSnr(kernel) - start.lambda;
  if (h === Infinity) return []; // The step left pure noise, α = 0.
  const scale = -kernel.alpha * scaleOf(h);
  if (before === undefined) {
    return [
      [scale / 2, x0Hat], // UniC-1: ρ = ½
      [-scale / 2, start.x0Hat],
    ];
  }
  const r = (before.lambda - start.lambda) / h;
  const [rho1, rho2] = correctorWeights(r, h, scaleOf(h));
  const slope = (scale * (rho1 - 1 / 2)) / r;
  return [
    [slope, before.x0Hat],
    [-slope - scale * rho2, start.x0Hat],
    [scale * rho2, x0Hat],
  ];
}

/** ρ of UniC-2: ρ₁ + ρ₂ = b₁ and r ρ₁ + ρ₂ = b₂, with b_n = n!·hφ_{n+1}(−h)/B(h). */
function correctorWeights(r: number, h: number, scale: number): readonly [number, number] {
  const first = Math.expm1(-h) / -h - 1;
  const second = first / -h - 1 / 2;
  const b1 = first / scale;
  const b2 = (2 * second) / scale;
  const rho1 = (b1 - b2) / (1 - r);
  return [rho1, b1 - rho1];
}
