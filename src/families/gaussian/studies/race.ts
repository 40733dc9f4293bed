import { fitOrder } from '../../../core/orderFit.ts';
import type { Vector } from '../../../core/types.ts';
import { requireInteger } from '../../../protocol/errors.ts';
import type { RaceDenoiser, RaceOrder, RaceRequest, RaceResult, RaceRow } from '../../../protocol/studies.ts';
import { mostSteps } from '../../../views/reverse/mostSteps.ts';
import { samplerOf, stepRule } from '../../../views/reverse/parameters.ts';
import type { ReverseStage } from '../../../views/reverse/stage.ts';
import type { Study } from '../../family.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { settingsOf } from '../recordings/samplerRun.ts';
import { requireSampler } from '../requests.ts';
import { truePoints } from '../yardstick.ts';
import { beginRuns, judge, standardInSteps, truthOf } from './judge.ts';
import { endsOf, flowEnds, meanDistance } from './runs.ts';

/** A run that is due. */
interface Due {
  readonly entry: number;
  readonly settings: ReverseStage;
  /** Whether it follows the flow, and can be held against its end points. */
  readonly isFlow: boolean;
  readonly nSteps: number | null;
}

/**
 * Runs every sampler with every number of steps and both denoisers from the same x_T with the same noise, the cheapest
 * first, and measures where they end.
 */
export const race: Study<'race', GaussianExperiment> = async function* (request, of, report) {
  const { n, seed } = request;
  requireInteger('n', n, 100, 10_000);
  requireInteger('seed', seed, 0, 2 ** 32 - 1);
  const { experiment } = of;
  const due = runsOf(request, experiment);
  const standard = yield* standardInSteps(experiment, n);
  const begun = beginRuns(of, n, seed);
  const targets: Partial<Record<RaceDenoiser, Vector>> = {};
  const total = due.reduce((sum, run) => sum + costOf(run), 0);
  let [rows, spent]: [readonly RaceRow[], number] = [[], 0];
  const soFar = (): RaceResult => ({ rows, orders: ordersOf(rows), truth: truthOf(standard) });
  report(soFar(), 0);
  for (const run of due) {
    const { settings, isFlow } = run;
    const { denoiser } = settings;
    if (isFlow) targets[denoiser] ??= (yield* flowEnds(denoiser, {}, begun)).points;
    const { points, nfe } = yield* endsOf(settings, begun);
    const { slicedW2, strays } = judge(points, truePoints(experiment, seed, n), standard);
    const row: RaceRow = {
      entry: run.entry,
      sampler: settings.sampler,
      denoiser,
      nSteps: run.nSteps,
      nfe,
      w2: slicedW2.value,
      w2Error: slicedW2.error,
      strays: strays.value,
      straysError: strays.error,
      toFlow: isFlow ? meanDistance(points, targets[denoiser]!) : null,
    };
    rows = [...rows, row];
    spent += costOf(run);
    report(soFar(), spent / total);
    yield;
  }
  return soFar();
};

/** @throws EngineError 'bad-request' where a sampler or its settings cannot be had */
function runsOf(
  { samplers, nSteps, denoisers }: RaceRequest,
  experiment: GaussianExperiment,
): readonly Due[] {
  const due = denoisers.flatMap((denoiser) =>
    samplers.flatMap(({ eta = 0, variance = 'beta', timeGrid = 'linear', ...entry }, index) => {
      const most = mostSteps(entry.sampler, experiment.nChain);
      const possible = nSteps.filter((count) => count <= most);
      const counts = stepRule({ sampler: entry.sampler, timeGrid }) === 'chosen' ? possible : [null];
      return counts.map((count): Due => {
        const run = { ...entry, eta, variance, timeGrid, nSteps: count ?? 1 };
        requireSampler(run, experiment.nChain);
        const settings = settingsOf({ ...run, kind: 'reverse', denoiser });
        return { entry: index, settings, isFlow: followsFlow(settings, experiment), nSteps: count };
      });
    }),
  );
  return due.toSorted((a, b) => costOf(a) - costOf(b));
}

function followsFlow(settings: ReverseStage, { nChain }: GaussianExperiment): boolean {
  const sampler = samplerOf(settings, nChain);
  return sampler.fixedTime === undefined && settings.clip === 'none' && !sampler.stochastic(settings);
}

/** How much longer the exact answer takes than the network's, roughly. */
const EXACT_COST = 3;
/** Evaluations of a sampler that chooses its own steps, roughly. */
const OWN_EVALUATIONS = 120;

function costOf({ nSteps, settings }: Due): number {
  return (nSteps ?? OWN_EVALUATIONS) * (settings.denoiser === 'exact' ? EXACT_COST : 1);
}

/** Of every deterministic sampler that has been run with three numbers of steps. */
function ordersOf(rows: readonly RaceRow[]): readonly RaceOrder[] {
  const firsts = rows.filter(
    (row, i) => rows.findIndex((other) => isSameSampler(row, other)) === i && row.toFlow !== null,
  );
  return firsts.flatMap((first) => {
    const group = rows.filter((row) => isSameSampler(row, first) && row.nSteps !== null);
    const fit = fitOrder(
      group.map(({ nSteps }) => nSteps!),
      group.map(({ toFlow }) => toFlow!),
    );
    const { entry, sampler, denoiser } = first;
    return fit ? [{ entry, sampler, denoiser, ...fit }] : [];
  });
}

const isSameSampler = (a: RaceRow, b: RaceRow): boolean => a.entry === b.entry && a.denoiser === b.denoiser;
