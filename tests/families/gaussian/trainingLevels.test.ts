import { describe, expect, it } from 'vitest';
import { answerable, LEVEL, LEVEL_SIZE } from '../../../src/backends/objective.ts';
import type { SharedLevel, TrainerBackend } from '../../../src/backends/types.ts';
import { arraySpace } from '../../../src/core/arraySpace.ts';
import { exactDenoiser } from '../../../src/core/exact.ts';
import { parameterizations } from '../../../src/core/parameterizations/index.ts';
import { processes } from '../../../src/core/processes/index.ts';
import { createRng } from '../../../src/core/rng.ts';
import type { Vector } from '../../../src/core/types.ts';
import { weightings } from '../../../src/core/weightings/index.ts';
import { defaultConfig, FIELDS } from '../../../src/experiment/fields.ts';
import { processOf } from '../../../src/experiment/noise.ts';
import { learnedDeviceDenoiser } from '../../../src/families/gaussian/deviceDenoiser.ts';
import { createExperiment } from '../../../src/families/gaussian/experiment.ts';
import { trainingLevelsOf } from '../../../src/families/gaussian/trainingLevels.ts';

const processIds = processes.entries.map(({ id }) => id);
const outputIds = parameterizations.entries.map(({ id }) => id);
const small = { ...defaultConfig, nPoints: 60, nChain: 40, dataset: 'eight-gaussians' };

describe.each(processIds)('the trainingLevels of %s', (process) => {
  const config = { ...small, process };

  it.each(outputIds)('weighs %s so that the loss is the same whatever is predicted', (output) => {
    const forward = processOf(config);
    for (const { id: weighting } of weightings.entries) {
      const { times, objective, previousTime } = trainingLevelsOf({ ...config, output, weighting }, forward);
      const reference = trainingLevelsOf({ ...config, output: 'x0', weighting }, forward).objective;
      const gains: number[] = [];
      const ratios: number[] = [];
      for (let i = 0; i < times.length; i++) {
        const gain = objective.levels[i * LEVEL_SIZE + LEVEL.gain]!;
        gains.push(gain);
        const { out } = parameterizations
          .get(output)
          .scalings(
            answerable(forward.kernel(times[i]!)),
            answerable(forward.kernel(previousTime(times[i]!))),
          );
        const onX0 = reference.levels[i * LEVEL_SIZE + LEVEL.gain]!;
        ratios.push(gain / Math.abs(out) / onX0 || 1);
      }
      // Of thousands of levels: one look at the ends is enough.
      expect(Math.min(...gains)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...gains)).toBeLessThan(Infinity);
      expect(Math.min(...ratios)).toBeCloseTo(1, 4);
      expect(Math.max(...ratios)).toBeCloseTo(1, 4);
    }
  });

  it('has increasing times with noise, and draws all of them', () => {
    for (const timeSampling of FIELDS.timeSampling.codec.choices) {
      const forward = processOf(config);
      const { times, drawLevels } = trainingLevelsOf({ ...config, timeSampling }, forward);
      expect(Math.min(...times.map((t, i) => t - (i === 0 ? -1e-12 : times[i - 1]!)))).toBeGreaterThan(0);
      expect(Math.max(...times)).toBeLessThanOrEqual(1);
      expect(Math.min(...times.map((t) => forward.kernel(t).sigma))).toBeGreaterThan(0);
      const levels = drawLevels(4000, createRng(2));
      expect(Math.max(...levels)).toBeLessThan(times.length);
      expect(new Set(levels).size).toBeGreaterThan(times.length / 10);
    }
  });

  it.each(outputIds)('samples with the exact answer said as %s', (output) => {
    const experiment = createExperiment({ ...config, output });
    const exact = exactDenoiser(experiment.density, experiment.process);
    const x = Float64Array.of(0.4, -0.7, 1.1, 0.2);
    for (const t of [0.1, 0.5, 0.9]) {
      const network = saying(x, t, exact(x, t), experiment);
      const deviceDenoiser = learnedDeviceDenoiser(onArrays, network, experiment, createRng(1));
      const found = deviceDenoiser.denoise(x, t) as Vector;
      const wanted = exact(x, t);
      for (const [i, value] of wanted.entries()) expect(found[i]!).toBeCloseTo(value, 8);
    }
  });
});

/** A network that knows the answer at one point and time, and answers F for it. */
function saying(x: Vector, t: number, x0Hat: Vector, experiment: ReturnType<typeof createExperiment>) {
  const { alpha, sigma } = experiment.process.kernel(t);
  const previous = experiment.process.kernel(experiment.trainingLevels.previousTime(t));
  const mix = experiment.output.mix({ alpha, sigma }, previous);
  const answer = x0Hat.map((value, i) => mix.x0 * value + (mix.eps * (x[i]! - alpha * value)) / sigma);
  return {
    evaluate(_: unknown, level: SharedLevel) {
      expect(level.inputScale).toBeCloseTo(1 / Math.hypot(alpha, sigma), 12);
      return { output: answer, variance: null };
    },
    readWeights: () => Promise.reject(new Error('A formula has no weights.')),
    dispose() {},
  };
}

/** Just the algebra of a backend, in float64. */
const onArrays = { space: arraySpace } as unknown as TrainerBackend<unknown>;

describe('a learned variance', () => {
  it('is taught on the chain alone', () => {
    for (const process of processIds) {
      const { task } = createExperiment({ ...small, process, learnedVariance: true });
      expect(task.objective.learnsVariance).toBe(process === 'vp');
      expect(task.shape.outputs).toBe(process === 'vp' ? 4 : 2);
    }
  });

  it('lies between β̃ and β of every step', () => {
    const { betas, task } = createExperiment({ ...small, learnedVariance: true });
    const { levels, nLevels } = task.objective;
    for (let i = 0; i < nLevels; i++) {
      const row = levels.subarray(i * LEVEL_SIZE, (i + 1) * LEVEL_SIZE);
      expect(row[LEVEL.logBeta]).toBeCloseTo(Math.log(betas[i]!), 5);
      expect(row[LEVEL.logBetaTilde]!).toBeLessThanOrEqual(row[LEVEL.logBeta]! + 1);
      expect(row[LEVEL.isKl]).toBe(i === 0 ? 0 : 1);
    }
  });
});
