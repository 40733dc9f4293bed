import { exactLogDensity } from '../../../core/exact.ts';
import { mean, standardDeviation } from '../../../core/metrics/measured.ts';
import { fitOrder } from '../../../core/orderFit.ts';
import { createRng } from '../../../core/rng.ts';
import { toData, toScaled } from '../../../core/standardize.ts';
import type { Vector } from '../../../core/types.ts';
import { badRequest, requireInteger } from '../../../protocol/errors.ts';
import type { RaceDenoiser, RoundTripResult, RoundTripRow } from '../../../protocol/studies.ts';
import { samplerOf } from '../../../views/reverse/parameters.ts';
import type { ReverseStage } from '../../../views/reverse/stage.ts';
import type { Asked, Study } from '../../family.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { flowLogDensityAt, predictedAnswerer } from '../likelihood/flow.ts';
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
  for (const steps of nSteps) requireInteger('nSteps', steps, 1, 1000);
  const { experiment } = of;
  const rng = createRng(seed).fork('round trip');
  const data = heldOut(experiment, n, rng.fork('data'));
  const start = noisier(experiment.process, data, null, 0, rng.fork('least noise'));
  const rows: RoundTripRow[] = [];
  const paths: Partial<Record<RaceDenoiser, Frames>> = {};
  const origins = Float32Array.from(toData(experiment.standardization, start));
  const soFar = (along: RoundTripResult['along'] = null): RoundTripResult => ({
    rows,
    orders: ordersOf(rows),
    origins,
    latents: paths.learned?.x.at(-1)?.slice() ?? new Float32Array(0),
    straightness: DENOISERS.flatMap((denoiser) => {
      const path = paths[denoiser];
      return path ? [{ denoiser, value: straightnessOf(path) }] : [];
    }),
    along,
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
  return soFar(paths.learned ? yield* likelihoodAlong(paths.learned, of) : null);
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
