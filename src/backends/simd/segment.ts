import type { ProgramStep } from '../programSteps.ts';
import type { SharedLevel } from '../types.ts';
import { chunkSize } from './chunks.ts';
import { codeOf } from './code.ts';
import { Holding } from './machine.ts';
import { type SharedMachine, SPLIT_FROM, withHelper } from './splitWork.ts';
import { perform, type RunPlan } from './work.ts';

/** Steps that are taken without a pause. */
export interface Segment {
  readonly steps: readonly ProgramStep[];
  readonly varianceRegister: number;
  levelAt(index: number): SharedLevel;
  /** The noise of a key, [n][2]. */
  noise(key: number): Float32Array;
}

/** A network in the kernel's memory, as one thread and the other use it. */
export interface RunNetwork {
  readonly own: RunPlan;
  /** null where there is no second thread. */
  readonly theirs: RunPlan | null;
  readonly learnsVariance: boolean;
  /** The first layer's bias where these are the features of the time. */
  biasAt(features: Float32Array): Float32Array;
}

/** What is in the registers after a segment, and the slots that were kept in it: [n][2] each. */
export interface RegistersAndSlots {
  readonly registers: readonly Float32Array[];
  readonly slots: ReadonlyMap<number, Float32Array>;
}

/**
 * Runs a segment, with the second thread where there is one: each takes the next chunk of points when it has done with one.
 * Points do not depend on who computes them. What the second thread has when it is given up, nobody else ever gets.
 * @param registers [n][2] each; not changed
 */
export function runSegment(
  machine: SharedMachine,
  network: RunNetwork,
  segment: Segment,
  registers: readonly Float32Array[],
): RegistersAndSlots {
  const { kernel, heap, helper } = machine;
  const n = registers[0]!.length / 2;
  const holding = new Holding(heap);
  const placed = placesFor(holding, network, segment, registers);
  const words = codeOf(segment.steps, placed.places);
  const code = holding.bytes(words);
  const end = code + words.byteLength;
  const part = { code, end, taken: holding.floats(1), n, perChunk: chunkSize(n) };
  const offered = n >= SPLIT_FROM && !helper?.lost ? network.theirs : null;
  const work = offered && ({ kind: 'segment', plan: offered, part } as const);
  withHelper(helper, work, () => perform(kernel, { kind: 'segment', plan: network.own, part }));
  if (work && helper?.lost) return runSegment(machine, network, segment, registers);
  const read = (at: number) => heap.view(at, 2 * n).slice();
  const reached = {
    registers: placed.registers.map(read),
    slots: new Map([...placed.slots].map(([slot, at]) => [slot, read(at)])),
  };
  holding.releaseAll();
  return reached;
}

/** Room for what the steps speak of, made as they speak of it. */
function placesFor(
  holding: Holding,
  { learnsVariance, biasAt }: RunNetwork,
  { varianceRegister, levelAt, noise }: Segment,
  contents: readonly Float32Array[],
) {
  const registers = contents.map((points) => holding.copy(points));
  const slots = new Map<number, number>();
  const biases = new Map<number, number>();
  const places = {
    register: (index: number) => registers[index]!,
    variance: learnsVariance ? registers[varianceRegister]! : 0,
    noise: (key: number) => holding.copy(noise(key)),
    slot: (index: number) => addressIn(slots, index, () => holding.floats(contents[0]!.length)),
    level(index: number) {
      const { inputScale, features } = levelAt(index);
      return { bias: addressIn(biases, index, () => holding.copy(biasAt(features))), inputScale };
    },
  };
  return { registers, slots, places };
}

function addressIn(known: Map<number, number>, index: number, make: () => number): number {
  const at = known.get(index) ?? make();
  known.set(index, at);
  return at;
}
