import { describe, expect, it } from 'vitest';
import { readNumberEntry } from '../../src/ui/numberEntry.ts';
import { scrubTarget } from '../../src/ui/scrub.ts';
import { type KeyPress, playbackAction } from '../../src/ui/shortcut.ts';

describe('readNumberEntry', () => {
  const limits = { label: 'Steps', min: 10, max: 1000, whole: true };
  const rate = { label: 'Rate', min: 1e-5, max: 0.1, whole: false };

  it('reads what people type', () => {
    expect(readNumberEntry('1e-3', rate)).toEqual({ value: 0.001, message: '' });
    expect(readNumberEntry('0,02', rate)).toEqual({ value: 0.02, message: '' });
    expect(readNumberEntry(' 1 000 ', limits)).toEqual({ value: 1000, message: '' });
    expect(readNumberEntry('−3', { ...rate, min: -5 })).toEqual({ value: -3, message: '' });
  });

  it('clamps, and says so', () => {
    expect(readNumberEntry('5', limits)).toEqual({ value: 10, message: 'Steps is at least 10.' });
    expect(readNumberEntry('2000', limits)).toEqual({ value: 1000, message: 'Steps is at most 1000.' });
    expect(readNumberEntry('Infinity', limits).value).toBe(1000);
    expect(readNumberEntry('20.4', limits)).toEqual({ value: 20, message: 'Steps is a whole number: 20.' });
  });

  it('leaves the value alone when there is no number', () => {
    for (const text of ['', 'abc', '1.2.3', '-']) {
      const entry = readNumberEntry(text, limits);
      expect(entry.value).toBeNull();
      expect(entry.message).toContain('not a number');
    }
  });
});

describe('scrubTarget', () => {
  it('goes to data with Home and to noise with End, and never off the axis', () => {
    expect(scrubTarget('Home', 0.4, 0.01)).toBe(0);
    expect(scrubTarget('End', 0.4, 0.01)).toBe(1);
    expect(scrubTarget('ArrowLeft', 0.005, 0.01)).toBe(0);
    expect(scrubTarget('ArrowRight', 0.5, 0.01)).toBeCloseTo(0.51);
    expect(scrubTarget('PageUp', 0.95, 0.01)).toBe(1);
    expect(scrubTarget('Tab', 0.5, 0.01)).toBeNull();
  });
});

describe('playbackAction', () => {
  const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
    key,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    repeat: false,
    defaultPrevented: false,
    isComposing: false,
    ...more,
  });
  /** An element whose only ancestor or self is described by one simple selector. */
  const inside = (selector: string, seen = true) => ({
    closest: (list: string) => (list.split(',').includes(selector) ? ({} as Element) : null),
    matches: (list: string) => list === ':focus-visible' && seen,
  });

  it('takes Space, arrows, Home and End where nothing else wants them', () => {
    expect(playbackAction(press(' '), inside('div'))).toBe('toggle');
    expect(playbackAction(press('ArrowLeft'), null)).toBe('step-left');
    expect(playbackAction(press('ArrowRight'), null)).toBe('step-right');
    expect(playbackAction(press('Home'), null)).toBe('jump-to-start');
    expect(playbackAction(press('End'), null)).toBe('jump-to-end');
    expect(playbackAction(press('a'), null)).toBeNull();
  });

  it('leaves them to the control that has the focus', () => {
    const roles = ['slider', 'tab', 'radio', 'application', 'dialog', 'spinbutton'];
    for (const control of ['input', 'select', 'textarea'].concat(roles.map((role) => `[role="${role}"]`))) {
      for (const key of [' ', 'ArrowLeft', 'ArrowRight', 'Home', 'End']) {
        expect(playbackAction(press(key), inside(control)), `${key} in ${control}`).toBeNull();
      }
    }
  });

  it('takes Space too from a button whose focus nobody sees, as after a mouse click', () => {
    for (const control of ['button', 'summary', '[role="button"]', '[role="switch"]']) {
      expect(playbackAction(press(' '), inside(control, false)), control).toBe('toggle');
      expect(playbackAction(press('Enter'), inside(control, false)), control).toBeNull();
      expect(playbackAction(press('ArrowLeft'), inside(control, false)), control).toBe('step-left');
    }
    expect(playbackAction(press(' '), inside('input', false))).toBeNull();
  });

  it('leaves a button, which keeps the focus after a click, only the key that presses it', () => {
    for (const control of ['button', 'summary', '[role="button"]', '[role="switch"]', '[role="checkbox"]']) {
      expect(playbackAction(press(' '), inside(control)), control).toBeNull();
      expect(playbackAction(press('Enter'), inside(control)), control).toBeNull();
      expect(playbackAction(press('ArrowLeft'), inside(control)), control).toBe('step-left');
      expect(playbackAction(press('ArrowRight'), inside(control)), control).toBe('step-right');
      expect(playbackAction(press('Home'), inside(control)), control).toBe('jump-to-start');
      expect(playbackAction(press('End'), inside(control)), control).toBe('jump-to-end');
    }
  });

  it('leaves chords, held Space and handled keys alone', () => {
    for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { defaultPrevented: true }]) {
      expect(playbackAction(press('ArrowLeft', more), null)).toBeNull();
    }
    expect(playbackAction(press(' ', { repeat: true }), null)).toBeNull();
    expect(playbackAction(press('ArrowLeft', { repeat: true }), null)).toBe('step-left');
  });
});
