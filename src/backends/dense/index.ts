import type { Rng } from '../../core/types.ts';
import { Heap } from '../simd/heap.ts';
import { loadKernel, supports, VARIANTS, type Variant } from '../simd/kernel.ts';
import type { Machine } from '../simd/machine.ts';
import { freshState } from '../state.ts';
import { type DenseShape, denseWeights } from './shape.ts';
import { type DenseTrainer, denseTrainer } from './trainer.ts';

export { type DenseRates, denseRatesAt } from './rates.ts';
export type { DenseShape } from './shape.ts';
export { type DenseTrainer, denseTrainer, type Slopes } from './trainer.ts';

/**
 * Memory and instructions that dense trainers share, on one thread.
 * @param variant by default the best that this engine has
 * @throws Error when WebAssembly cannot be started
 */
export async function denseMachine(variant: Variant = VARIANTS.find(supports)!): Promise<Machine> {
  const heap = new Heap();
  return { heap, kernel: await loadKernel(variant, heap.memory) };
}

/** A network that knows nothing yet. */
export const freshDenseTrainer = (machine: Machine, shape: DenseShape, rng: Rng): DenseTrainer =>
  denseTrainer(machine, shape, freshState(denseWeights(shape, rng)));
