import { integerCodec } from '../experiment/codecs.ts';
import { checkCondition } from '../experiment/conditions/check.ts';
import type { ConditionInput } from '../experiment/conditions/types.ts';
import { ConfigError, show } from '../experiment/errors.ts';
import { FIELDS } from '../experiment/fields.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { SamplerSettings } from '../protocol/samplerSettings.ts';
import type {
  BudgetRequest,
  PointLikelihoodRequest,
  RaceDenoiser,
  RaceRequest,
  RacingSampler,
  RoundTripRequest,
} from '../protocol/studies.ts';
import { newStage, type StageConfig } from '../views/index.ts';
import { checkSteps, mostSteps } from '../views/reverse/mostSteps.ts';
import { stepRule } from '../views/reverse/parameters.ts';
import { REVERSE_STAGE } from '../views/reverse/parts.ts';
import type { AskedClass } from '../views/types.ts';
import { checkClass, checkPoints, checkSettings, fieldsOf, SETTINGS } from './apiRequests.ts';
import { budgetStage } from './budgetStage.ts';

/** Checks of the comparisons that programs ask for; each throws a ConfigError that names the field at fault. */

const N_PER_RUN = integerCodec(100, 10_000);
const MOST_RUNS = 200;

const RACE_KEYS = ['samplers', 'nSteps', 'denoisers', 'n', 'seed'];

/** @param nChain steps of the chain in force, from which follows how many a sampler can take */
export function checkRace(request: unknown, nChain: number): RaceRequest {
  const fields = fieldsOf(request, 'race', RACE_KEYS);
  const samplers = listOf(fields.get('samplers'), 'samplers', checkRacing);
  const asking = samplers.filter(
    ({ sampler, timeGrid = 'linear' }) => stepRule({ sampler, timeGrid }) === 'chosen',
  );
  // A number of steps is for those that can take it: one of them must.
  const [most] = (asking.length > 0 ? asking : samplers)
    .map(({ sampler }) => sampler)
    .toSorted((a, b) => mostSteps(b, nChain) - mostSteps(a, nChain));
  const nSteps =
    asking.length > 0 || fields.has('nSteps')
      ? listOf(fields.get('nSteps'), 'nSteps', (value, path) => checkSteps(value, path, most!, nChain))
      : [];
  const denoisers = fields.has('denoisers')
    ? listOf(fields.get('denoisers'), 'denoisers', (value, path) =>
        REVERSE_STAGE.denoiser.codec.check(value, path),
      )
    : (['learned', 'exact'] as const);
  const runs = samplers.length * Math.max(1, nSteps.length) * denoisers.length;
  if (runs > MOST_RUNS) {
    throw new ConfigError('race', `has ${runs} runs`, `samplers × nSteps × denoisers up to ${MOST_RUNS}`);
  }
  return {
    samplers,
    nSteps: [...new Set(nSteps)].toSorted((a, b) => a - b),
    denoisers: [...new Set<RaceDenoiser>(denoisers)],
    n: fields.has('n') ? N_PER_RUN.check(fields.get('n'), 'n') : 2000,
    seed: fields.has('seed') ? FIELDS.seed.codec.check(fields.get('seed'), 'seed') : 1,
  };
}

const N_DRAWS = integerCodec(2, 64);

/** A budget as programs ask for it. */
export interface BudgetQuestion {
  /** Its place in `config().stages`, from 0, or a sampler with its settings. */
  readonly stage:
    | number
    | (SamplerSettings &
        Partial<AskedClass> & {
          readonly sampler: string;
          readonly nSteps?: number;
          readonly condition?: ConditionInput;
        });
  readonly n?: number;
  readonly draws?: number;
  readonly seed?: number;
}

export function checkBudget(
  request: unknown,
  { stages, nChain }: Pick<ExperimentConfig, 'stages' | 'nChain'>,
): BudgetRequest {
  const fields = fieldsOf(request, 'budget', ['stage', 'n', 'draws', 'seed']);
  const stage = fields.get('stage');
  return {
    stage: typeof stage === 'number' ? stageAt(stage, stages, nChain) : checkStage(stage, nChain),
    n: fields.has('n') ? N_PER_RUN.check(fields.get('n'), 'n') : 1000,
    draws: fields.has('draws') ? N_DRAWS.check(fields.get('draws'), 'draws') : 4,
    seed: fields.has('seed') ? FIELDS.seed.codec.check(fields.get('seed'), 'seed') : 1,
  };
}

function stageAt(index: number, stages: readonly StageConfig[], nChain: number): BudgetRequest['stage'] {
  const stage = stages[index];
  if (stage?.kind === 'reverse' && stage.run === '') return budgetStage(stage, nChain);
  const places = stages.flatMap((each, i) => (each.kind === 'reverse' && each.run === '' ? [i] : []));
  throw new ConfigError(
    'stage',
    `= ${show(index)} is no reverse stage of the page’s own model`,
    places.join(', ') || 'none here',
  );
}

function checkStage(stage: unknown, nChain: number): BudgetRequest['stage'] {
  const fields = fieldsOf(stage, 'stage', [
    'sampler',
    'nSteps',
    'ofClass',
    'guidance',
    'condition',
    ...SETTINGS,
  ]);
  const sampler = REVERSE_STAGE.sampler.codec.check(fields.get('sampler'), 'stage.sampler');
  const condition = fields.has('condition')
    ? checkCondition(fields.get('condition'), 'stage.condition')
    : null;
  const settings = { ...checkSettings(fields), ...checkClass(fields), condition };
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  const nSteps = fields.has('nSteps')
    ? checkSteps(fields.get('nSteps'), 'stage.nSteps', sampler, nChain)
    : nChain;
  const asked = { ...newStage.reverse, id: 0, sampler, nSteps, ...Object.fromEntries(given) };
  // Whether it can be kept, the engine says.
  return { ...budgetStage(asked, nChain), condition };
}

/** A sampler by its id, or with its settings. */
function checkRacing(value: unknown, path: string): RacingSampler {
  if (typeof value === 'string') return { sampler: REVERSE_STAGE.sampler.codec.check(value, path) };
  const fields = fieldsOf(value, path, ['sampler', ...SETTINGS.filter((key) => key !== 'denoiser')]);
  const { denoiser: _, ...settings } = checkSettings(fields);
  return {
    sampler: REVERSE_STAGE.sampler.codec.check(fields.get('sampler'), `${path}.sampler`),
    ...settings,
  };
}

/** A round trip, where nobody says otherwise. */
export const ROUND_TRIP: RoundTripRequest = {
  sampler: 'ddim',
  nSteps: [5, 10, 20, 40, 80, 160],
  n: 400,
  seed: 1,
};

const N_FOLLOWED = integerCodec(50, 10_000);

/** @param nChain steps of the chain in force, from which follows how many a sampler can take */
export function checkRoundTrip(request: unknown, nChain: number): RoundTripRequest {
  const fields = fieldsOf(request, 'roundTrip', Object.keys(ROUND_TRIP));
  const sampler = fields.has('sampler')
    ? REVERSE_STAGE.sampler.codec.check(fields.get('sampler'), 'sampler')
    : ROUND_TRIP.sampler;
  const nSteps = fields.has('nSteps')
    ? listOf(fields.get('nSteps'), 'nSteps', (value, path) => checkSteps(value, path, sampler, nChain))
    : ROUND_TRIP.nSteps.filter((count) => count <= nChain);
  return {
    sampler,
    nSteps: [...new Set(nSteps)].toSorted((a, b) => a - b),
    n: fields.has('n') ? N_FOLLOWED.check(fields.get('n'), 'n') : ROUND_TRIP.n,
    seed: fields.has('seed') ? FIELDS.seed.codec.check(fields.get('seed'), 'seed') : ROUND_TRIP.seed,
  };
}

/** Each is followed through all noise. */
const MOST_FOLLOWED = 10_000;

export function checkPointLikelihood(request: unknown): PointLikelihoodRequest {
  const fields = fieldsOf(request, 'likelihood', ['points']);
  return { points: checkPoints(fields.get('points'), MOST_FOLLOWED) };
}

const LISTED = 50;

/** A list of at least one, whose every item is checked. */
function listOf<T>(value: unknown, path: string, check: (item: unknown, path: string) => T): readonly T[] {
  const allowed = `a list of 1 to ${LISTED}`;
  if (!Array.isArray(value)) throw new ConfigError(path, `= ${show(value)} is not a list`, allowed);
  if (value.length === 0 || value.length > LISTED) {
    throw new ConfigError(path, `has ${value.length} items`, allowed);
  }
  return value.map((item: unknown, i) => check(item, `${path}[${i}]`));
}
