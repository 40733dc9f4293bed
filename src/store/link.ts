import type { ExperimentConfig } from '../experiment/types.ts';
import { decodeConfig, EXPERIMENT_KEY } from '../experiment/url.ts';
import { configOf, type Experiment, holds } from '../lessons/experiment.ts';
import { dataIsAtHand, fetchLinkedData } from './imports/deviceData.ts';

/** What a link says. */
export interface LinkReading {
  readonly config: ExperimentConfig;
  /** The ready experiment that it names and still is. */
  readonly experiment: Experiment | null;
  /** In words, everything that was changed or passed over. */
  readonly warnings: readonly string[];
}

const experimentIn = (search: string): string | null => new URLSearchParams(search).get(EXPERIMENT_KEY);

/** Whether a link can be read at once: it names no ready experiment, and no data that must be fetched. */
export const isAtHand = (search: string): boolean => experimentIn(search) === null && dataIsAtHand(search);

/** A link that `isAtHand`. */
export const readLinkAtHand = (search: string): LinkReading => ({
  ...decodeConfig(search),
  experiment: null,
});

/** Any link, after what it names has been brought to hand; resolves whatever happens. */
export async function readLink(search: string): Promise<LinkReading> {
  await fetchLinkedData(search);
  const id = experimentIn(search);
  return id === null ? readLinkAtHand(search) : readExperiment(search, id);
}

async function readExperiment(search: string, id: string): Promise<LinkReading> {
  const experiment = await findExperiment(id);
  if (typeof experiment === 'string') {
    const { config, warnings } = decodeConfig(search);
    return { config, experiment: null, warnings: [experiment, ...warnings] };
  }
  const { config, warnings } = decodeConfig(search, configOf(experiment));
  return { config, experiment: holds(experiment, config) ? experiment : null, warnings };
}

/** @returns the experiment, or in words why it cannot be opened */
async function findExperiment(id: string): Promise<Experiment | string> {
  try {
    const { experiments } = await import('../lessons/experiments/index.ts');
    if (experiments.has(id)) return experiments.get(id);
    return `There is no experiment “${id.slice(0, 40)}”; the menu “Experiments” has all there are.`;
  } catch {
    return 'The experiment of the link could not be loaded: you are offline, or the page has been updated. Reload the page.';
  }
}
