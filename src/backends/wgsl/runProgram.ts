import type { ProgramRun } from '../types.ts';
import { type CompiledProgram, compileProgram } from './compileProgram.ts';
import type { WgslNetwork } from './fixedNetwork.ts';
import { type Gpu, UNIFORM } from './gpu.ts';
import { RUN_PROGRAM_BINDINGS, RUN_WORDS, runProgramWgsl } from './kernels/runProgram.ts';
import type { Pace } from './pace.ts';
import { tilesFor } from './tile.ts';

/** Submits that the device may have before it: one to work on and one to go on with. */
const IN_FLIGHT = 2;

/** Part of a program for part of the points: one dispatch. */
export interface Piece {
  readonly begin: number;
  readonly end: number;
  readonly firstTile: number;
  readonly tiles: number;
}

/**
 * A whole path on the device, in as few dispatches as `pace` allows, read back once.
 * @param pace counts evaluations of the network for a tile
 * @returns [n][2] for each slot
 * @throws RangeError when the points do not fit a buffer; Error as `Gpu.check`
 */
export async function runProgram(
  gpu: Gpu,
  pace: Pace,
  { shape, weights }: WgslNetwork,
  { program, start, levelAt, rng, noise }: ProgramRun,
): Promise<Float32Array[]> {
  const { device } = gpu;
  const n = start.length / 2;
  const compiled = compileProgram(program, levelAt);
  const tiles = tilesFor(n, shape, device.limits);
  requireRoom(device, n, compiled.nRegisters, program.nSlots);
  const words = rng.fork('gpu');
  const seed = [words.integer(2 ** 32), words.integer(2 ** 32)] as const;
  const given = noise ? joined(compiled.noiseKeys.map(noise)) : new Float32Array(2);
  const kernel = gpu.kernel('program', runProgramWgsl(shape), RUN_PROGRAM_BINDINGS);

  const run = gpu.allocate('run', 4 * RUN_WORDS, UNIFORM);
  const slots = gpu.allocate('slots', 8 * n * program.nSlots);
  const registers = gpu.allocate('registers', 8 * n * compiled.nRegisters);
  const inputs = [
    gpu.upload('program levels', compiled.levels),
    gpu.upload('program', compiled.code),
    gpu.upload('given noise', given),
  ];
  try {
    device.queue.writeBuffer(registers, 0, start.slice());
    const group = gpu.guarded('the buffers of a path', () =>
      gpu.bind(
        kernel,
        [run, weights, ...inputs, registers, slots].map((buffer) => ({ buffer })),
      ),
    );
    const under: Promise<unknown>[] = [];
    for (const [piece, units] of pieces(compiled, tiles, pace)) {
      if (under.length >= IN_FLIGHT) await under.shift();
      const { begin, end, firstTile } = piece;
      const numbers = [begin, end, n, firstTile, ...seed, noise ? 1 : 0, compiled.varianceRegister];
      device.queue.writeBuffer(run, 0, Uint32Array.from(numbers));
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(kernel.pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(piece.tiles);
      pass.end();
      device.queue.submit([encoder.finish()]);
      const done = gpu.completion.soon(device.queue.onSubmittedWorkDone());
      pace.submitted(units, done);
      under.push(done.catch(() => {})); // a lost device shows when results are read
      if (gpu.failure) break;
    }
    const all = new Float32Array(await gpu.read(slots, 0, 8 * n * program.nSlots));
    return Array.from({ length: program.nSlots }, (_, slot) => all.slice(2 * n * slot, 2 * n * (slot + 1)));
  } finally {
    for (const buffer of [run, slots, registers, ...inputs]) gpu.free(buffer);
  }
}

/** The program cut so that no piece is more than the pace allows, with the units in each; every point sees it in order. */
export function* pieces(
  { code, evaluations }: Pick<CompiledProgram, 'code' | 'evaluations'>,
  tiles: number,
  pace: Pick<Pace, 'next'>,
): Generator<readonly [Piece, number], void, void> {
  const cuts = [0, ...evaluations.slice(1), code.length];
  for (let at = 0; at + 1 < cuts.length; ) {
    const allowed = pace.next(tiles * (cuts.length - 1 - at));
    const count = Math.max(1, Math.floor(allowed / tiles));
    const [begin, end] = [cuts[at]!, cuts[at + count]!];
    for (let firstTile = 0; firstTile < tiles; ) {
      const some = firstTile === 0 ? Math.min(tiles, allowed) : pace.next(tiles - firstTile);
      yield [{ begin, end, firstTile, tiles: some }, some * count];
      firstTile += some;
    }
    at += count;
  }
}

function requireRoom({ limits }: GPUDevice, n: number, nRegisters: number, nSlots: number): void {
  const most = Math.floor(limits.maxStorageBufferBindingSize / (8 * Math.max(1, nRegisters, nSlots)));
  if (n < 1 || n > most) {
    throw new RangeError(`This GPU carries 1 to ${most} points along this path at once, not ${n}.`);
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 2));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
