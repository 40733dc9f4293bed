// @vitest-environment happy-dom
import { act } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { newStage, views } from '../../src/views/index.ts';
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

const CLASSES = { dataset: 'moons', conditional: true };

describe.each(views)('the settings of a stage that shows $label', ({ kind, parts }) => {
  it.each([
    { around: 'as the page begins', patch: {} },
    { around: 'with classes', patch: CLASSES },
    { around: 'with a process that leaves noise', patch: { process: 've' } },
  ])('are named, and change that stage alone, $around', async ({ patch }) => {
    const stage = { ...newStage[kind], ...('ofClass' in parts && 'conditional' in patch && { ofClass: 1 }) };
    const stages = [newStage.forward, stage, newStage.reverse];
    const { playground, container } = await show(
      experiment({ ...patch, stages }),
      <StageSettings index={1} />,
    );
    const { config } = playground.store.getState();
    const before = config.stages[1]!;
    expect(namelessIn(container)).toEqual([]);
    expect(new Set(namesIn(container)).size).toBe(namesIn(container).length);
    expect(settingsIn(container)).not.toEqual([]);
    for (const i of settingsIn(container).keys()) {
      const control = settingsIn(container)[i]!;
      const name = nameOf(control);
      await operate(playground, control);
      const after = playground.store.getState().config;
      const { id, kind, layers } = after.stages[1]!;
      expect(after.stages[1], name).not.toEqual(before);
      expect({ id, kind, layers }, name).toEqual({ id: before.id, kind: before.kind, layers: before.layers });
      expect({ ...after, stages: after.stages.with(1, before) }, name).toEqual(config);
      await act(async () => playground.actions.replace(config));
    }
  });
});
