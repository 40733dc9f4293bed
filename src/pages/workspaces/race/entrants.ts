import { samplers } from '../../../core/samplers/index.ts';
import type { ExperimentConfig } from '../../../experiment/types.ts';
import type { RaceRequest, RacingSampler } from '../../../protocol/studies.ts';
import { viewOf } from '../../../views/index.ts';
import { mostSteps } from '../../../views/reverse/mostSteps.ts';
import { stepRule, usesTimeGrid } from '../../../views/reverse/parameters.ts';
import { isEncoding } from '../../../views/reverse/rules.ts';
import { shapingSettings } from '../../../views/reverse/shapingSettings.ts';
import type { ReverseStage } from '../../../views/reverse/stage.ts';
import type { RaceChoice } from './choice.ts';

/** A sampler in the race, what it is called there, and what a stage is given to show it. */
export interface Entrant {
  readonly name: string;
  readonly settings: RacingSampler;
}

export function entrantsOf(
  choice: RaceChoice,
  { stages, nChain }: Pick<ExperimentConfig, 'stages' | 'nChain'>,
): readonly Entrant[] {
  const chosen = choice.samplers.map((id): Entrant => {
    const timeGrid = usesTimeGrid(id) ? choice.timeGrid : 'linear';
    return {
      name: samplers.get(id).label,
      settings: { sampler: id, timeGrid, eta: 0, variance: 'beta-tilde' },
    };
  });
  if (!choice.ofStages) return chosen;
  const own = stages.flatMap((stage, i): Entrant[] => {
    if (stage.kind !== 'reverse' || isEncoding(stage, nChain)) return [];
    return [{ name: `${i + 1}: ${viewOf(stage).text(stage, nChain).title}`, settings: settingsOf(stage) }];
  });
  return [...chosen, ...own];
}

const settingsOf = (stage: ReverseStage): RacingSampler => ({
  sampler: stage.sampler,
  ...shapingSettings(stage),
});

/** The race to be run, or in words why there is none. */
export function requestOf(
  { nSteps, denoisers, n, seed }: RaceChoice,
  entrants: readonly Entrant[],
  { nChain }: Pick<ExperimentConfig, 'nChain'>,
): RaceRequest | string {
  if (entrants.length === 0) return 'Choose a sampler.';
  if (denoisers.length === 0) return 'Choose the network, the exact answer, or both.';
  const asking = entrants.filter(
    ({ settings: { sampler, timeGrid = 'linear' } }) => stepRule({ sampler, timeGrid }) === 'chosen',
  );
  const most = Math.max(0, ...asking.map(({ settings: { sampler } }) => mostSteps(sampler, nChain)));
  const steps = nSteps.filter((count) => count <= most);
  if (asking.length > 0 && steps.length === 0) return 'Choose a number of steps.';
  return { samplers: entrants.map(({ settings }) => settings), nSteps: steps, denoisers, n, seed };
}
