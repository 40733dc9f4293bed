import { exactLogDensity } from '../../../core/exact.ts';
import { mean, standardDeviation } from '../../../core/metrics/measured.ts';
import { fitOrder } from '../../../core/orderFit.ts';
import { createRng } from '../../../core/rng.ts';
import { toData, toScaled } from '../../../core/standardize.ts';
import type { Vector } from '../../../core/types.ts';
import { badRequest, requireInteger } from '../../../protocol/errors.ts';
import type { RaceDenoiser, RoundTripResult, RoundTripRow } from '../../../protocol/studies.ts';
import { MOST_STEPS } from '../../../views/reverse/mostSteps.ts';
import { samplerOf } from '../../../views/reverse/parameters.ts';
import type { ReverseStage } from '../../../views/reverse/stage.ts';
import type { Asked, Study } from '../../family.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { type Answerer, exactAnswerer, flowLogDensityAt, predictedAnswerer } from '../likelihood/flow.ts';
import { heldOut } from '../likelihood/levelPoints.ts';
import { networkPredictor } from '../likelihood/predictor.ts';
import { type Frames, newFrames } from '../recordings/frames.ts';
import { noisier } from '../recordings/noising.ts';
import { runSampler } from '../recordings/runSampler.ts';
import { denoiserOf, runSettings, settingsOf, timesOf } from '../recordings/samplerRun.ts';

const DENOISERS: readonly RaceDenoiser[] = ['learned', 'exact'];
/** Points and times of which ln p is followed along the path. */
const [FOLLOWED, TIMES] = [32, 9] as const;
/** In ln σ/α, of the flow on from there. */
const FLOW_STEP = 0.4;

/**
 * Fresh data are encoded to noise by a deterministic sampler and decoded again, in more and more steps: how far from where they began
 * they end, how straight their way is, and how likely they are along it.
 */
export const roundTrip: Study<'roundTrip', GaussianExperiment> = async function* (
  { sampler, nSteps, n, seed },
  of,
  report,
) {
  requireInteger('n', n, 50, 10_000);
  for (const steps of nSteps) requireInteger('nSteps', steps, 1, MOST_STEPS);
  const { experiment } = of;
  const rng = createRng(seed).fork('round trip');
  const data = heldOut(experiment, n, rng.fork('data'));
  const start = noisier(experiment.process, data, null, 0, rng.fork('least noise'));
  const rows: RoundTripRow[] = [];
  const paths: Partial<Record<RaceDenoiser, Frames>> = {};
  const origins = Float32Array.from(toData(experiment.standardization, start));
  const soFar = (
    along: RoundTripResult['along'] = null,
    divergence: RoundTripResult['divergence'] = null,
  ): RoundTripResult => ({
    rows,
    orders: ordersOf(rows),
    origins,
    latents: paths.learned?.x.at(-1)?.slice() ?? new Float32Array(0),
    straightness: DENOISERS.flatMap((denoiser) => {
      const path = paths[denoiser];
      return path ? [{ denoiser, value: straightnessOf(path) }] : [];
    }),
    along,
    divergence,
  });
  const total = 1 + 2 * nSteps.reduce((sum, steps) => sum + steps, 0);
  let done = 0;
  for (const steps of nSteps) {
    for (const denoiser of DENOISERS) {
      const settings = settingsOf({
        ...{ kind: 'reverse', sampler, nSteps: steps, timeGrid: 'log-snr', eta: 0 },
        ...{ variance: 'beta-tilde', denoiser, tweedie: false },
      } as const);
      requireFlow(settings, experiment);
      const times = timesOf(settings, experiment);
      const there = yield* run(settings, of, times.toReversed(), start);
      const latents = toScaled(experiment.standardization, Float64Array.from(there.x.at(-1)!));
      const back = yield* run(settings, of, times, latents);
      paths[denoiser] = there;
      const away = distances(origins, back.x.at(-1)!);
      rows.push({
        denoiser,
        nSteps: steps,
        nfe: there.nfe.at(-1)! + back.nfe.at(-1)!,
        error: mean(away),
        errorError: standardDeviation(away) / Math.sqrt(away.length),
      });
      done += steps;
      report(soFar(), done / total);
      yield;
    }
  }
  const { learned, exact } = paths;
  if (!learned || !exact) return soFar();
  const along = yield* likelihoodAlong(learned, of);
  return soFar(along, yield* divergenceAlong({ learned, exact }, of));
};

function requireFlow(settings: ReverseStage, { nChain }: GaussianExperiment): void {
  const sampler = samplerOf(settings, nChain);
  if (sampler.stochastic(settings) || sampler.fixedTime !== undefined || sampler.adaptive) {
    throw badRequest(`${sampler.label} does not run both ways in given steps.`, 'Choose ddim or heun.');
  }
}

async function* run(
  settings: ReverseStage,
  { model, experiment }: Asked<GaussianExperiment>,
  times: number[],
  start: Vector,
): AsyncGenerator<void, Frames, void> {
  const frames = newFrames();
  const denoiser = denoiserOf(settings, model, experiment, createRng(0));
  yield* runSampler(frames, denoiser, experiment, {
    ...runSettings(settings, experiment),
    times,
    start,
    nFrames: Number.POSITIVE_INFINITY,
  });
  return frames;
}

function distances(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  return Array.from({ length: a.length / 2 }, (_, i) =>
    Math.hypot(a[2 * i]! - b[2 * i]!, a[2 * i + 1]! - b[2 * i + 1]!),
  );
}

/** Mean over the points of the distance between the ends of a path over its length: 1 is a straight line. */
function straightnessOf({ x }: Frames): number {
  const lengths = new Float64Array(x[0]!.length / 2);
  for (let k = 1; k < x.length; k++) {
    for (const [i, step] of distances(x[k - 1]!, x[k]!).entries()) lengths[i]! += step;
  }
  return mean(distances(x[0]!, x.at(-1)!).map((far, i) => (lengths[i]! > 0 ? far / lengths[i]! : 1)));
}

function ordersOf(rows: readonly RoundTripRow[]): RoundTripResult['orders'] {
  return DENOISERS.flatMap((denoiser) => {
    const own = rows.filter((row) => row.denoiser === denoiser);
    const fit = fitOrder(
      own.map(({ nSteps }) => nSteps),
      own.map(({ error }) => error),
    );
    return fit ? [{ denoiser, ...fit }] : [];
  });
}

/** Mean log₂ p_t(x_t) along the encoded paths, by the model's flow and exactly, bits per unit² of the scaled data: what grows between two times is the integral of the divergence. */
async function* likelihoodAlong(
  { times, x }: Frames,
  { model, experiment }: Asked<GaussianExperiment>,
): AsyncGenerator<void, RoundTripResult['along'], void> {
  const { process, density, standardization } = experiment;
  const answer = predictedAnswerer(networkPredictor(model, experiment), experiment);
  const least = Math.max(experiment.trainingLevels.times[0]!, 1e-6);
  const asked = times.flatMap((t, k) => (t >= least ? [k] : []));
  const kept = Array.from(
    { length: Math.min(TIMES, asked.length) },
    (_, i) => asked[Math.round((i * (asked.length - 1)) / Math.max(1, Math.min(TIMES, asked.length) - 1))]!,
  );
  const found = { times: [] as number[], model: [] as number[], exact: [] as number[] };
  for (const k of kept) {
    const at = toScaled(standardization, Float64Array.from(x[k]!.subarray(0, 2 * FOLLOWED)));
    const byFlow = yield* flowLogDensityAt(experiment, times[k]!, at, answer, FLOW_STEP);
    const exact = exactLogDensity(density, process.kernel(times[k]!), at);
    found.times.push(times[k]!);
    found.model.push(mean([...byFlow]) / Math.LN2);
    found.exact.push(mean([...exact]) / Math.LN2);
    yield;
  }
  return {
    times: Float32Array.from(found.times),
    model: Float32Array.from(found.model),
    exact: Float32Array.from(found.exact),
  };
}

/** ∫div f dt along the encoded paths, of the network and of the exact answer, each along its own. */
async function* divergenceAlong(
  paths: Readonly<Record<RaceDenoiser, Frames>>,
  { model, experiment }: Asked<GaussianExperiment>,
): AsyncGenerator<void, RoundTripResult['divergence'], void> {
  const byNetwork = predictedAnswerer(networkPredictor(model, experiment), experiment);
  const network = yield* divergenceOf(paths.learned, byNetwork, experiment);
  const exact = yield* divergenceOf(paths.exact, exactAnswerer(experiment), experiment);
  return { times: network.times, model: network.integral, exact: exact.integral };
}

/**
 * With ρ = σ/α, x/α follows d(x/α)/dρ = ε̂ (Song et al. 2021, Eq. 13 of DDIM), so that ∫div f dt = ∫(2 − α tr ∂x̂_0/∂x_t) d ln ρ + 2 Δ ln α;
 * by the trapezoid rule between the steps of the path.
 */
async function* divergenceOf(
  { times, x }: Frames,
  answer: Answerer,
  { process, trainingLevels, standardization }: GaussianExperiment,
): AsyncGenerator<void, { times: Float32Array; integral: Float32Array }, void> {
  const least = Math.max(trainingLevels.times[0]!, 1e-6);
  const asked = times.flatMap((t, k) => (t >= least && process.kernel(t).alpha > 0 ? [k] : []));
  const integral: number[] = [];
  let before: { readonly slope: number; readonly logRatio: number; readonly logAlpha: number } | null = null;
  for (const k of asked) {
    const t = times[k]!;
    const { alpha, sigma } = process.kernel(t);
    const at = toScaled(standardization, Float64Array.from(x[k]!.subarray(0, 2 * FOLLOWED)));
    const { trace } = await answer({ x: at, t });
    const now = {
      slope: 2 - alpha * mean(Array.from(trace)),
      logRatio: Math.log(sigma / alpha),
      logAlpha: Math.log(alpha),
    };
    const grown = before
      ? ((before.slope + now.slope) / 2) * (now.logRatio - before.logRatio) +
        2 * (now.logAlpha - before.logAlpha)
      : 0;
    integral.push((integral.at(-1) ?? 0) + grown / Math.LN2);
    before = now;
    yield;
  }
  return { times: Float32Array.from(asked, (k) => times[k]!), integral: Float32Array.from(integral) };
}
