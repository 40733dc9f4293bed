// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { CHARTS, chartIds } from '../../src/experiment/charts.ts';
import { decodeConfig } from '../../src/experiment/url.ts';
import { ChartMenu, replaced } from '../../src/pages/charts/ChartMenu.tsx';
import { expectNoComplaints, experiment, show } from './panels.tsx';

expectNoComplaints();

async function open(id: keyof typeof CHARTS, charts: readonly (keyof typeof CHARTS)[]) {
  const { playground } = await show(experiment({ charts }), <ChartMenu id={id} />);
  await act(async () => fireEvent.keyDown(screen.getByRole('button'), { key: 'Enter' }));
  const choose = (role: 'menuitemradio' | 'menuitem', name: string) =>
    act(async () => void fireEvent.click(screen.getByRole(role, { name })));
  return { charts: () => playground.store.getState().config.charts, choose };
}

describe('the menu of a chart', () => {
  it('offers every chart, the shown one checked, and puts another in its place', async () => {
    const { charts, choose } = await open('schedule', ['loss', 'schedule']);
    const offered = screen.getAllByRole('menuitemradio');
    expect(offered.map(({ textContent }) => textContent)).toEqual(chartIds.map((id) => CHARTS[id].label));
    expect(offered.filter((item) => item.getAttribute('aria-checked') === 'true')[0]?.textContent).toBe(
      'Schedule',
    );
    await choose('menuitemradio', 'Loss by t');
    expect(charts()).toEqual(['loss', 'levels']);
  });

  it('adds a chart that is not shown yet, and removes its own, but never the last', async () => {
    const { charts, choose } = await open('loss', ['loss']);
    expect(screen.getByRole('menuitem', { name: 'Remove this chart' }).getAttribute('aria-disabled')).toBe(
      'true',
    );
    await choose('menuitem', 'Add a chart');
    expect(charts()).toEqual(['loss', 'schedule']);
  });

  it('lets charts of one row change places', () => {
    expect(replaced(['loss', 'schedule'], 'loss', 'schedule')).toEqual(['schedule', 'loss']);
    expect(replaced(['loss', 'schedule'], 'loss', 'quality')).toEqual(['quality', 'schedule']);
  });
});

it('a page begins with two charts, and links of before have the charts that they name', () => {
  expect(decodeConfig('').config.charts).toEqual(['loss', 'schedule']);
  expect(decodeConfig('ch=qsbl').config.charts).toEqual(['quality', 'schedule', 'likelihood', 'loss']);
  expect(decodeConfig('ch=qsbl').warnings).toEqual([]);
});
