import { stepWords } from '../../stage/frames.ts';
import { drawParticles } from '../../stage/layers/particles.ts';
import { describeParticles } from '../../stage/particleWords.ts';
import type { Picture } from '../../stage/picture.ts';
import { trajectoryOf } from '../../stage/types.ts';
import type { ForwardStage } from './view.ts';

export const picture: Picture<ForwardStage> = {
  draw: (frame) => void drawParticles(frame),
  readout: (scene, time) => stepWords(trajectoryOf(scene), time),
  describe: describeParticles,
};
