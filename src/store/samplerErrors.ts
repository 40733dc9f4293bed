import type { StoreApi } from 'zustand/vanilla';
import { samplers } from '../core/samplers/index.ts';
import { unlearned } from '../core/samplers/variances.ts';
import { invalidated } from '../experiment/fields.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { Engine, Measured, QualityRequest } from '../protocol/protocol.ts';
import type { StageConfig } from '../views/index.ts';
import { stepRule, stepsOf } from '../views/reverse/parameters.ts';
import { isEncoding } from '../views/reverse/rules.ts';
import { shapingSettings } from '../views/reverse/shapingSettings.ts';
import type { ReverseStage } from '../views/reverse/stage.ts';
import type { PlaygroundState } from './playgroundState.ts';

/** More evaluations than this cost much with the exact denoiser, and leave next to no error of their own. */
const MOST_EVALUATIONS = 100;
/** Strays of a sampler beyond those of true draws, from which on it is said that the sampler errs. */
const NOTEWORTHY = 0.02;
const SURE = 2;

/** The stage's sampler with the exact denoiser, so that what strays is its own fault; null where that is not asked. */
export function exactRequest(stage: StageConfig, nChain: number): QualityRequest | null {
  if (stage.kind !== 'reverse' || isEncoding(stage, nChain) || stepRule(stage) === 'own') return null;
  // It is measured for samples of any class, and in the page's own experiment.
  if (stage.ofClass > 0 || stage.run !== '') return null;
  if (stage.condition !== null) return null;
  const sampler = samplers.get(stage.sampler);
  const nSteps = stepsOf(stage, nChain);
  if (sampler.fixedTime !== undefined || nSteps * (sampler.nfePerStep ?? 1) > MOST_EVALUATIONS) return null;
  return { sampler: stage.sampler, nSteps, denoiser: 'exact', draws: 1, ...settingsOf(stage) };
}

function settingsOf(stage: ReverseStage): Partial<QualityRequest> {
  const settings = shapingSettings(stage);
  return { ...settings, variance: unlearned(settings.variance) };
}

/** Under which name a request's answer is kept. */
export const samplerErrorKey = (request: QualityRequest): string => JSON.stringify(request);

/** Whether the samples stray although the denoiser is exact, by more than chance. */
export const samplerErrs = ({ value, error, perfect }: Measured): boolean =>
  value - SURE * error > perfect + NOTEWORTHY;

/** The next that is not known yet. */
function nextRequest({ config, samplerErrors }: PlaygroundState): QualityRequest | null {
  for (const stage of config.stages) {
    const request = exactRequest(stage, config.nChain);
    if (request && !(samplerErrorKey(request) in samplerErrors)) return request;
  }
  return null;
}

const rests = ({ phase }: PlaygroundState) => phase === 'converged' || phase === 'paused';

/**
 * Measures the samplers of the row by themselves, one after another, while the model rests. What cannot be measured is
 * not tried again before the experiment changes.
 * @returns ends it
 */
export function watchSamplerErrors(
  engine: Pick<Engine, 'quality'>,
  store: StoreApi<PlaygroundState>,
): () => void {
  let busy = false;
  async function measure(): Promise<void> {
    const state = store.getState();
    const request = !busy && rests(state) ? nextRequest(state) : null;
    if (request === null) return;
    busy = true;
    const strays = await engine.quality(request).then(
      (quality) => quality.strays,
      // Whatever refuses to be measured is not said to err; a change of the experiment asks anew.
      () => null,
    );
    busy = false;
    keep(state.config, request, strays);
  }
  function keep(asked: ExperimentConfig, request: QualityRequest, strays: Measured | null): void {
    const { config, samplerErrors } = store.getState();
    if (invalidated(asked, config) === 'model') return;
    store.setState({ samplerErrors: { ...samplerErrors, [samplerErrorKey(request)]: strays } });
  }
  return store.subscribe(() => void measure());
}
