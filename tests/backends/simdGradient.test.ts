import { describe, expect, it } from 'vitest';
import type { NetworkShape } from '../../src/backends/network.ts';
import { simdBackend } from '../../src/backends/simd/backend.ts';
import { supports, type Variant } from '../../src/backends/simd/kernel.ts';
import {
  lossAndGradient,
  randomBatch,
  randomTask,
  randomWeights,
  referenceGradient,
} from './simdFixtures.ts';

const CHECKED = 31;

const activations = ['silu', 'gelu', 'relu', 'tanh'] as const;

/** Width, depth, outputs, batch, classes: smaller and larger than tiles, strips and chunks, and none a multiple of them. */
const sizes = [
  { width: 8, depth: 1, outputs: 2, size: 1 },
  { width: 13, depth: 2, outputs: 4, size: 7 },
  { width: 16, depth: 3, outputs: 2, size: 33 },
  { width: 9, depth: 2, outputs: 4, size: 97 },
  { width: 30, depth: 6, outputs: 2, size: 200 },
  { width: 16, depth: 2, outputs: 2, size: 50, classes: 2 },
  { width: 11, depth: 3, outputs: 4, size: 97, classes: 8 },
] as const satisfies readonly (Omit<NetworkShape, 'activation'> & { readonly size: number })[];

type Case = NetworkShape & { readonly size: number };

const known = new Map<string, ReturnType<typeof computed>>();

function computed({ size, ...shape }: Case) {
  const task = randomTask(shape);
  const batch = randomBatch(size, 13, task.shape.classes);
  const weights = randomWeights(task.shape);
  const { loss, gradientAt } = referenceGradient(task, weights, batch);
  // A prime number of them, spread over all layers: the reference needs two passes for each.
  const checked = Array.from({ length: CHECKED }, (_, k) => Math.floor((k * weights.length) / CHECKED));
  return { task, batch, loss, slopes: checked.map((i) => [i, gradientAt(i)] as const) };
}

/** A case, its loss and some of its gradient in float64: computed once for all variants. */
function referenceOf(shape: Case) {
  const key = JSON.stringify(shape);
  const reference = known.get(key) ?? computed(shape);
  known.set(key, reference);
  return reference;
}

// relaxed SIMD is tested in Chromium (tests/browser/engine/simd.spec.ts), whatever this Node can do.
const variants: readonly Variant[] = ['simd', 'scalar'];

describe.each(variants)('the kernel in %s instructions', (variant) => {
  it('runs here', () => expect(supports(variant)).toBe(true));

  it.each(activations.flatMap((activation) => sizes.map((size) => ({ activation, ...size }))))(
    'agrees with float64: $activation, width $width, depth $depth, $outputs outputs, batch $size, classes $classes',
    async (shape) => {
      const { task, batch, ...reference } = referenceOf(shape);
      const { loss, gradient } = await lossAndGradient(await simdBackend(variant), task, batch);
      expect(Math.abs(loss - reference.loss)).toBeLessThan(3e-6 * reference.loss);
      expect(gradient).toHaveLength(randomWeights(task.shape).length);
      for (const [i, expected] of reference.slopes) {
        expect(Math.abs(gradient[i]! - expected), `parameter ${i}`).toBeLessThan(
          2e-4 * Math.max(1, Math.abs(expected)),
        );
      }
    },
  );
});
