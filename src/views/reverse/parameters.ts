import type { Parameter } from '../../core/parameters.ts';
import { clips } from '../../core/samplers/clips.ts';
import { buildSampler, samplers } from '../../core/samplers/index.ts';
import { timeGrids } from '../../core/timeGrids/index.ts';
import { withEnds } from '../../core/timeGrids/list.ts';
import type { Sampler } from '../../core/types.ts';
import { type Codec, type NumberCodec, numberCodec, type Reading } from '../../experiment/codecs.ts';
import { ConfigError, show } from '../../experiment/errors.ts';
import { formatWords, parseWords } from '../../experiment/stageWords.ts';
import { mostSteps, WHOLE_CHAIN } from './mostSteps.ts';
import type { ReverseStage } from './stage.ts';

type Numbers = Readonly<Record<string, number>>;

const OWNERS: readonly { readonly id: string; readonly parameters?: readonly Parameter[] }[] = [
  ...samplers.entries,
  ...timeGrids.entries,
  ...clips.entries,
];

/** "heun.sChurn": where a stage keeps a number of a sampler, grid or clipping that it does not have at the moment. */
const keptName = (owner: string, name: string): string => `${owner}.${name}`;

const codecOf = ({ low, high, whole }: Parameter): NumberCodec =>
  numberCodec(low, high, { integer: whole === true, decimals: 4 });

const OWN: ReadonlyMap<string, NumberCodec> = new Map(
  OWNERS.flatMap(({ parameters = [] }) =>
    parameters.map((parameter): [string, NumberCodec] => [parameter.name, codecOf(parameter)]),
  ),
);
const KEPT: ReadonlyMap<string, Parameter> = new Map(
  OWNERS.flatMap(({ id, parameters = [] }) =>
    parameters.map((parameter): [string, Parameter] => [keptName(id, parameter.name), parameter]),
  ),
);
const KNOWN: ReadonlyMap<string, NumberCodec> = new Map([
  ...OWN,
  ...Array.from(KEPT, ([name, parameter]): [string, NumberCodec] => [name, codecOf(parameter)]),
]);
const NAMES = [...KNOWN.keys()];
const OWN_NAMES = [...OWN.keys()].join(', ');

/**
 * Every number that may shape a stage, by name, with its codec, which has its range: `sChurn` of what the stage has,
 * `heun.sChurn` of what it had before.
 */
export const stageNumberCodecs: ReadonlyMap<string, NumberCodec> = KNOWN;

/** What their numbers are called, for people. */
export const stageNumberLabels: ReadonlyMap<string, string> = new Map(
  OWNERS.flatMap(({ parameters = [] }) =>
    parameters.map(({ name, label }): [string, string] => [name, label]),
  ),
);

const inOrder = (values: ReadonlyMap<string, number>): Numbers =>
  Object.fromEntries(NAMES.flatMap((name) => (values.has(name) ? [[name, values.get(name)!]] : [])));

/** Numbers by name: `rho(3)sChurn(20)` in a link. */
export const stageNumbersCodec: Codec<Numbers> = {
  allowed: `numbers by name: ${OWN_NAMES}`,
  format: (values) =>
    formatWords(
      Object.entries(inOrder(new Map(Object.entries(values)))).map(([name, value]) => [name, String(value)]),
    ),
  parse(text, name): Reading<Numbers> {
    const values = new Map<string, number>();
    const warnings: string[] = [];
    for (const [word, written] of parseWords(text).words) {
      const codec = KNOWN.get(word);
      if (codec === undefined) warnings.push(`${name}, ${word} is not a setting; left out.`);
      else {
        const reading = codec.parse(written, `${name}, ${word}`, Number.NaN);
        if (!Number.isNaN(reading.value)) values.set(word, reading.value);
        warnings.push(...reading.warnings.map((warning) => warning.replace('using NaN', 'left out')));
      }
    }
    return { value: inOrder(values), warnings };
  },
  check(value, path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ConfigError(path, `= ${show(value)} is not an object`, stageNumbersCodec.allowed);
    }
    const values = new Map<string, number>();
    for (const [name, number] of Object.entries(value)) {
      const codec = KNOWN.get(name);
      if (codec === undefined) throw new ConfigError(`${path}.${name}`, 'is unknown', OWN_NAMES);
      values.set(name, codec.check(number, `${path}.${name}`));
    }
    return inOrder(values);
  },
};

/** Steps of a stage for which nobody says how many. */
export const usualSteps = (sampler: string): number => (samplers.get(sampler).wholeChain ? WHOLE_CHAIN : 20);

/** What decides the steps of a stage. */
type Stepping = Pick<ReverseStage, 'sampler' | 'nSteps' | 'timeGrid' | 'tau'>;

/** Where the number of a stage's steps comes from: the person, their list, or the sampler itself. */
export function stepRule({
  sampler,
  timeGrid,
}: Pick<Stepping, 'sampler' | 'timeGrid'>): 'chosen' | 'list' | 'own' {
  if (samplers.get(sampler).adaptive) return 'own';
  return usesTimeGrid(sampler) && timeGrid === 'list' ? 'list' : 'chosen';
}

/** Whether a sampler, by its id, asks where its steps end. */
export function usesTimeGrid(sampler: string): boolean {
  const { adaptive, fixedTime } = samplers.get(sampler);
  return !adaptive && fixedTime === undefined;
}

/** The time at which a stage's sampler stays, whatever the clock says; null for one that moves. */
export function fixedTimeOf({
  sampler,
  parameters,
}: Pick<ReverseStage, 'sampler' | 'parameters'>): number | null {
  const { fixedTime = null } = samplers.get(sampler);
  return fixedTime === null ? null : (parameters.fixedTime ?? fixedTime);
}

/** Steps that a stage takes of a chain of T; 1 for a sampler that chooses its own. */
export function stepsOf(stage: Stepping, nChain: number): number {
  switch (stepRule(stage)) {
    case 'own':
      return 1;
    case 'list':
      return (
        withEnds(
          stage.tau.filter((step) => step <= nChain),
          nChain,
        ).length - 1
      );
    case 'chosen':
      return Math.min(stage.nSteps, mostSteps(stage.sampler, nChain));
  }
}

type Shaped = Pick<ReverseStage, 'sampler' | 'timeGrid' | 'clip'>;

/** The numbers of a stage, by what they belong to. */
export function parametersOfStage({ sampler, timeGrid, clip }: Shaped) {
  return {
    sampler: samplers.get(sampler).parameters ?? [],
    timeGrid: usesTimeGrid(sampler) ? timeGrids.get(timeGrid).parameters : [],
    clip: clips.get(clip).parameters,
  };
}

/** Of the numbers of a stage, those that an owner has. */
export function numbersOf(parameters: readonly Parameter[], values: Numbers): Numbers {
  return Object.fromEntries(
    parameters.flatMap(({ name }) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}

/** A stage's numbers without those that change nothing: of another sampler or grid, or at their initial values. */
export function shapingNumbers(stage: Shaped & Pick<ReverseStage, 'parameters'>): Numbers {
  const own = Object.values(parametersOfStage(stage)).flat();
  const changed = own.filter(({ name, initial }) => (stage.parameters[name] ?? initial) !== initial);
  return inOrder(new Map(Object.entries(numbersOf(changed, stage.parameters))));
}

/** What the numbers of a stage belong to, by id. */
function ownersOfStage({ sampler, timeGrid, clip }: Shaped): Readonly<Record<string, readonly Parameter[]>> {
  const own = parametersOfStage({ sampler, timeGrid, clip });
  return { [sampler]: own.sampler, [timeGrid]: own.timeGrid, [clip]: own.clip };
}

/** The numbers of a stage that is about to have another sampler, grid or clipping: each by its owner's name too. */
export function keepNumbers(stage: Shaped & Pick<ReverseStage, 'parameters'>): Numbers {
  const values = new Map(Object.entries(stage.parameters));
  for (const [owner, parameters] of Object.entries(ownersOfStage(stage))) {
    for (const [name, value] of Object.entries(numbersOf(parameters, stage.parameters))) {
      values.set(keptName(owner, name), value);
      values.delete(name);
    }
  }
  return inOrder(values);
}

/** The numbers that shape a stage, those kept for it among them, and those kept for what it does not have now. */
export function settledNumbers(stage: Shaped & Pick<ReverseStage, 'parameters'>): Numbers {
  const values = new Map(Object.entries(stage.parameters));
  const own: Record<string, number> = {};
  for (const [owner, parameters] of Object.entries(ownersOfStage(stage))) {
    for (const { name } of parameters) {
      const value = values.get(name) ?? values.get(keptName(owner, name));
      if (value !== undefined) own[name] = value;
      values.delete(keptName(owner, name));
    }
  }
  const kept = Array.from(values).filter(
    ([name, value]) => KEPT.has(name) && value !== KEPT.get(name)!.initial,
  );
  return inOrder(new Map([...Object.entries(shapingNumbers({ ...stage, parameters: own })), ...kept]));
}

/** A stage's sampler with the stage's numbers. */
export function samplerOf(stage: Stepping & Pick<ReverseStage, 'parameters'>, nChain: number): Sampler {
  const { parameters = [] } = samplers.get(stage.sampler);
  return buildSampler(stage.sampler, numbersOf(parameters, stage.parameters), stepsOf(stage, nChain));
}
