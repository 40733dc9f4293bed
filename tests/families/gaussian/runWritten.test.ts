import { describe, expect, it } from 'vitest';
import { interpretProgram } from '../../../src/core/program.ts';
import { createRng } from '../../../src/core/rng.ts';
import { samplers } from '../../../src/core/samplers/index.ts';
import type { Vector } from '../../../src/core/types.ts';
import { defaultConfig } from '../../../src/experiment/fields.ts';
import { type DeviceDenoiser, exactDeviceDenoiser } from '../../../src/families/gaussian/deviceDenoiser.ts';
import { createExperiment } from '../../../src/families/gaussian/experiment.ts';
import { newFrames } from '../../../src/families/gaussian/recordings/frames.ts';
import { runSampler } from '../../../src/families/gaussian/recordings/runSampler.ts';
import { runSettings, settingsOf, timesOf } from '../../../src/families/gaussian/recordings/samplerRun.ts';
import { startingPoints } from '../../../src/families/gaussian/recordings/start.ts';
import { newStage } from '../../../src/views/index.ts';

/** The exact answer, which runs whole paths by what the program says. */
function walking(deviceDenoiser: DeviceDenoiser<Vector>): DeviceDenoiser<Vector> {
  return {
    ...deviceDenoiser,
    async *runProgram(program, start) {
      const place = { ...deviceDenoiser, learnedNoise: null };
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
        ...runSettings(settings, experiment),
        times: timesOf(settings, experiment),
        start: Float64Array.from(
          Float32Array.from(startingPoints(5, false, createRng(3), experiment.process)),
        ),
        nFrames: 4,
        drawn: true,
      };
      const found = await Promise.all(
        [(deviceDenoiser: DeviceDenoiser<Vector>) => deviceDenoiser, walking].map(async (made) => {
          const frames = newFrames();
          for await (const _ of runSampler(
            frames,
            made(exactDeviceDenoiser(experiment, createRng(4))),
            experiment,
            path,
          ));
          return frames;
        }),
      );
      expect(found[1]).toEqual(found[0]);
    },
  );

  it('goes in twice as many steps as the chain has, by DDPM in all of them', () => {
    const nSteps = (id: string) =>
      timesOf(settingsOf({ ...newStage.reverse, sampler: id, nSteps: 60 }), experiment).length - 1;
    expect(nSteps('ddim')).toBe(60);
    expect(nSteps('ddpm')).toBe(30);
  });
});
