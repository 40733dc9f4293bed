import type { Picture } from '../canvas/picture.ts';
import { picture as density } from './density/draw.ts';
import { picture as forward } from './forward/draw.ts';
import type { StageConfig, StageKind } from './index.ts';
import { picture as oneStep } from './onestep/draw.ts';
import { picture as reverse } from './reverse/draw.ts';
import { picture as score } from './score/draw.ts';

/** How each kind of stage is drawn: one line each. */
const pictures: { readonly [K in StageKind]: Picture<Extract<StageConfig, { kind: K }>> } = {
  forward,
  reverse,
  score,
  density,
  'one-step': oneStep,
};

/** The picture of a stage, to be asked for stages of that kind alone. */
export const pictureOf = ({ kind }: StageConfig) => pictures[kind] as Picture<StageConfig>;
