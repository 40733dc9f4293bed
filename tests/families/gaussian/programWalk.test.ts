import { describe, expect, it } from 'vitest';
import { interpretProgram } from '../../../src/core/program.ts';
import { createRng } from '../../../src/core/rng.ts';
import { samplers } from '../../../src/core/samplers/index.ts';
import type { Vector } from '../../../src/core/types.ts';
import { defaultConfig } from '../../../src/experiment/fields.ts';
import { type Arena, exactArena } from '../../../src/families/gaussian/deviceDenoiser.ts';
import { createExperiment } from '../../../src/families/gaussian/experiment.ts';
import { newFrames } from '../../../src/families/gaussian/recordings/frames.ts';
import { settingsOf, timesOf, walkSettings } from '../../../src/families/gaussian/recordings/samplerRun.ts';
import { startingPoints } from '../../../src/families/gaussian/recordings/start.ts';
import { walk } from '../../../src/families/gaussian/recordings/walk.ts';
import { newStage } from '../../../src/views/index.ts';

/** The exact arena, which walks whole paths by what the program says. */
function walking(arena: Arena<Vector>): Arena<Vector> {
  return {
    ...arena,
    async *walkProgram(program, start) {
      const place = { ...arena, learnedNoise: null };
      const slots = interpretProgram(program, place, Float64Array.from(start));
      yield slots.map((slot) => Float32Array.from(slot));
    },
  };
}

describe.each(['vp', 've', 'rectified-flow'])('on the process %s', (process) => {
  const experiment = createExperiment({ ...defaultConfig, dataset: 'eight-gaussians', nChain: 30, process });

  it.each(samplers.entries.map(({ id }) => id))(
    '%s has the same frames at once as step by step',
    async (id) => {
      const settings = settingsOf({ ...newStage.reverse, sampler: id, nSteps: 9, timeGrid: 'linear' });
      const path = {
        ...walkSettings(settings, experiment),
        times: timesOf(settings, experiment),
        start: Float64Array.from(
          Float32Array.from(startingPoints(5, false, createRng(3), experiment.process)),
        ),
        nFrames: 4,
        drawn: true,
      };
      const found = await Promise.all(
        [(arena: Arena<Vector>) => arena, walking].map(async (made) => {
          const frames = newFrames();
          for await (const _ of walk(frames, made(exactArena(experiment, createRng(4))), experiment, path));
          return frames;
        }),
      );
      expect(found[1]).toEqual(found[0]);
    },
  );
});
