import { registry } from '../registry.ts';
import { antithetic } from './antithetic.ts';
import { logNoise } from './logNoise.ts';
import { logNormal } from './logNormal.ts';
import { logSnr } from './logSnr.ts';
import { importance } from './lossSecondMoment.ts';
import { lowDiscrepancy, stratified } from './stratified.ts';
import { uniform } from './uniform.ts';

export const timeSamplings = registry('way of drawing t', [
  uniform,
  antithetic,
  stratified,
  lowDiscrepancy,
  logSnr,
  logNoise,
  logNormal,
  importance,
]);
