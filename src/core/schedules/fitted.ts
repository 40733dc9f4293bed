import { allAtOnce, type InPieces } from '../inPieces.ts';
import type { Density, NoiseSchedule } from '../types.ts';
import { fitLearnedScheduleInPieces } from './fitLearnedSchedule.ts';
import type { LogSnrEnds } from './learned.ts';
import { lossCurveInPieces } from './lossCurve.ts';

/** The first β is DDPM's 1e-4, and ᾱ_T = 0.0025: little enough to start from noise. */
export const FITTED_ENDS: LogSnrEnds = { logSnrMax: 9.21, logSnrMin: -6 };

export const LEARNED = {
  id: 'learned',
  label: 'Learned',
  summary: 'Fitted to your data so that every step is equally hard, as in variational diffusion models.',
  equation: String.raw`\bar\alpha_t = \mathrm{sigmoid}(-\gamma_\eta(t)),\quad \min_\eta\,\mathrm{Var}_t\bigl[\tfrac12\gamma_\eta'(t)\,\|\varepsilon-\hat\varepsilon\|^2\bigr]`,
  rescales: false,
} as const satisfies Omit<NoiseSchedule, 'betas'>;

/**
 * The schedule that `fitLearnedSchedule` finds for a data set. The fit takes a few tenths of a second: keep it.
 * @param density in units of variance 1
 */
export const fittedTo = (density: Density): NoiseSchedule => allAtOnce(fittedInPieces(density));

/** The same in pieces of some milliseconds. */
export function* fittedInPieces(density: Density): InPieces<NoiseSchedule> {
  const curve = yield* lossCurveInPieces(density, FITTED_ENDS);
  const schedule = yield* fitLearnedScheduleInPieces(curve);
  return { ...LEARNED, betas: schedule.betas };
}
