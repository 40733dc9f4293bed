import { expect, it } from 'vitest';
import type { Field } from '../../src/protocol/protocol.ts';
import { newStage, type RecordingRequest, views } from '../../src/views/index.ts';
import { ddim, smallConfig } from '../families/gaussian/smallExperiment.ts';
import { sessionPerTest } from './sessionOnCpu.ts';

const stand = sessionPerTest();
const ofRun: RecordingRequest = { ...ddim, run: 'first' };
const SCORE: RecordingRequest = { kind: 'score', source: 'learned' };
const cosine = { ...smallConfig, schedule: 'cosine' };

/** A model of the default schedule, kept, and beside it one of another. */
async function keptBesideAnother() {
  const { session } = stand;
  await session.start(smallConfig);
  await session.train({ steps: 8 });
  const [own, score] = await stand.recorded([ddim, SCORE]);
  const kept = await session.weights();
  await session.configure(cosine);
  await session.train({ steps: 5 });
  return { own, score, lent: { name: 'first', config: smallConfig, step: kept.step, weights: kept.weights } };
}

const pointsOf = (recording: unknown) => (recording as { readonly x: Float32Array }).x;

it('a stage shows a kept run with its own experiment, beside the page’s own model', async () => {
  const { own, score, lent } = await keptBesideAnother();
  expect(await stand.session.lend([lent])).toEqual([]);
  const [page, run, field] = await stand.recorded([ddim, ofRun, { ...SCORE, run: 'first' }]);
  expect((field as Field).values).toEqual((score as Field).values);
  expect(pointsOf(run)).toEqual(pointsOf(own));
  expect(pointsOf(page)).not.toEqual(pointsOf(own));
  expect(run).toMatchObject({ source: 'own', modelStep: 8 });
  const path = await stand.session.path({ stage: { ...ddim, run: 'first' }, t: 0.9, point: [0, 0] });
  expect(path.points.every(Number.isFinite)).toBe(true);
});

it('every kind of stage shows a kept run as the page showed it when it was its own model', async () => {
  const { session } = stand;
  await session.start(smallConfig);
  await session.train({ steps: 8 });
  const row = { stages: [], nChain: smallConfig.nChain };
  const requests = views.flatMap((view) => view.requests(newStage[view.kind], row));
  const own = await stand.recorded(requests);
  const { weights, step } = await session.weights();
  await session.configure(cosine);
  await session.lend([{ name: 'first', config: smallConfig, step, weights }]);
  const ofRun = await stand.recorded(requests.map((request) => ({ ...request, run: 'first' })));
  for (const [k, { kind }] of requests.entries()) {
    expect({ ...ofRun[k], key: '' }, kind).toEqual({ ...own[k], key: '' });
  }
});

it('a run that is lent only after it was asked for is shown then, and one that does not fit is named', async () => {
  const { own, lent } = await keptBesideAnother();
  await stand.session.watch([ddim, ofRun]);
  const cut = { ...lent, name: 'cut', weights: lent.weights.subarray(1) };
  expect(await stand.session.lend([lent, cut])).toEqual(['cut']);
  const [run] = await stand.recorded([ofRun]);
  expect(pointsOf(run)).toEqual(pointsOf(own));
});

it('says how long a model was trained, and goes on counting from a run', async () => {
  const { session } = stand;
  await session.start(smallConfig);
  expect((await session.weights()).seconds).toBe(0);
  await session.train({ steps: 20 });
  const { seconds, weights, step } = await session.weights();
  expect(seconds).toBeGreaterThan(0);
  await session.restore({ step, weights, seconds: 10 });
  await session.train({ steps: 20 });
  expect((await session.weights()).seconds).toBeGreaterThan(10);
  await session.reset();
  expect((await session.weights()).seconds).toBe(0);
  await session.restore({ step, weights, seconds: null });
  await session.train({ steps: 2 });
  expect((await session.weights()).seconds).toBeNull();
});
