import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchHeartbeat } from '../../src/runtime/heartbeat.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const onLate = vi.fn();
const onBack = vi.fn();
beforeEach(() => {
  onLate.mockClear();
  onBack.mockClear();
});
const timing = { everyMs: 100, late: 3, patience: 10, onLate, onBack };

it('is content with a worker that answers, however late within its patience', async () => {
  const onSilence = vi.fn();
  const ping = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 950)));
  const stop = watchHeartbeat({ ping, onSilence, ...timing });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(ping.mock.calls.length).toBeGreaterThan(10);
  expect(onSilence).not.toHaveBeenCalled();
  expect(onLate).toHaveBeenCalled();
  expect(Math.abs(onLate.mock.calls.length - onBack.mock.calls.length)).toBeLessThanOrEqual(1);
  stop();
  const asked = ping.mock.calls.length;
  await vi.advanceTimersByTimeAsync(5000);
  expect(ping.mock.calls.length).toBe(asked);
  expect(onSilence).not.toHaveBeenCalled();
});

it.each([
  ['says nothing', () => new Promise<void>(() => {})],
  ['refuses', () => Promise.reject(new Error('gone'))],
])('reports once a worker that %s', async (_, ping) => {
  const onSilence = vi.fn();
  watchHeartbeat({ ping, onSilence, ...timing });
  await vi.advanceTimersByTimeAsync(1050);
  expect(onSilence).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(onSilence).toHaveBeenCalledTimes(1);
});

it('forgives a tab that slept: the answer came while nobody looked', async () => {
  const onSilence = vi.fn();
  let answer = () => {};
  const ping = () =>
    new Promise<void>((resolve) => {
      answer = resolve;
    });
  watchHeartbeat({ ping, onSilence, ...timing });
  await vi.advanceTimersByTimeAsync(150);
  vi.setSystemTime(Date.now() + 3_600_000);
  await vi.advanceTimersByTimeAsync(100);
  answer();
  await vi.advanceTimersByTimeAsync(800);
  expect(onSilence).not.toHaveBeenCalled();
});

it('says nothing of a worker that is only busy for a while, and tells once of one that is late', async () => {
  const onSilence = vi.fn();
  const answers: (() => void)[] = [];
  watchHeartbeat({ ping: () => new Promise<void>((resolve) => answers.push(resolve)), onSilence, ...timing });
  await vi.advanceTimersByTimeAsync(350);
  answers.shift()!();
  await vi.advanceTimersByTimeAsync(10);
  expect(onLate).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(800);
  expect(onLate).toHaveBeenCalledTimes(1);
  expect(onBack).not.toHaveBeenCalled();
  answers.shift()!();
  await vi.advanceTimersByTimeAsync(10);
  expect(onBack).toHaveBeenCalledTimes(1);
  expect(onSilence).not.toHaveBeenCalled();
});
