import type { Operation, OperationOn } from './operations.ts';
import { inRegisters } from './registers.ts';
import { sample } from './sample.ts';
import { thresholdedDenoiser } from './samplers/thresholding.ts';
import type {
  ForwardProcess,
  LearnedNoise,
  Sampler,
  SamplerOptions,
  Space,
  StepContext,
  Threshold,
  Vector,
} from './types.ts';

export interface KeptState {
  readonly t: number;
  /** Evaluations of the denoiser so far. */
  readonly nfe: number;
  /** Slot of x. */
  readonly x: number;
  /** Slot of the denoiser's answer with which the sampler left this state; null at the last. */
  readonly x0Hat: number | null;
}

/** A sampler's whole path as a list of operations, without a branch, for devices that are told once what to do. */
export interface Program {
  readonly operations: readonly Operation[];
  /** Places needed at once. The start is in place 0; what is not used again may be overwritten. */
  readonly nRegisters: number;
  readonly nSlots: number;
  readonly kept: readonly KeptState[];
}

export interface ProgramRequest {
  readonly sampler: Sampler;
  readonly process: ForwardProcess;
  readonly options: SamplerOptions;
  readonly noiseKey: StepContext<unknown>['noiseKey'];
  readonly reverseNoise?: StepContext<unknown>['reverseNoise'];
  readonly meanPosteriorVariance?: StepContext<unknown>['meanPosteriorVariance'];
  readonly times: readonly number[];
  /** Whether the denoiser has learned a variance. Default: no. */
  readonly learnsVariance?: boolean;
  /** What x̂₀ is kept within. Default: nothing. */
  readonly threshold?: Threshold | null;
  /** As in `SampleSettings`. */
  readonly tweedie?: boolean;
  /** Which states of the path are wanted, counted from the start, 0. */
  readonly keeps: (state: number) => boolean;
}

/**
 * Records a path by running the sampler on names instead of points.
 * @throws RangeError for a sampler that chooses its steps by what it finds, and as `sample`
 */
export function recordProgram(request: ProgramRequest): Program {
  const {
    sampler,
    process,
    options,
    noiseKey,
    reverseNoise,
    meanPosteriorVariance,
    times,
    tweedie = false,
  } = request;
  if (sampler.adaptive) {
    throw new RangeError(
      `${sampler.label} chooses its steps as it goes, so its path cannot be written down before.`,
    );
  }
  const tape = newTape(request.learnsVariance ?? false);
  const denoise = thresholdedDenoiser(tape.denoise, tape.space, request.threshold ?? null);
  const context = {
    space: tape.space,
    process,
    denoise,
    learnedNoise: tape.learnedNoise,
    options,
    noiseKey,
    ...(reverseNoise && { reverseNoise }),
    ...(meanPosteriorVariance && { meanPosteriorVariance }),
  };
  const kept: KeptState[] = [];
  let nSlots = 0;
  const keep = (from: Value): number => {
    tape.operations.push({ kind: 'keep', from, slot: nSlots });
    nSlots += 1;
    return nSlots - 1;
  };
  let index = 0;
  for (const state of sample(sampler, context, times, tape.start, { tweedie })) {
    const left = kept.at(-1);
    if (left && request.keeps(index - 1) && state.x0Hat) {
      kept[kept.length - 1] = { ...left, x0Hat: keep(state.x0Hat) };
    }
    if (request.keeps(index)) kept.push({ t: state.t, nfe: state.nfe, x: keep(state.x), x0Hat: null });
    index += 1;
  }
  return { ...inRegisters<Value>(tape.operations, tape.start), nSlots, kept };
}

/** A batch of points that has only a name. */
interface Value {
  readonly name: number;
}

function newTape(learnsVariance: boolean) {
  const operations: OperationOn<Value>[] = [];
  let names = 0;
  const value = (): Value => {
    names += 1;
    return { name: names };
  };
  const record = (operation: (to: Value) => OperationOn<Value>): Value => {
    const to = value();
    operations.push(operation(to));
    return to;
  };
  const space: Space<Value> = {
    combine: (...terms) => record((to) => ({ kind: 'combine', to, terms })),
    gaussian: (_like, key) => record((to) => ({ kind: 'noise', to, key })),
    threshold: (from, how) => record((to) => ({ kind: 'threshold', to, from, how })),
    scope: (body) => body(),
    release() {},
  };
  const learnedNoise: LearnedNoise<Value> = (from, t, { logLow, logHigh }, noise) =>
    record((to) => ({ kind: 'learned-noise', to, from, t, logLow, logHigh, noise }));
  return {
    operations,
    start: value(),
    space,
    denoise: (from: Value, t: number) => record((to) => ({ kind: 'denoise', to, from, t })),
    learnedNoise: learnsVariance ? learnedNoise : null,
  };
}

/**
 * Does what a program says: what it means, and what devices are held to.
 * @param start [n][2], left as it is
 * @returns what was kept, by slot
 */
export function interpretProgram(
  { operations, nRegisters, nSlots }: Program,
  { space, denoise, learnedNoise }: Pick<StepContext<Vector>, 'space' | 'denoise' | 'learnedNoise'>,
  start: Vector,
): Vector[] {
  const registers = new Array<Vector>(nRegisters).fill(start);
  const slots = new Array<Vector>(nSlots).fill(start);
  for (const operation of operations) {
    switch (operation.kind) {
      case 'denoise':
        registers[operation.to] = denoise(registers[operation.from]!, operation.t);
        break;
      case 'combine':
        registers[operation.to] = space.combine(
          ...operation.terms.map(([coef, x]) => [coef, registers[x]!] as const),
        );
        break;
      case 'noise':
        registers[operation.to] = space.gaussian(start, operation.key);
        break;
      case 'learned-noise': {
        const { from, t, noise } = operation;
        if (!learnedNoise)
          throw new RangeError('The program needs a learned variance, and the denoiser has none.');
        registers[operation.to] = learnedNoise(registers[from]!, t, operation, registers[noise]!);
        break;
      }
      case 'threshold':
        registers[operation.to] = space.threshold(registers[operation.from]!, operation.how);
        break;
      case 'keep':
        slots[operation.slot] = registers[operation.from]!;
    }
  }
  return slots;
}
