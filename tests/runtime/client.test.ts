import { expose, type Remote, wrap } from 'comlink';
import { expect, test, vi } from 'vitest';
import { defaultConfig } from '../../src/experiment/fields.ts';
import type { EngineEvent } from '../../src/protocol/protocol.ts';
import { createEngineClient, type EngineClient } from '../../src/runtime/client.ts';
import type { Host } from '../../src/runtime/host.ts';
import { openPlace, type Place } from '../../src/runtime/places.ts';

/** A place that answers what `host` does, in this very thread. */
function placeOf(host: object, onPage = false): Place & { ended: boolean; crash(message: string): void } {
  const { port1, port2 } = new MessageChannel();
  expose(host, port2);
  let listener = (_: string) => {};
  return {
    host: wrap(port1) as unknown as Remote<Host>,
    onPage,
    ended: false,
    onCrash(heard) {
      listener = heard;
    },
    crash: (message) => listener(message),
    end() {
      this.ended = true;
      port1.close();
      port2.close();
    },
  };
}

const answers = { connect() {}, ping() {}, start: () => ({ ok: true, value: { backend: 'cpu' } }) };

function clientOf(...places: (Place | Error)[]): { client: EngineClient; heard: EngineEvent[] } {
  const open = async () => {
    const next = places.shift();
    if (next === undefined || next instanceof Error) throw next ?? new Error('nothing left');
    return next;
  };
  const client = createEngineClient({ pretrained: null, open });
  const heard: EngineEvent[] = [];
  client.on((event) => heard.push(event));
  return { client, heard };
}

/** The place that was begun early, when it answers. */
async function answered(early: Place | null): Promise<Place> {
  await early!.host.ping();
  return early!;
}

const problem = (heard: readonly EngineEvent[]) =>
  vi.waitUntil(() => heard.find((event) => event.type === 'problem')?.problem);

test('a worker that cannot be connected is ended, and the page hears why', async () => {
  const place = placeOf({
    ...answers,
    connect() {
      throw new Error('no room for a session');
    },
  });
  const { client, heard } = clientOf(place);
  expect(await problem(heard)).toMatchObject({
    code: 'engine-lost',
    message: "The engine's worker stopped: no room for a session",
  });
  expect(heard).toContainEqual({ type: 'phase', phase: 'failed', step: 0 });
  expect(place.ended).toBe(true);
  await expect(client.pause()).rejects.toThrow('no room for a session');
  client.dispose();
});

test('an engine that cannot be loaded says so, with what to do, and can be started again', async () => {
  const { client, heard } = clientOf(new Error('404'), placeOf(answers));
  await expect(client.start(defaultConfig)).rejects.toThrow('could not be loaded');
  expect(await problem(heard)).toMatchObject({ code: 'engine-lost', advice: /network.*reload/ });
  expect(await client.restart(defaultConfig)).toMatchObject({ backend: 'cpu' });
  client.dispose();
});

test('a worker that stops later says what it said, once', async () => {
  const place = placeOf(answers);
  const { client, heard } = clientOf(place);
  await client.start(defaultConfig);
  place.crash('out of luck');
  place.crash('and again');
  expect(await problem(heard)).toMatchObject({ message: "The engine's worker stopped: out of luck" });
  expect(heard.filter(({ type }) => type === 'problem')).toHaveLength(1);
  client.dispose();
});

test('an engine on the page’s own thread is told of', async () => {
  const { client, heard } = clientOf(placeOf(answers, true));
  expect(await problem(heard)).toMatchObject({ code: 'no-worker' });
  client.dispose();
});

/** A place that was begun early, and what has been called there. */
function earlyPlaceOf(ping: () => unknown) {
  const calls: string[] = [];
  const host = {
    connect: () => void calls.push('connect'),
    ping,
    start() {
      calls.push('start');
      return answers.start();
    },
  };
  return { place: placeOf(host), calls };
}

test('a worker that was begun early is told all at once, before it has answered', async () => {
  let answer = () => {};
  const { place, calls } = earlyPlaceOf(() => new Promise<void>((resolve) => (answer = resolve)));
  const client = createEngineClient({ pretrained: null, early: () => place, open: answered });
  const started = client.start(defaultConfig);
  await vi.waitFor(() => expect(calls).toEqual(['connect', 'start']));
  answer();
  expect(await started).toMatchObject({ backend: 'cpu' });
  expect(calls).toEqual(['connect', 'start']);
  client.dispose();
});

test('what an early worker was told is told again to the place that answers in its stead', async () => {
  const { place, calls } = earlyPlaceOf(() => new Promise(() => {}));
  const next = earlyPlaceOf(() => {});
  const open = (early: Place | null) => openPlace(early, [async () => next.place]);
  const client = createEngineClient({ pretrained: null, early: () => place, open });
  const started = client.start(defaultConfig);
  await vi.waitFor(() => expect(calls).toEqual(['connect', 'start']));
  expect(next.calls).toEqual([]);
  place.crash('not found');
  expect(await started).toMatchObject({ backend: 'cpu' });
  expect(next.calls).toEqual(['connect', 'start']);
  // From then on it alone is asked.
  await client.start(defaultConfig);
  expect([calls.length, next.calls.length]).toEqual([2, 3]);
  expect([place.ended, next.place.ended]).toEqual([true, false]);
  client.dispose();
});

test('places are tried in their order until one answers; the last says why there is none', async () => {
  const place = placeOf(answers);
  const refuse = (message: string) => () => Promise.reject(new Error(message));
  expect(await openPlace(null, [refuse('a'), async () => place, refuse('c')])).toBe(place);
  await expect(openPlace(null, [refuse('a'), refuse('b')])).rejects.toThrow('b');
});
