import { needsSlope, trainedLosses } from '../../core/losses/trained.ts';
import { parameterizations } from '../../core/parameterizations/index.ts';
import { timeSamplings } from '../../core/timeSampling/index.ts';
import { weightings } from '../../core/weightings/index.ts';
import type { Formula } from '../../experiment/formula.ts';
import { isChain } from '../../experiment/scheduled.ts';
import type { ExperimentConfig } from '../../experiment/types.ts';

const LOSS = {
  tex: String.raw`L = \mathbb E_{t,x_0,\varepsilon}\,w(t)\,\bigl\|F - F_\theta(x_t, t)\bigr\|^2`,
  label: 'L is the mean, weighted, squared error of what the network predicts',
};
const SIMPLE = {
  tex: String.raw`L_\text{simple} = \mathbb E_{t,x_0,\varepsilon}\,\bigl\|\varepsilon - \varepsilon_\theta(x_t, t)\bigr\|^2`,
  label: 'L simple is the mean squared error of the predicted noise',
};
const HYBRID = {
  tex: String.raw`L_\text{hybrid} = L_\text{simple} + 0.001\,L_\text{vlb},\quad \Sigma_\theta = e^{v\ln\beta_t + (1-v)\ln\tilde\beta_t}`,
  label: 'L hybrid adds a thousandth of the variational bound, which teaches the variance',
};

const CLASSES = {
  tex: String.raw`F_\theta(x_t, t, y),\quad y \to \varnothing \text{ with } p_\text{uncond} = 0.1`,
  label: 'the network is shown the class y, which is dropped for a tenth of the points',
};

/** What the network is trained on, in the words of the experiment. */
export function lossFormula(config: ExperimentConfig): Formula {
  const output = parameterizations.get(config.output);
  const weighting = weightings.get(config.weighting);
  const drawn = timeSamplings.get(config.timeSampling);
  const trained = trainedLosses.get(config.loss);
  const slope = needsSlope(config.loss);
  const isSimple = weighting.id === 'simple' && !slope;
  const error = isSimple ? SIMPLE : LOSS;
  const lines = [
    slope ? { tex: trained.equation, label: `the loss: ${trained.label}` } : error,
    { tex: output.equation, label: `what the network predicts: ${output.label}` },
    { tex: weighting.equation, label: `the weight ${weighting.label}` },
    { tex: drawn.equation, label: `how t is drawn: ${drawn.label}` },
  ];
  if (config.learnedVariance && isChain(config.process)) lines.splice(1, 0, HYBRID);
  if (config.conditional) lines.push(CLASSES);
  return {
    title: isSimple ? 'What the network is trained on (DDPM, Eq. 14)' : 'What the network is trained on',
    lines,
  };
}
