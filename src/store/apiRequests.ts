import { samplers } from '../core/samplers/index.ts';
import { choiceCodec, integerCodec, numberCodec } from '../experiment/codecs.ts';
import { checkCondition } from '../experiment/conditions/check.ts';
import { ConfigError, show } from '../experiment/errors.ts';
import { FIELDS } from '../experiment/fields.ts';
import type {
  ExactRequest,
  QualityRequest,
  SampleRequest,
  SamplerSettings,
  TrainingBudget,
} from '../protocol/protocol.ts';
import { checkSteps, MOST_STEPS, mostSteps } from '../views/reverse/mostSteps.ts';
import { stepRule } from '../views/reverse/parameters.ts';
import { REVERSE_STAGE } from '../views/reverse/parts.ts';
import type { AskedClass } from '../views/types.ts';

/** Checks of what programs ask of the page; each throws a ConfigError that names the field at fault. */

const N_POINTS = integerCodec(1, 100_000);
const N_STEPS_TRAINED = integerCodec(1, 1_000_000);
const SECONDS = numberCodec(0.01, 3600);
const N_FRAMES = integerCodec(2, MOST_STEPS + 1);
const MAX_FRAME_POINTS = 5_000_000;
/** Nearer to the data the score grows beyond float32. */
const TIME = numberCodec(1e-6, 1);
const SOURCE = choiceCodec(['learned', 'exact']);

/** The request's fields by name; refuses anything but an object with these keys. */
export function fieldsOf(request: unknown, what: string, keys: readonly string[]): Fields {
  if (typeof request !== 'object' || request === null) {
    throw new ConfigError(what, `= ${show(request)} is not an object`, `an object of ${keys.join(', ')}`);
  }
  const fields = new Map<string, unknown>(Object.entries(request).filter(([, value]) => value !== undefined));
  const unknown = [...fields.keys()].find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new ConfigError(`${what}.${unknown}`, 'is unknown', keys.join(', '));
  return fields;
}

export function checkTraining(request: unknown): TrainingBudget {
  const fields = fieldsOf(request, 'train', ['steps', 'seconds']);
  if (fields.size !== 1) throw new ConfigError('train', 'needs one budget', '{ steps } or { seconds }');
  return fields.has('steps')
    ? { steps: N_STEPS_TRAINED.check(fields.get('steps'), 'steps') }
    : { seconds: SECONDS.check(fields.get('seconds'), 'seconds') };
}

export type Fields = ReadonlyMap<string, unknown>;

/** A field as its check has it; undefined where it is left out. */
function optional<T>(fields: Fields, key: string, check: (value: unknown, path: string) => T): T | undefined {
  return fields.has(key) ? check(fields.get(key), key) : undefined;
}

/** How a sampler is set. */
export const SETTINGS: readonly (keyof SamplerSettings)[] = [
  'eta',
  'variance',
  'timeGrid',
  'tau',
  'clip',
  'tweedie',
  'parameters',
  'denoiser',
];

export function checkSettings(fields: Fields): SamplerSettings {
  const { eta, variance, timeGrid, tau, clip, tweedie, parameters, denoiser } = REVERSE_STAGE;
  return {
    eta: optional(fields, 'eta', eta.codec.check),
    variance: optional(fields, 'variance', variance.codec.check),
    timeGrid: optional(fields, 'timeGrid', timeGrid.codec.check),
    tau: optional(fields, 'tau', tau.codec.check),
    clip: optional(fields, 'clip', clip.codec.check),
    tweedie: optional(fields, 'tweedie', tweedie.codec.check),
    parameters: optional(fields, 'parameters', parameters.codec.check),
    denoiser: optional(fields, 'denoiser', denoiser.codec.check),
  };
}

const SAMPLE_KEYS = [
  'sampler',
  'nSteps',
  'n',
  'seed',
  ...SETTINGS,
  'ofClass',
  'guidance',
  'condition',
  'frames',
];

/** Whether it may be left to the sampler, or to its grid, how many steps there are. */
const takesAllSteps = (sampler: string, timeGrid = 'linear'): boolean =>
  stepRule({ sampler, timeGrid }) !== 'chosen' || samplers.get(sampler).wholeChain === true;

/** @param nChain steps of the chain in force, from which follows how many a sampler can take */
export function checkSampling(request: unknown, nChain: number): SampleRequest {
  const fields = fieldsOf(request, 'sample', SAMPLE_KEYS);
  const sampler = REVERSE_STAGE.sampler.codec.check(fields.get('sampler'), 'sampler');
  const settings = checkSettings(fields);
  const nSteps =
    takesAllSteps(sampler, settings.timeGrid) && !fields.has('nSteps')
      ? nChain
      : checkSteps(fields.get('nSteps'), 'nSteps', sampler, nChain);
  const n = N_POINTS.check(fields.get('n'), 'n');
  const seed = FIELDS.seed.codec.check(fields.get('seed'), 'seed');
  const frames = optional(fields, 'frames', N_FRAMES.check);
  if (frames !== undefined && frames * n > MAX_FRAME_POINTS) {
    const allowed = `frames × n up to ${MAX_FRAME_POINTS}`;
    throw new ConfigError('frames', `= ${frames} of ${n} points are too many`, allowed);
  }
  const condition = optional(fields, 'condition', checkCondition);
  return {
    sampler,
    nSteps,
    n,
    seed,
    ...settings,
    ...checkClass(fields),
    ...(condition && { condition }),
    frames,
  };
}

const N_PER_DRAW = integerCodec(100, 10_000);
const N_DRAWS = integerCodec(1, 100);

/** @param nChain as for `checkSampling` */
export function checkQuality(request: unknown, nChain: number): QualityRequest {
  const fields = fieldsOf(request, 'quality', ['n', 'draws', 'seed', 'sampler', 'nSteps', ...SETTINGS]);
  const sampler = optional(fields, 'sampler', REVERSE_STAGE.sampler.codec.check);
  const settings = checkSettings(fields);
  const lonely = SETTINGS.find((key) => fields.has(key) && key !== 'timeGrid' && key !== 'denoiser');
  if (sampler === undefined && lonely !== undefined) {
    throw new ConfigError(lonely, 'is given without a sampler', `quality({ sampler, ${lonely}, … })`);
  }
  // Its grid is as for `sample`; without a sampler, what is left out is as on the page.
  const timeGrid = settings.timeGrid ?? (sampler && 'linear');
  const isOwn = sampler !== undefined && takesAllSteps(sampler, timeGrid);
  if (sampler !== undefined && !isOwn && !fields.has('nSteps')) {
    throw new ConfigError('nSteps', 'is missing', `a whole number from 1 to ${mostSteps(sampler, nChain)}`);
  }
  return {
    ...settings,
    n: optional(fields, 'n', N_PER_DRAW.check),
    draws: optional(fields, 'draws', N_DRAWS.check),
    seed: optional(fields, 'seed', FIELDS.seed.codec.check),
    sampler,
    timeGrid,
    nSteps:
      optional(fields, 'nSteps', (value, path) => checkSteps(value, path, sampler ?? 'ddim', nChain)) ??
      (isOwn ? nChain : undefined),
  };
}

/** Whether there is such a class, the engine knows. */
export function checkClass(fields: Fields): Partial<AskedClass> {
  const { ofClass, guidance } = REVERSE_STAGE;
  return {
    ...(fields.has('ofClass') && { ofClass: ofClass.codec.check(fields.get('ofClass'), 'ofClass') }),
    ...(fields.has('guidance') && { guidance: guidance.codec.check(fields.get('guidance'), 'guidance') }),
  };
}

export interface ScoreRequest extends Partial<AskedClass> {
  readonly t: number;
  readonly points: Float32Array;
  readonly source: 'learned' | 'exact';
}

/** The points are copied: the engine may take what it is sent. */
export function checkScore(request: unknown): ScoreRequest {
  const fields = fieldsOf(request, 'score', ['t', 'points', 'source', 'ofClass', 'guidance']);
  const t = TIME.check(fields.get('t'), 't');
  return {
    t,
    points: checkPoints(fields.get('points')),
    source: SOURCE.check(fields.get('source'), 'source'),
    ...checkClass(fields),
  };
}

/** @param most points */
export function checkPoints(value: unknown, most = N_POINTS.max): Float32Array {
  const allowed = `interleaved finite numbers x₀,y₀,x₁,y₁,…, 1 to ${most} points`;
  if (!Array.isArray(value) && !(value instanceof Float32Array) && !(value instanceof Float64Array)) {
    throw new ConfigError('points', `= ${show(value)} is not an array of numbers`, allowed);
  }
  if (value.length === 0 || value.length % 2 !== 0 || value.length > 2 * most) {
    throw new ConfigError('points', `has ${value.length} numbers`, allowed);
  }
  const points = Float32Array.from(value, (coordinate: unknown) =>
    typeof coordinate === 'number' ? coordinate : NaN,
  );
  const bad = points.findIndex((coordinate) => !Number.isFinite(coordinate));
  if (bad !== -1)
    throw new ConfigError(`points[${bad}]`, `= ${show(value[bad])} is not a finite number`, allowed);
  return points;
}

/** Whether the data can meet the condition, the engine knows. */
export function checkExact(request: unknown): ExactRequest {
  const fields = fieldsOf(request, 'exact', ['condition', 'n', 'seed']);
  return {
    condition: checkCondition(fields.get('condition'), 'condition'),
    n: N_POINTS.check(fields.get('n'), 'n'),
    seed: FIELDS.seed.codec.check(fields.get('seed'), 'seed'),
  };
}

export function checkDraw(request: unknown): { readonly n: number; readonly seed: number } {
  const fields = fieldsOf(request, 'data', ['n', 'seed']);
  return {
    n: N_POINTS.check(fields.get('n'), 'n'),
    seed: FIELDS.seed.codec.check(fields.get('seed'), 'seed'),
  };
}
