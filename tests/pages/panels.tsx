import { act, cleanup, fireEvent, render } from '@testing-library/react';
import { computeAccessibleName } from 'dom-accessibility-api';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, type MockInstance, vi } from 'vitest';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { applyPatch, type ConfigPatch } from '../../src/experiment/patch.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { createPlayground, type Playground } from '../../src/store/playgroundStore.ts';
import { PlaygroundProvider, useField, usePlaygroundActions } from '../../src/store/react.ts';
import { settingsFor } from '../../src/views/settings.ts';
import { createFakeEngine } from '../store/fakeEngine.ts';

/** What can be operated, the number field beside a slider being the same setting once more. */
const SETTINGS = 'select, [role="slider"], [role="group"], [role="radiogroup"], [role="switch"], .step-list';
const CONTROLS = `${SETTINGS}, button, input:not([hidden]), textarea`;

export const experiment = (patch: ConfigPatch): ExperimentConfig =>
  applyPatch({ ...defaultConfig, level: 'all' }, patch);

/** A panel on the page, around a playground whose engine computes nothing. */
export async function show(config: ExperimentConfig, panel: ReactNode) {
  const playground = createPlayground(createFakeEngine(), {
    config,
    autoTrain: false,
    frame: async () => {},
  });
  await playground.ready;
  const { container } = render(<PlaygroundProvider playground={playground}>{panel}</PlaygroundProvider>);
  await act(() => playground.settled());
  return { playground, container };
}

/** The settings of a stage as the panel shows them. */
export function StageSettings({ index }: { readonly index: number }) {
  const stage = useField('stages')[index]!;
  const actions = usePlaygroundActions();
  const Settings = settingsFor(stage);
  return <Settings stage={stage} change={(patch) => void actions.changeStage(index, patch)} />;
}

const all = (container: Element, selector: string) => [...container.querySelectorAll<HTMLElement>(selector)];

export const settingsIn = (container: Element) => all(container, SETTINGS);
export const nameOf = (control: Element): string => computeAccessibleName(control);
export const namesIn = (container: Element) => settingsIn(container).map(nameOf);

/** Controls that a screen reader could not name. */
export const namelessIn = (container: Element) =>
  all(container, CONTROLS)
    .filter((control) => nameOf(control).trim() === '')
    .map(({ outerHTML }) => outerHTML);

/** Sets a control to something else, as a person does. */
export async function operate(playground: Playground, control: HTMLElement): Promise<void> {
  await act(async () => {
    turn(control);
    await playground.settled();
  });
}

function turn(control: HTMLElement): void {
  if (control instanceof HTMLSelectElement) {
    const other = [...control.options].find(({ selected, disabled }) => !selected && !disabled)!;
    fireEvent.change(control, { target: { value: other.value } });
  } else if (control instanceof HTMLInputElement) {
    fireEvent.change(control, { target: { value: '3, 5' } });
    fireEvent.keyDown(control, { key: 'Enter' });
  } else if (control.getAttribute('role') === 'slider') {
    const atEnd = control.getAttribute('aria-valuenow') === control.getAttribute('aria-valuemax');
    fireEvent.keyDown(control, { key: atEnd ? 'ArrowLeft' : 'ArrowRight' });
  } else {
    const choices = control.getAttribute('role') === 'switch' ? [control] : all(control, 'button');
    fireEvent.click(choices.find(({ dataset }) => dataset.state !== 'on')!);
  }
}

/** Fails every test of a file in which React, or the page, complains. Also takes down what was shown. */
export function expectNoComplaints(): void {
  let complaints: readonly MockInstance[];
  beforeEach(() => {
    complaints = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')];
  });
  afterEach(() => {
    cleanup();
    const said = complaints.flatMap(({ mock }) => mock.calls);
    vi.restoreAllMocks();
    expect(said).toEqual([]);
  });
}
