import { registry } from '../registry.ts';
import { checkerboard } from './checkerboard.ts';
import { circles } from './circles.ts';
import { dino } from './dino.ts';
import { eightGaussians } from './eightGaussians.ts';
import { moons } from './moons.ts';
import { pinwheel } from './pinwheel.ts';
import { rings } from './rings.ts';
import { swissRoll } from './swissRoll.ts';
import { twentyFiveGaussians } from './twentyFiveGaussians.ts';
import { twoSpirals } from './twoSpirals.ts';

export const datasets = registry('data set', [
  swissRoll,
  moons,
  circles,
  rings,
  eightGaussians,
  twentyFiveGaussians,
  pinwheel,
  twoSpirals,
  checkerboard,
  dino,
]);
