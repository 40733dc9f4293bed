import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { decodeConfig } from '../../src/experiment/url.ts';
import { experiments } from '../../src/lessons/experiments/index.ts';
import { createPlayground } from '../../src/store/playgroundStore.ts';
import { type LinkWindow, linkTo, syncUrl } from '../../src/store/urlSync.ts';
import { createFakeEngine } from './fakeEngine.ts';

/** A window with a history of its own. */
function fakeWindow(search: string) {
  const entries = [search];
  let at = 0;
  const listeners = new Set<EventListener>();
  const searchOf = (url?: string | URL | null) => new URL(String(url), 'http://localhost').search;
  const page = {
    location: {
      pathname: '/',
      hash: '',
      get search() {
        return entries[at]!;
      },
    },
    history: {
      pushState: (_data: unknown, _title: string, url?: string | URL | null) => {
        entries.splice(++at, Number.POSITIVE_INFINITY, searchOf(url));
      },
      replaceState: (_data: unknown, _title: string, url?: string | URL | null) => {
        entries[at] = searchOf(url);
      },
    },
    addEventListener: (_: string, listener: EventListener) => listeners.add(listener),
    removeEventListener: (_: string, listener: EventListener) => listeners.delete(listener),
  };
  const go = (delta: number) => {
    at += delta;
    for (const listener of listeners) listener(new Event('popstate'));
  };
  return { page: page as unknown as LinkWindow, entries, go, listeners };
}

function begin(search = '') {
  const { config, warnings } = decodeConfig(search);
  const playground = createPlayground(createFakeEngine(), {
    config,
    warnings,
    frame: () => Promise.resolve(),
  });
  const browser = fakeWindow(search);
  const stop = syncUrl(playground, browser.page);
  return { ...playground, ...browser, stop, config: () => playground.store.getState().config };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the address bar', () => {
  it('follows a slider in place, once it rests', () => {
    const { actions, entries } = begin();
    for (let width = 8; width <= 40; width++) actions.set({ width });
    expect(entries).toEqual(['']);
    vi.advanceTimersByTime(1000);
    expect(entries).toEqual(['?w=40']);
    actions.set({ width: 64 });
    vi.advanceTimersByTime(1000);
    expect(entries).toEqual(['']);
  });

  it('makes an entry of each choice, which back and forward walk', () => {
    const { actions, entries, go, config } = begin();
    actions.setDataset('moons');
    vi.advanceTimersByTime(1000);
    actions.set({ schedule: 'cosine' });
    vi.advanceTimersByTime(1000);
    expect(entries).toEqual(['', '?d=moons', '?d=moons&b=cosine']);
    go(-2);
    expect(config()).toEqual(defaultConfig);
    go(1);
    expect(config()).toMatchObject({ dataset: 'moons', schedule: 'linear' });
    vi.advanceTimersByTime(1000);
    expect(entries).toHaveLength(3);
  });

  it('drops what was about to be written when the person goes back', () => {
    const { actions, entries, go, config } = begin();
    actions.setDataset('moons');
    vi.advanceTimersByTime(1000);
    actions.set({ width: 10 });
    go(-1);
    vi.advanceTimersByTime(1000);
    expect(entries).toEqual(['', '?d=moons']);
    expect(config()).toEqual(defaultConfig);
  });

  it('is not written over while the experiment that was gone back to is being loaded', async () => {
    const { id } = experiments.entries[0]!;
    const { actions, entries, go, store } = begin();
    actions.setDataset('moons');
    vi.advanceTimersByTime(1000);
    entries[0] = `?experiment=${id}`;
    actions.set({ width: 10 });
    go(-1);
    vi.advanceTimersByTime(1000);
    actions.set({ depth: 2 });
    vi.advanceTimersByTime(1000);
    vi.useRealTimers();
    await vi.waitFor(() => expect(store.getState().experiment?.id).toBe(id));
    expect(entries).toEqual([`?experiment=${id}`, '?d=moons']);
  });

  it('keeps the page’s own keys', () => {
    const { actions, entries } = begin('?embed&w=20');
    actions.set({ width: 10 });
    vi.advanceTimersByTime(1000);
    expect(entries).toEqual(['?embed&w=10']);
  });

  it('goes on, without a link, where the browser refuses to write one', () => {
    const { actions, page, entries, config } = begin();
    page.history.pushState = () => {
      throw new DOMException('Failed to execute pushState', 'SecurityError');
    };
    actions.setDataset('moons');
    expect(() => vi.advanceTimersByTime(1000)).not.toThrow();
    expect(entries).toEqual(['']);
    expect(config().dataset).toBe('moons');
  });

  it('keeps a path that begins with two slashes a path', () => {
    const location = { pathname: '//site/', search: '', hash: '' };
    const href = linkTo({ ...defaultConfig, width: 40 }, location);
    expect(new URL(href, 'http://localhost//site/').href).toBe('http://localhost//site/?w=40');
    expect(new URL(linkTo(defaultConfig, location), 'http://localhost//site/').href).toBe(
      'http://localhost//site/',
    );
  });

  it('says what it changed of a link that was gone back to', () => {
    const { entries, go, store, config } = begin('?T=5000');
    expect(store.getState().notices).toMatchObject([{ advice: 'T = 5000 is above 1000; using 1000.' }]);
    entries.push('?w=-1');
    go(1);
    expect(config().width).toBe(8);
    expect(store.getState().notices.at(-1)!.advice).toBe('Width = -1 is below 8; using 8.');
  });

  it('is left alone after the end, with the last change written', () => {
    const { actions, entries, stop, listeners } = begin();
    actions.set({ width: 10 });
    stop();
    expect(entries).toEqual(['?w=10']);
    expect(listeners.size).toBe(0);
    actions.set({ width: 20 });
    vi.advanceTimersByTime(1000);
    expect(entries).toEqual(['?w=10']);
  });
});
