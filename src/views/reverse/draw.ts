import { stepWords } from '../../canvas/frames.ts';
import { drawParticles } from '../../canvas/layers/particles.ts';
import { describeParticles } from '../../canvas/particleWords.ts';
import type { Picture } from '../../canvas/picture.ts';
import { trajectoryOf } from '../../canvas/types.ts';
import { fixedTimeOf } from './parameters.ts';
import type { ReverseStage } from './stage.ts';

export const picture: Picture<ReverseStage> = {
  draw: drawParticles,
  readout: (scene, time) => stepWords(trajectoryOf(scene), time, fixedTimeOf(scene.config)),
  describe: (scene, time) => describeParticles(scene, time, fixedTimeOf(scene.config)?.toString()),
};
