import { stepWords } from '../../stage/frames.ts';
import { drawParticles } from '../../stage/layers/particles.ts';
import { describeParticles } from '../../stage/particleWords.ts';
import type { Picture } from '../../stage/picture.ts';
import { trajectoryOf } from '../../stage/types.ts';
import { fixedTimeOf } from './parameters.ts';
import type { ReverseStage } from './stage.ts';

export const picture: Picture<ReverseStage> = {
  draw: (frame) => void drawParticles(frame),
  readout: (scene, time) => stepWords(trajectoryOf(scene), time, fixedTimeOf(scene.config)),
  describe: (scene, time) => describeParticles(scene, time, fixedTimeOf(scene.config)?.toString()),
};
