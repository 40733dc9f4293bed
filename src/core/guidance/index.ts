export { classifierGuidedDenoiser, guidedEps, guidedMean, guidedScore } from './classifier.ts';
export { classifierFreeDenoiser, guideByScale, guideByWeight } from './classifierFree.ts';
export {
  type ConditionGradient,
  classGradient,
  type GradientAt,
  guidedBy,
  guidedDraw,
  type LogFactor,
  lineGradient,
  logFactorOf,
  multipliedDraw,
  perturbedDraw,
  projectedBy,
  ratioGradient,
  reconstructedBy,
} from './conditions.ts';
export {
  forwardAgain,
  imputedDenoiser,
  type Known,
  type KnownPart,
  knownCoordinates,
  repainted,
  repaintStep,
  replaceKnown,
} from './imputation.ts';
export {
  alongLine,
  drawOnLine,
  fromLineAxes,
  knownLine,
  type Line,
  type LineConditional,
  lineCdf,
  lineConditional,
  lineDensity,
  toLineAxes,
} from './line.ts';
export { type LinearClassifier, linearClassifierGradient } from './linearClassifier.ts';
export {
  type GaussianFactor,
  logFactorGradient,
  multipliedStep,
  multiplyDensity,
  type ProductDensity,
  perturbedMean,
  productDensity,
} from './multiplication.ts';
export {
  depthWithin,
  hasArea,
  logIndicator,
  type Region,
  type RegionDensity,
  regionDensity,
} from './region.ts';
export { drawWithin } from './regionDraws.ts';
export { regionGradient, regionScore } from './regionScore.ts';
export { drawTempered, logTempered, temperedDensity } from './tempered.ts';
