// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { NumberField } from '../../src/ui/NumberField.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('does not take the focus back when it has gone on before the next frame', () => {
  const frames: (() => void)[] = [];
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  render(
    <>
      <NumberField label="Speed" value={2} min={0} max={4} onEnter={() => {}} />
      <button type="button">Next</button>
    </>,
  );
  const field = screen.getByRole<HTMLInputElement>('textbox');
  const select = vi.spyOn(field, 'select');
  field.focus();
  screen.getByRole('button').focus();
  for (const frame of frames.splice(0)) frame();
  expect(select).not.toHaveBeenCalled();
  expect(document.activeElement?.textContent).toBe('Next');
  field.focus();
  for (const frame of frames.splice(0)) frame();
  expect(select).toHaveBeenCalledOnce();
  fireEvent.blur(field);
});
