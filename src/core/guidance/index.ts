export { classifierGuidedDenoiser, guidedEps, guidedMean, guidedScore } from './classifier.ts';
export { classifierFreeDenoiser, guideByScale, guideByWeight } from './classifierFree.ts';
export { forwardAgain, imputedDenoiser, type Known, repaintStep, replaceKnown } from './imputation.ts';
export { type LinearClassifier, linearClassifierGradient } from './linearClassifier.ts';
export {
  type GaussianFactor,
  logFactorGradient,
  multipliedStep,
  multiplyDensity,
  perturbedMean,
} from './multiplication.ts';
