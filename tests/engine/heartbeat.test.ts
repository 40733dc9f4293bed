import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchHeartbeat } from '../../src/engine/heartbeat.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const timing = { everyMs: 100, patience: 10 };

it('is content with a worker that answers, however late within its patience', async () => {
  const onSilence = vi.fn();
  const ping = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 950)));
  const stop = watchHeartbeat({ ping, onSilence, ...timing });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(ping.mock.calls.length).toBeGreaterThan(10);
  expect(onSilence).not.toHaveBeenCalled();
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
