import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configOf } from '../../src/lessons/experiment.ts';
import { experiments } from '../../src/lessons/experiments/index.ts';
import { isAtHand, readLink, readLinkAtHand } from '../../src/store/link.ts';
import { createPlayground } from '../../src/store/playgroundStore.ts';
import { linkTo } from '../../src/store/urlSync.ts';
import { createFakeEngine } from './fakeEngine.ts';

const eta = experiments.get('eta');
const location = { pathname: '/', search: '', hash: '' };

describe('a link to an experiment', () => {
  it('opens it, with the look that the link asks for', async () => {
    expect(isAtHand('?experiment=eta')).toBe(false);
    const { config, experiment, warnings } = await readLink('?experiment=eta&theme=dark');
    expect({ config, experiment, warnings }).toEqual({
      config: { ...configOf(eta), theme: 'dark' },
      experiment: eta,
      warnings: [],
    });
  });

  it('opens what has been made of it, which is no longer it', async () => {
    const { config, experiment, warnings } = await readLink('?experiment=eta&st=f');
    expect(config).toEqual({ ...configOf(eta), stages: [expect.objectContaining({ kind: 'forward' })] });
    expect({ experiment, warnings }).toEqual({ experiment: null, warnings: [] });
  });

  it('that there is not says so, and opens the rest', async () => {
    const { config, experiment, warnings } = await readLink('?experiment=teleport&d=moons');
    expect(config.dataset).toBe('moons');
    expect(experiment).toBeNull();
    expect(warnings).toEqual([
      'There is no experiment “teleport”; the menu “Experiments” has all there are.',
    ]);
  });

  it.each(['', '?d=moons', '?embed'])('is not %s', async (search) => {
    expect(isAtHand(search)).toBe(true);
    expect(await readLink(search)).toEqual(readLinkAtHand(search));
  });
});

describe('an experiment that was chosen', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const begin = () => createPlayground(createFakeEngine(), { frame: () => Promise.resolve() });

  it('keeps the look of the page and is named in the link', async () => {
    const { actions, store } = begin();
    actions.set({ theme: 'dark', dataset: 'moons' });
    actions.openExperiment(eta);
    const { config, experiment } = store.getState();
    expect(config).toEqual({ ...configOf(eta), theme: 'dark' });
    expect(experiment).toBe(eta);
    const link = linkTo(config, location, experiment?.id);
    expect(link).toMatch(/^\/\?experiment=eta&/);
    expect(await readLink(link.slice(1))).toEqual({ config, experiment: eta, warnings: [] });
  });

  it('is left with the first change of what it is about, and by a dismissal', () => {
    const { actions, store } = begin();
    actions.openExperiment(eta);
    actions.set({ time: 0.3, speed: 2, learningRate: 0.001 });
    expect(store.getState().experiment).toBe(eta);
    actions.removeStage(0);
    expect(store.getState().experiment).toBeNull();
    actions.openExperiment(eta);
    const { config } = store.getState();
    actions.dismissExperiment();
    expect(store.getState()).toMatchObject({ config, experiment: null });
  });
});
