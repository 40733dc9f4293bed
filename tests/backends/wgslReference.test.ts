import { describe, expect, it } from 'vitest';
import { batchSource } from '../../src/backends/batches.ts';
import { examplesOf } from '../../src/backends/examples.ts';
import { parameterCount } from '../../src/backends/network.ts';
import { createRng } from '../../src/core/rng.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { createExperiment } from '../../src/families/gaussian/experiment.ts';
import { referenceBound, referenceLoss } from './reference.ts';
import { referenceGradient } from './referenceGradient.ts';

const cases = (['silu', 'gelu', 'relu', 'tanh'] as const).flatMap((activation) =>
  [false, true].map((learnedVariance) => ({ activation, learnedVariance })),
);

describe('the gradient that engines are held to', () => {
  it.each(cases)(
    'is the slope of the objective: $activation, learned variance $learnedVariance',
    (choice) => {
      const { task } = createExperiment({ ...defaultConfig, ...choice, width: 4, depth: 2, nChain: 20 });
      const { shape, objective } = task;
      const batch = batchSource(task, 9, createRng(1)).next();
      const examples = examplesOf(batch, objective);
      const rng = createRng(2);
      const flat = Float64Array.from({ length: parameterCount(shape) }, () => 0.5 * rng.normal());
      const { loss, gradient } = referenceGradient(flat, shape, examples, objective.boundWeight);
      expect(loss).toBeCloseTo(referenceLoss(flat, shape, examples), 12);

      const objectiveAt = (at: Float64Array) =>
        referenceLoss(at, shape, examples) +
        (choice.learnedVariance ? objective.boundWeight * referenceBound(at, shape, examples, flat) : 0);
      const size = Math.max(...gradient.map(Math.abs));
      for (let i = 0; i < flat.length; i += 3) {
        const moved = (by: number) => objectiveAt(flat.map((value, k) => (k === i ? value + by : value)));
        const slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
        expect(Math.abs(slope - gradient[i]!), `parameter ${i}`).toBeLessThan(1e-6 * size);
      }
    },
  );
});
