import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchHeartbeat } from '../../src/engine/heartbeat.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const timing = { everyMs: 100, patienceMs: 1000 };

it('is content with a worker that answers, however late within its patience', async () => {
  const onSilence = vi.fn();
  const ping = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 900)));
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
