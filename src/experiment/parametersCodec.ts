import type { Parameter } from '../core/parameters.ts';
import { processes } from '../core/processes/index.ts';
import { schedules } from '../core/schedules/index.ts';
import { timeSamplings } from '../core/timeSampling/index.ts';
import { weightings } from '../core/weightings/index.ts';
import { type Codec, clip, type NumberCodec, numberCodec, type Reading, repeated } from './codecs.ts';
import { ConfigError, show } from './errors.ts';
import { followsSchedule } from './scheduled.ts';

/** The numbers of registry entries that differ from their initial values, by `parameterKey`. */
export type Parameters = Readonly<Record<string, number>>;

/** Where a parameter belongs: the kind of choice, the entry chosen. */
export type ParameterOwner = `${'process' | 'schedule' | 'weighting' | 'time-sampling'}.${string}`;

/** "process.ve.sigmaMax" */
export const parameterKey = (owner: ParameterOwner, name: string): string => `${owner}.${name}`;

interface Known {
  readonly parameter: Parameter;
  readonly codec: NumberCodec;
}

interface Owner {
  readonly id: string;
  readonly parameters?: readonly Parameter[];
}

function knownOf(kind: string, owners: readonly Owner[]): [string, Known][] {
  return owners.flatMap(({ id, parameters = [] }) =>
    parameters.map((parameter): [string, Known] => {
      const { name, low, high, whole = false } = parameter;
      return [`${kind}.${id}.${name}`, { parameter, codec: numberCodec(low, high, { integer: whole }) }];
    }),
  );
}

const KNOWN: ReadonlyMap<string, Known> = new Map([
  ...knownOf(
    'process',
    processes.entries.filter(({ id }) => !followsSchedule(id)),
  ),
  ...knownOf('schedule', schedules.entries),
  ...knownOf('weighting', weightings.entries),
  ...knownOf('time-sampling', timeSamplings.entries),
]);

/** Every key that may be set, with its codec, which has its range. */
export const parameterCodecs: ReadonlyMap<string, NumberCodec> = new Map(
  Array.from(KNOWN, ([key, { codec }]) => [key, codec]),
);
const parameterKeys = [...KNOWN.keys()];

/** What belongs to one entry, by the bare names that its `build` takes. */
export function parametersOf(owner: ParameterOwner, values: Parameters): Record<string, number> {
  const prefix = `${owner}.`;
  const own = Object.entries(values).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
}

/** In the order of the registries, without those at their initial values, so that equal settings are equal. */
function inOrder(values: ReadonlyMap<string, number>): Parameters {
  const changed = parameterKeys.filter((key) => {
    const value = values.get(key);
    return value !== undefined && value !== KNOWN.get(key)!.parameter.initial;
  });
  return Object.fromEntries(changed.map((key) => [key, values.get(key)!]));
}

/** Numbers by name: `process.ve.sigmaMax:20~weighting.min-snr.gamma:3` in a link. */
export const parametersCodec: Codec<Parameters> = {
  allowed: 'numbers by name, such as process.ve.sigmaMax',
  format: (values) =>
    Object.entries(inOrder(new Map(Object.entries(values))))
      .map(([key, value]) => `${key}:${value}`)
      .join('~'),
  parse(text, name): Reading<Parameters> {
    const values = new Map<string, number>();
    const warnings: string[] = [];
    const words = text.split('~').filter((part) => part !== '');
    for (const key of repeated(words.map((word) => word.split(':')[0]!))) {
      warnings.push(`${name}: ${clip(key)} is set twice; using the last.`);
    }
    for (const word of words) {
      const [key = '', written = ''] = word.split(':');
      const known = KNOWN.get(key);
      if (!known) {
        warnings.push(`${name}: ${clip(key)} is not a parameter; left out.`);
        continue;
      }
      const reading = known.codec.parse(written, `${name}, ${key}`, known.parameter.initial);
      values.set(key, reading.value);
      warnings.push(...reading.warnings);
    }
    return { value: inOrder(values), warnings: warnings.slice(0, 3) };
  },
  check(value, path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ConfigError(path, `= ${show(value)} is not an object`, parametersCodec.allowed);
    }
    const values = new Map<string, number>();
    for (const [key, number] of Object.entries(value)) {
      const known = KNOWN.get(key);
      if (!known) throw new ConfigError(`${path}.${key}`, 'is unknown', parameterKeys.join(', '));
      values.set(key, known.codec.check(number, `${path}.${key}`));
    }
    return inOrder(values);
  },
};
