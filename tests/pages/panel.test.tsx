// @vitest-environment happy-dom
import { act } from '@testing-library/react';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ConfigPatch } from '../../src/experiment/patch.ts';
import { Panel } from '../../src/pages/panel/Panel.tsx';
import { loadKatex } from '../../src/ui/katex.ts';
import { expectNoComplaints, experiment, namelessIn, settingsIn, show } from './panels.tsx';

expectNoComplaints();

beforeAll(async () => {
  // KaTeX refuses a page in quirks mode, and this one does not say which mode it is in.
  Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' });
  // Loaded before, an equation is set as soon as it is shown.
  await loadKatex();
});

const UPLOAD = { reading: false, problem: null, take: () => {}, dismiss: () => {} };
const TABS = { data: 'Data', noise: 'Noise', model: 'Model', sampler: 'Sampler', view: 'View' } as const;

/** Between them, these show what is only shown sometimes. */
const EXPERIMENTS: readonly { readonly about: string; readonly patch: ConfigPatch }[] = [
  { about: 'as the page begins', patch: {} },
  { about: 'own points', patch: { dataset: 'custom', customPoints: [0, 0, 1, 1, 2, 0] } },
  {
    about: 'classes and a drawn schedule',
    patch: { dataset: 'moons', conditional: true, schedule: 'drawn' },
  },
  { about: 'a process without a schedule', patch: { process: 've' } },
  { about: 'an output that pure noise makes useless', patch: { output: 'eps', zeroTerminalSnr: true } },
  { about: 'a loss that needs slopes', patch: { loss: 'sliced' } },
];

describe.each(Object.entries(TABS) as [keyof typeof TABS, string][])('the panel %s', (panel, label) => {
  it.each(EXPERIMENTS)('shows named controls, $about', async ({ patch }) => {
    const props = { selected: 0, onSelect: () => {}, upload: UPLOAD, over: false };
    const config = experiment({ ...patch, panel });
    const { container } = await show(config, <Panel {...props} />);
    await act(async () => void (await loadKatex()));
    expect(container.querySelector('[role="tab"][aria-selected="true"]')?.textContent).toBe(label);
    expect(settingsIn(container)).not.toEqual([]);
    expect(namelessIn(container)).toEqual([]);
    expect(container.querySelectorAll('.failed-room, .c-equation:not(.is-set)')).toHaveLength(0);
  });
});

it('a control without a name is found', async () => {
  const { container } = await show(experiment({}), <input type="text" />);
  expect(namelessIn(container)).toHaveLength(1);
});
