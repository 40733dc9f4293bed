// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Header } from '../../src/pages/Header.tsx';
import { Lessons } from '../../src/pages/lessons/Lessons.tsx';
import { BACKEND_SETTING } from '../../src/pages/settingsSheet.ts';
import { Icon } from '../../src/ui/icons.tsx';
import { expectNoComplaints, experiment, show } from './panels.tsx';

expectNoComplaints();

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => {},
    removeEventListener: () => {},
  }));
});
afterEach(() => void vi.unstubAllGlobals());

it('the theme’s button goes round through every theme, that of the system too', async () => {
  const { playground } = await show(
    experiment({}),
    <Lessons>
      <Header />
    </Lessons>,
  );
  const theme = () => playground.store.getState().config.theme;
  const seen = [theme()];
  for (let i = 0; i < 4; i++) {
    await act(async () => void fireEvent.click(screen.getByRole('button', { name: /theme/i })));
    seen.push(theme());
  }
  expect(seen).toEqual(['system', 'dark', 'projector', 'light', 'system']);
});

it('what it computes on leads to the choice of that', async () => {
  const choice = (
    <div id={BACKEND_SETTING}>
      <select aria-label="Computes on" />
    </div>
  );
  const scrolled = vi.fn();
  Element.prototype.scrollIntoView = scrolled;
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frame());
  const { playground } = await show(
    experiment({ panel: 'data' }),
    <>
      <Lessons>
        <Header />
      </Lessons>
      {choice}
    </>,
  );
  const info = {
    engine: 'simd',
    backend: 'simd',
    adapter: null,
    reason: 'It is the fastest.',
    trial: null,
  } as const;
  act(() => playground.store.setState({ engine: info }));
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'WebAssembly' })));
  expect(playground.store.getState().config).toMatchObject({ panel: 'model', level: 'all' });
  expect(scrolled).toHaveBeenCalled();
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Computes on');
});

it('one picture means settings, another the options of a stage', async () => {
  const { container } = await show(
    experiment({}),
    <>
      <Icon name="settings" />
      <Icon name="more" />
    </>,
  );
  const [settings, more] = container.querySelectorAll('svg');
  expect(settings!.innerHTML).not.toBe(more!.innerHTML);
});
