import { describe, expect, it } from 'vitest';
import { processes } from '../../../src/core/processes/index.ts';
import { createRng } from '../../../src/core/rng.ts';
import { timeGrids } from '../../../src/core/timeGrids/index.ts';
import { defaultConfig, FIELDS } from '../../../src/experiment/fields.ts';
import { processOf } from '../../../src/experiment/noise.ts';
import { parameterCodecs } from '../../../src/experiment/parametersCodec.ts';
import { applyPatch, validatePatch } from '../../../src/experiment/patch.ts';
import { createExperiment } from '../../../src/families/gaussian/experiment.ts';

const small = { ...defaultConfig, nPoints: 60, nChain: 40, dataset: 'eight-gaussians', nParticles: 50 };

/** Every combination of a process's numbers at their least, initial and largest values. */
function extremes(process: string): readonly Readonly<Record<string, number>>[] {
  return processes.get(process).parameters.reduce<readonly Readonly<Record<string, number>>[]>(
    (settings, { name, low, initial, high }) => {
      const key = `process.${process}.${name}`;
      if (!parameterCodecs.has(key)) return settings;
      return settings.flatMap((setting) =>
        [low, initial, high].map((value) => ({ ...setting, [key]: value })),
      );
    },
    [{}],
  );
}

describe.each(processes.entries.map(({ id }) => id))('%s at the extremes of its numbers', (process) => {
  it.each(extremes(process).map((parameters) => [JSON.stringify(parameters), parameters] as const))(
    'can be made and drawn from: %s',
    (_, parameters) => {
      for (const timeSampling of FIELDS.timeSampling.codec.choices) {
        const patch = validatePatch({ process, parameters, timeSampling }, small);
        const config = applyPatch(small, patch);
        const { trainingLevels } = createExperiment(config);
        const { times, drawLevels, previousTime } = trainingLevels;
        for (const [i, t] of times.entries()) {
          expect(t).toBeGreaterThan(i === 0 ? 0 : times[i - 1]!);
          expect(t).toBeLessThanOrEqual(1);
          expect(previousTime(t)).toBeLessThan(t);
        }
        expect(trainingLevels.objective.levels.every(Number.isFinite)).toBe(true);
        expect(Math.max(...drawLevels(500, createRng(1)))).toBeLessThan(times.length);
      }
      const forward = processOf(applyPatch(small, { process, parameters }));
      for (const { id } of timeGrids.entries) {
        const times = timeGrids.get(id).times(forward, 20, 200, { tau: [5, 50] });
        for (const [i, t] of times.entries()) expect(t, id).toBeLessThan(times[i - 1] ?? 2);
      }
    },
  );
});
