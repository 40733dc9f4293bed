import { type ProgramStep, programSteps } from '../programSteps.ts';
import type { ProgramRun, SlotsSoFar } from '../types.ts';
import type { SimdNetwork } from './network.ts';
import type { NoiseCache } from './noise.ts';

/** What a segment may take: whoever runs it pauses after it. */
const SEGMENT_MS = 8;
/** Points answered in a millisecond, as long as nobody knows: a tenth of what one core does. */
const FIRST_PACE = 100;
/** Numbers of noise that a segment holds in the kernel's memory, 16 MB: few steps of many points may need far more. */
const MOST_NOISE = 4_000_000;

/** Runs a program in segments, pausing after each, with the noise of `space`. */
export async function* runProgram(
  network: SimdNetwork,
  cache: NoiseCache,
  { program, start, levelAt, rng, noise }: ProgramRun,
): AsyncGenerator<SlotsSoFar, void, void> {
  const { steps, levels, nRegisters, varianceRegister } = programSteps(program, levelAt);
  const n = start.length / 2;
  const slots = new Array<Float32Array | undefined>(program.nSlots).fill(undefined);
  const shared = {
    varianceRegister,
    levelAt: (index: number) => levels[index]!,
    noise: noise ?? ((key: number) => cache.draw(rng, key, start.length)),
  };
  let registers: readonly Float32Array[] = Array.from({ length: nRegisters }, () => start);
  let pace = FIRST_PACE;
  for (let at = 0; at < steps.length; ) {
    const answers = Math.max(1, Math.floor((SEGMENT_MS * pace) / n));
    const end = endOf(steps, at, { answers, noises: Math.max(1, Math.floor(MOST_NOISE / (2 * n))) });
    const begun = performance.now();
    const reached = network.runSegment({ ...shared, steps: steps.slice(at, end) }, registers);
    registers = reached.registers;
    for (const [slot, points] of reached.slots) slots[slot] = points;
    // Twice as many at most: clocks may be coarse, and a segment that was cut short says little.
    pace = Math.min(2 * pace, (n * answers) / Math.max(0.1, performance.now() - begun));
    at = end;
    yield slots;
  }
}

/** Where the segment from a step on ends that has so many answers, and noises, or the last ones. */
function endOf(
  steps: readonly ProgramStep[],
  from: number,
  most: { readonly answers: number; readonly noises: number },
): number {
  let { answers, noises } = most;
  let end = from;
  for (; end < steps.length; end++) {
    const { kind } = steps[end]!;
    if (kind === 'answer' && answers-- === 0) break;
    if (kind === 'noise' && noises-- === 0) break;
  }
  return end;
}
