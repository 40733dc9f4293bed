import { classRequest } from '../classes.ts';
import { runRequest } from '../runRequest.ts';
import { type Row, recordingKey, type StageBase } from '../types.ts';
import { stepsOf } from './parameters.ts';
import { conditionConflict, isEncoding } from './rules.ts';
import { shapingSettings } from './shapingSettings.ts';
import type { ReverseRequest, ReverseStage } from './stage.ts';

/** Settings that change nothing here are left out or made equal, so that they do not tell recordings apart. */
function requestOf(stage: ReverseStage, nChain: number, mesh: boolean): ReverseRequest {
  const { timeGrid, eta, variance, tau, clip, tweedie, parameters } = shapingSettings(stage);
  const encodes = isEncoding(stage, nChain);
  const condition = conditionConflict(stage, nChain) ? null : stage.condition;
  return {
    kind: 'reverse',
    sampler: stage.sampler,
    nSteps: stepsOf(stage, nChain),
    eta,
    variance,
    timeGrid,
    denoiser: stage.denoiser,
    mesh: mesh && !encodes,
    ...(tau && { tau }),
    ...(clip !== 'none' && { clip }),
    ...(!tweedie && { tweedie }),
    ...(encodes && { direction: stage.direction }),
    ...(condition?.kind !== 'class' && classRequest(stage)),
    ...(condition && { condition }),
    ...runRequest(stage),
    ...(Object.keys(parameters).length > 0 && { parameters }),
  };
}

const isReverse = (stage: StageBase): stage is ReverseStage => stage.kind === 'reverse';

/** Stages whose settings come to the same share one recording; it carries the mesh if any of them shows it. */
export function requestsOf(
  stage: ReverseStage,
  { stages, nChain }: Row<StageBase>,
): readonly ReverseRequest[] {
  const meshed = requestOf(stage, nChain, true);
  const key = recordingKey(meshed);
  const isShown = stages.some(
    (other) =>
      isReverse(other) &&
      other.layers.includes('mesh') &&
      recordingKey(requestOf(other, nChain, true)) === key,
  );
  return [isShown ? meshed : requestOf(stage, nChain, false)];
}
