import { viewOf } from '../views/index.ts';
import type { Clock } from './clock.ts';
import type { StageScene } from './types.ts';

/** Whether a stage waits at the noise while playback is on its way there, as a sampler does. */
export const waits = (
  { config }: Pick<StageScene, 'config'>,
  { direction }: Pick<Clock, 'direction'>,
): boolean => direction === 'forward' && viewOf(config).shows === 'reverse';

/** The time at which a stage is drawn. */
export const shownTime = (
  scene: Pick<StageScene, 'config'>,
  clock: Pick<Clock, 'time' | 'direction'>,
): number => (waits(scene, clock) ? 1 : clock.time);
