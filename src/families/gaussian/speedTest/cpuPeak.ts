import { loadKernel, supports, type Variant } from '../../../backends/simd/kernel.ts';

const ROUNDS = 2e6;
const ATTEMPTS = 20;

/** The most multiply-adds that one thread does with these instructions, as GFLOP/s; null where it does not know them. */
export async function cpuPeak(variant: Variant): Promise<number | null> {
  if (!supports(variant)) return null;
  const kernel = await loadKernel(variant, new WebAssembly.Memory({ initial: 1 }));
  let best = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const begun = performance.now();
    kernel.peak(ROUNDS);
    const operations = ROUNDS * 12 * 2 * (variant === 'scalar' ? 1 : 4);
    best = Math.max(best, operations / (performance.now() - begun) / 1e6);
  }
  return best;
}
