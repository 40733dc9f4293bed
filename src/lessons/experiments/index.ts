import { registry } from '../../core/registry.ts';
import { bestGuess } from './bestGuess.ts';
import { blurredTarget } from './blurredTarget.ts';
import { classes } from './classes.ts';
import { clipping } from './clipping.ts';
import { ddimSteps } from './ddimSteps.ts';
import { ddpmSteps } from './ddpmSteps.ts';
import { edmHeun } from './edmHeun.ts';
import { encodeDecode } from './encodeDecode.ts';
import { eta } from './eta.ts';
import { fewData } from './fewData.ts';
import { foldedSheet } from './foldedSheet.ts';
import { guidance } from './guidance.ts';
import { heun } from './heun.ts';
import { langevin } from './langevin.ts';
import { learnedExact } from './learnedExact.ts';
import { linearCosine } from './linearCosine.ts';
import { odeSde } from './odeSde.ts';
import { oneJump } from './oneJump.ts';
import { oneStep } from './oneStep.ts';
import { ownData } from './ownData.ts';
import { ownSteps } from './ownSteps.ts';
import { predictClean } from './predictClean.ts';
import { predictNoise } from './predictNoise.ts';
import { predictVelocity } from './predictVelocity.ts';
import { rectifiedFlow } from './rectifiedFlow.ts';
import { sameNoise } from './sameNoise.ts';
import { secondOrder } from './secondOrder.ts';
import { signalLeft } from './signalLeft.ts';
import { stepList } from './stepList.ts';
import { tenEach } from './tenEach.ts';
import { thinLines } from './thinLines.ts';
import { uphill } from './uphill.ts';
import { varianceExploding } from './varianceExploding.ts';
import { whereSteps } from './whereSteps.ts';
import { zeroTerminal } from './zeroTerminal.ts';

/** The experiments, in the order of the menu: one line each. */
export const experiments = registry('experiment', [
  oneStep,
  ddpmSteps,
  ddimSteps,
  tenEach,
  sameNoise,
  eta,
  odeSde,
  foldedSheet,
  encodeDecode,
  whereSteps,
  stepList,
  secondOrder,
  heun,
  ownSteps,
  linearCosine,
  oneJump,
  signalLeft,
  zeroTerminal,
  varianceExploding,
  rectifiedFlow,
  edmHeun,
  langevin,
  blurredTarget,
  uphill,
  bestGuess,
  learnedExact,
  predictNoise,
  predictClean,
  predictVelocity,
  fewData,
  ownData,
  thinLines,
  classes,
  guidance,
  clipping,
]);
