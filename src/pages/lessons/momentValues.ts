import { betasOf, type NoiseConfig, processOf } from '../../experiment/noise.ts';
import { isChain } from '../../experiment/scheduled.ts';
import type { StageConfig } from '../../views/index.ts';

/** What symbols stand for at a time, by the id of their term; those that have no value are missing. */
export type MomentValues = Readonly<Partial<Record<string, number>>>;

/**
 * The values of the noise's own symbols and of a stage's settings.
 * @param inSteps whether the formula is about a chain, where α_t is what one step keeps and σ a step's own
 * @returns how to get them at a time t
 */
export function momentValues(
  config: NoiseConfig,
  stage: StageConfig | undefined,
  inSteps: boolean,
): (t: number) => MomentValues {
  const process = processOf(config);
  const betas = isChain(config.process) ? betasOf(config) : null;
  const ofStage = {
    ...(stage?.kind === 'reverse' && { eta: stage.eta }),
    ...(stage && 'guidance' in stage && { guidance: stage.guidance }),
  };
  return (t) => {
    const { alpha, sigma } = process.kernel(t);
    const step = Math.min(config.nChain, Math.max(1, Math.round(t * config.nChain)));
    const beta = betas?.[step - 1];
    const before = process.kernel((step - 1) / config.nChain).alpha ** 2;
    const left = alpha ** 2;
    return {
      time: t,
      'chain-length': config.nChain,
      ...(beta === undefined
        ? { alpha, sigma }
        : {
            'alpha-bar': left,
            beta,
            'beta-tilde': (beta * (1 - before)) / (1 - before * (1 - beta)),
            ...(inSteps ? { alpha: 1 - beta } : { alpha, sigma }),
          }),
      ...(sigma > 0 && { snr: (alpha / sigma) ** 2, 'log-snr': 2 * Math.log(alpha / sigma) }),
      ...ofStage,
    };
  };
}

/** A value in as few digits as tell it apart: 0.43, 200, 4.1e-5. */
export function valueText(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(2)));
}
