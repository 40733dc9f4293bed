import type { Parameter } from '../core/parameters.ts';
import { clips } from '../core/samplers/clips.ts';
import { buildSampler, samplers } from '../core/samplers/index.ts';
import { timeGrids } from '../core/timeGrids/index.ts';
import { withEnds } from '../core/timeGrids/list.ts';
import type { Sampler } from '../core/types.ts';
import { type Codec, type NumberCodec, numberCodec, type Reading } from './codecs.ts';
import { ConfigError, show } from './errors.ts';
import { formatWords, parseWords } from './stageWords.ts';
import type { ReverseStage } from './types.ts';

type Numbers = Readonly<Record<string, number>>;

const owners = [
  ...samplers.entries.map(({ parameters = [] }) => parameters),
  ...timeGrids.entries.map(({ parameters }) => parameters),
  ...clips.entries.map(({ parameters }) => parameters),
];

const KNOWN: ReadonlyMap<string, NumberCodec> = new Map(
  owners
    .flat()
    .map(({ name, low, high, whole = false }) => [
      name,
      numberCodec(low, high, { integer: whole, decimals: 4 }),
    ]),
);
const NAMES = [...KNOWN.keys()];

/** Every number that may shape a stage, by name, with its codec, which has its range. */
export const stageNumberCodecs: ReadonlyMap<string, NumberCodec> = KNOWN;

const inOrder = (values: ReadonlyMap<string, number>): Numbers =>
  Object.fromEntries(NAMES.flatMap((name) => (values.has(name) ? [[name, values.get(name)!]] : [])));

/** Numbers by name: `rho(3)sChurn(20)` in a link. */
export const stageNumbersCodec: Codec<Numbers> = {
  allowed: `numbers by name: ${NAMES.join(', ')}`,
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
      if (codec === undefined) throw new ConfigError(`${path}.${name}`, 'is unknown', NAMES.join(', '));
      values.set(name, codec.check(number, `${path}.${name}`));
    }
    return inOrder(values);
  },
};

/** What decides the steps of a stage. */
type Stepping = Pick<ReverseStage, 'sampler' | 'nSteps' | 'timeGrid' | 'tau'>;

/** Where the number of a stage's steps comes from: the person, their list, the chain, or the sampler itself. */
export function stepRule({
  sampler,
  timeGrid,
}: Pick<Stepping, 'sampler' | 'timeGrid'>): 'chosen' | 'list' | 'chain' | 'own' {
  const { everyStep, adaptive } = samplers.get(sampler);
  if (adaptive) return 'own';
  if (everyStep) return 'chain';
  return usesTimeGrid(sampler) && timeGrid === 'list' ? 'list' : 'chosen';
}

/** Whether a sampler, by its id, asks where its steps end. */
export function usesTimeGrid(sampler: string): boolean {
  const { everyStep, adaptive, fixedTime } = samplers.get(sampler);
  return !everyStep && !adaptive && fixedTime === undefined;
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
    case 'chain':
      return nChain;
    case 'list':
      return (
        withEnds(
          stage.tau.filter((step) => step <= nChain),
          nChain,
        ).length - 1
      );
    case 'chosen':
      return Math.min(stage.nSteps, nChain);
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

/** A stage's sampler with the stage's numbers. */
export function samplerOf(stage: Stepping & Pick<ReverseStage, 'parameters'>, nChain: number): Sampler {
  const { parameters = [] } = samplers.get(stage.sampler);
  return buildSampler(stage.sampler, numbersOf(parameters, stage.parameters), stepsOf(stage, nChain));
}
