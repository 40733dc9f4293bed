import { viewOf } from '../views/index.ts';
import { pictureOf } from '../views/pictures.ts';
import type { StageScene } from './types.ts';

/** One sentence that says what the picture shows, for those who cannot see it. */
export function describeStage(scene: StageScene, time: number): string {
  const { config } = scene;
  const dropped = droppedWords(scene);
  const name = viewOf(config).name(config);
  return `${name[0]!.toUpperCase()}${name.slice(1)}: ${pictureOf(config).describe(scene, time)}${dropped}.`;
}

function droppedWords({ paths }: Pick<StageScene, 'paths'>): string {
  if (paths.length === 0) return '';
  const whole = paths.some(({ times }) => times.length > 1);
  return whole ? '; the path of a dropped particle is drawn' : '; the place of a dropped particle is marked';
}
