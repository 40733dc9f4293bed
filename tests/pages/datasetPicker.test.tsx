// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { datasets } from '../../src/core/datasets/index.ts';
import { DatasetPicker } from '../../src/pages/DatasetPicker.tsx';
import { Header } from '../../src/pages/Header.tsx';
import { Lessons } from '../../src/pages/lessons/Lessons.tsx';
import { thumbnailPoints } from '../../src/pages/thumbnail.ts';
import { expectNoComplaints, experiment, show } from './panels.tsx';

expectNoComplaints();

const pictures = () => within(screen.getByRole('radiogroup', { name: 'Data set' })).getAllByRole('radio');
/** It is loaded when it is first asked for. */
const pad = () => screen.findByRole('dialog', { name: 'Draw your own data' });

describe('the choice of data', () => {
  it('has a picture of every data set, of which the one in force is chosen and can be reached by Tab', async () => {
    await show(experiment({ dataset: 'moons' }), <DatasetPicker />);
    expect(pictures().map((picture) => picture.getAttribute('aria-label'))).toEqual(
      datasets.entries.map(({ label }) => label),
    );
    const chosen = pictures().filter((picture) => picture.getAttribute('aria-checked') === 'true');
    expect(chosen.map((picture) => picture.title)).toEqual(['Two moons']);
    // Tab comes to the group, which hands the focus on to the chosen one.
    await act(async () => screen.getByRole('radiogroup', { name: 'Data set' }).focus());
    expect(document.activeElement).toBe(chosen[0]);
  });

  it('is made with a press, and with the arrow keys, which go round', async () => {
    const { playground } = await show(experiment({ dataset: 'moons' }), <DatasetPicker />);
    const dataset = () => playground.store.getState().config.dataset;
    await act(async () => fireEvent.click(screen.getByRole('radio', { name: 'Dino' })));
    expect(dataset()).toBe('dino');
    const press = (key: string) =>
      act(async () => {
        fireEvent.keyDown(document.activeElement!, { key });
        await new Promise((resolve) => setTimeout(resolve));
      });
    screen.getByRole('radio', { name: 'Dino' }).focus();
    await press('ArrowRight');
    expect(dataset()).toBe(datasets.entries[0]!.id);
    await press('ArrowLeft');
    expect(dataset()).toBe(datasets.entries.at(-1)!.id);
    expect(document.activeElement?.getAttribute('aria-checked')).toBe('true');
  });

  it('opens the drawing pad for own data, from the button, from the list and from the header', async () => {
    const { playground } = await show(experiment({}), <DatasetPicker />);
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Draw your own…' })));
    expect(await pad()).not.toBeNull();
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Close' })));
    await act(async () => fireEvent.change(screen.getByRole('combobox'), { target: { value: 'custom' } }));
    expect(await pad()).not.toBeNull();
    expect(playground.store.getState().notices).toEqual([]);
  });

  it('offers files where one can be opened', async () => {
    const open = vi.fn();
    await show(experiment({}), <DatasetPicker onOpenFile={open} />);
    fireEvent.click(screen.getByRole('button', { name: 'Open a file…' }));
    expect(open).toHaveBeenCalledOnce();
  });
});

it('“Draw your own…” in the header’s list draws', async () => {
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => {},
    removeEventListener: () => {},
  }));
  const { playground } = await show(
    experiment({}),
    <Lessons>
      <Header />
    </Lessons>,
  );
  const list = screen.getByRole('combobox', { name: 'Data set' });
  await act(async () => fireEvent.change(list, { target: { value: 'custom' } }));
  expect(await pad()).not.toBeNull();
  expect(playground.store.getState().notices).toEqual([]);
  expect(playground.store.getState().config.dataset).not.toBe('custom');
  vi.unstubAllGlobals();
});

it('every picture fills its frame', () => {
  for (const { id } of datasets.entries) {
    const points = thumbnailPoints({ id, own: null });
    const sizes = Array.from(points, Math.abs);
    expect(Math.max(...sizes), id).toBeCloseTo(1, 9);
  }
});
