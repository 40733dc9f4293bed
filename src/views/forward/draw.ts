import { stepWords } from '../../canvas/frames.ts';
import { drawParticles } from '../../canvas/layers/particles.ts';
import { describeParticles } from '../../canvas/particleWords.ts';
import type { Picture } from '../../canvas/picture.ts';
import { trajectoryOf } from '../../canvas/types.ts';
import type { ForwardStage } from './view.ts';

export const picture: Picture<ForwardStage> = {
  draw: drawParticles,
  readout: (scene, time) => stepWords(trajectoryOf(scene), time),
  describe: describeParticles,
};
