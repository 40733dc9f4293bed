// @vitest-environment happy-dom
import { act } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Parameter } from '../../src/core/parameters.ts';
import { clips } from '../../src/core/samplers/clips.ts';
import { samplers } from '../../src/core/samplers/index.ts';
import { timeGrids } from '../../src/core/timeGrids/index.ts';
import { newStage } from '../../src/views/index.ts';
import { parametersOfStage, stepRule, usesTimeGrid } from '../../src/views/reverse/parameters.ts';
import { offersEncoding } from '../../src/views/reverse/rules.ts';
import type { ReverseStage } from '../../src/views/reverse/stage.ts';
import {
  expectNoComplaints,
  experiment,
  namelessIn,
  nameOf,
  namesIn,
  operate,
  StageSettings,
  settingsIn,
  show,
} from '../pages/panels.tsx';

expectNoComplaints();

type Expected = readonly (readonly [name: string, setting: keyof ReverseStage])[];

const where = (shown: boolean, ...rows: Expected): Expected => (shown ? rows : []);
const sliders = (parameters: readonly Parameter[]): Expected =>
  parameters.map(({ label }) => [label.replace('_', ' '), 'parameters']);

/** The controls that change something for a stage, in their order, each with the setting that it changes. */
function expectedSettings(stage: ReverseStage, nChain: number): Expected {
  const { uses } = samplers.get(stage.sampler);
  const parameters = parametersOfStage(stage);
  return [
    ['Sampler', 'sampler'],
    ...where(stepRule(stage) === 'chosen', ['Steps S', 'nSteps']),
    ...where(usesTimeGrid(stage.sampler), ['Time grid τ (where steps end)', 'timeGrid']),
    ...where(stepRule(stage) === 'list', ['Listed steps', 'tau']),
    ...sliders(parameters.timeGrid),
    ...where(uses.includes('eta'), ['η (fresh noise)', 'eta']),
    ...where(uses.includes('variance'), ['Variance σ²', 'variance']),
    ...sliders(parameters.sampler),
    ...where(offersEncoding(stage, nChain), ['Direction', 'direction']),
    ['Denoiser', 'denoiser'],
    ['Clipping of x̂₀ (keep it in range)', 'clip'],
    ...sliders(parameters.clip),
  ];
}

const ids = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);
/** Every sampler with a rule for its steps, and with a list of them; its own, where it chooses. */
const cases = ids(samplers.entries).flatMap((sampler) =>
  (usesTimeGrid(sampler) ? ['linear', 'list'] : ['linear']).map((timeGrid) => ({
    sampler,
    timeGrid,
    rule: stepRule({ sampler, timeGrid }),
  })),
);

const OTHER = { ...newStage.reverse, sampler: 'ddpm' };
const showStage = (settings: Partial<ReverseStage>) => {
  const stage = { ...newStage.reverse, ...settings };
  return show(experiment({ stages: [OTHER, stage] }), <StageSettings index={1} />);
};

describe.each(cases)('the settings of $sampler, steps $rule', ({ sampler, timeGrid }) => {
  const settings = { sampler, timeGrid, tau: [2, 7], nSteps: 20, clip: 'dynamic' };

  it('are those that its sampler reads, each with a name', async () => {
    const { playground, container } = await showStage(settings);
    const { stages, nChain } = playground.store.getState().config;
    const expected = expectedSettings(stages[1] as ReverseStage, nChain);
    expect(namesIn(container)).toEqual(expected.map(([name]) => name));
    expect(namelessIn(container)).toEqual([]);
  });

  it('change one setting of that stage each, and nothing else', async () => {
    const { playground, container } = await showStage(settings);
    const { config } = playground.store.getState();
    const before = config.stages[1] as ReverseStage;
    for (const [i, [name, setting]] of expectedSettings(before, config.nChain).entries()) {
      const control = settingsIn(container)[i]!;
      expect(nameOf(control)).toBe(name);
      await operate(playground, control);
      const after = playground.store.getState().config;
      const stage = after.stages[1] as ReverseStage;
      expect(stage[setting], name).not.toEqual(before[setting]);
      expect({ ...stage, [setting]: before[setting] }, name).toEqual(before);
      expect({ ...after, stages: [after.stages[0], before] }, name).toEqual(config);
      await act(async () => playground.actions.replace(config));
    }
  });
});

describe.each(ids(timeGrids.entries))('times %s', (timeGrid) => {
  it.each(ids(clips.entries))('have a slider for each number, and clipping %s has too', async (clip) => {
    const { container } = await showStage({ sampler: 'ddim', timeGrid, clip });
    const stage = { ...newStage.reverse, sampler: 'ddim', timeGrid, clip };
    expect(namesIn(container)).toEqual(expectedSettings(stage, 100).map(([name]) => name));
  });
});

it('DDIM with the optimal variance samples only, whatever η is', async () => {
  const { container } = await showStage({ sampler: 'ddim', eta: 0, variance: 'optimal' });
  expect(namesIn(container)).not.toContain('Direction');
});

it.each([0, 1])('DDIM with η = %s encodes only without noise', async (eta) => {
  const { container } = await showStage({ sampler: 'ddim', eta });
  expect(namesIn(container).includes('Direction')).toBe(eta === 0);
});
