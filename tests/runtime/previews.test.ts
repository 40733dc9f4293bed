import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { EngineEvent } from '../../src/protocol/protocol.ts';
import { createPreviews } from '../../src/runtime/previews.ts';
import type { RecordingRequest } from '../../src/views/index.ts';
import type { RecordingContext, Steps } from '../../src/views/recorder.ts';
import { recordingKey } from '../../src/views/types.ts';
import { openCpu } from '../backends/tfjsOnCpu.ts';
import { ddim, smallConfig } from '../families/gaussian/smallExperiment.ts';
import { openModelsOnCpu } from './modelsOnCpu.ts';

let clock: number;
let likelihoodSteps: number;

// A likelihood that never ends, and counts what it is given.
vi.mock('../../src/families/gaussian/likelihood/study.ts', () => ({
  createLikelihoodStudy: () => ({
    async *measure() {
      for (;;) {
        likelihoodSteps += 1;
        yield;
      }
    },
  }),
}));

// A density that costs nothing, and says by the number of its times whether it is a draft.
vi.mock('../../src/views/recorders.ts', async (load) => {
  const real = await load<typeof import('../../src/views/recorders.ts')>();
  const density = {
    cost: () => 500,
    dependsOnModel: () => true,
    async *record(request: RecordingRequest, { model, isDraft }: RecordingContext): Steps {
      yield () => ({
        kind: 'field',
        key: recordingKey(request),
        source: model.source,
        modelStep: model.step,
        times: new Float32Array(isDraft ? 1 : 2),
        resolution: 1,
        centre: [0, 0],
        halfWidth: 1,
        components: 1,
        values: new Float32Array(2),
      });
    },
  };
  return {
    recorderOf: (request: RecordingRequest) =>
      request.kind === 'density' ? density : real.recorderOf(request),
  };
});

beforeEach(() => {
  clock = 1000;
  likelihoodSteps = 0;
  // From one look at the clock to the next is a millisecond.
  vi.spyOn(performance, 'now').mockImplementation(() => clock++);
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** Previews beside a training that makes every recording stale before the next step. */
async function openPreviews(open?: typeof openCpu) {
  const { models, learn } = await openModelsOnCpu(smallConfig, null, 0, open);
  const events: EngineEvent[] = [];
  let training = true;
  const previews = createPreviews({
    config: () => smallConfig,
    models,
    training: () => training,
    followed: () => false,
    emit: (event) => events.push(event),
  });
  previews.watch([ddim, { ...ddim, sampler: 'heun' }], true);
  onTestFinished(() => previews.dispose());
  return {
    previews,
    rest() {
      training = false;
    },
    recordings: () => events.filter(({ type }) => type === 'recording').length,
    /** Times of the density's recordings, in the order in which they came. */
    densityTimes: () =>
      events.flatMap((event) =>
        event.type === 'recording' && event.recording.kind === 'field' ? [event.recording.times.length] : [],
      ),
    isMeasured: () => events.some(({ type }) => type === 'quality'),
    /** @returns the milliseconds of one step, and whether it was the likelihood's */
    async turn() {
      if (training) await learn(1);
      const [begun, before] = [clock, likelihoodSteps];
      const worked = await previews.step();
      return { worked, ms: clock - begun, ofLikelihood: likelihoodSteps > before };
    },
  };
}

it('the likelihood takes a third of the time of everything else from when it is due, whatever was before', async () => {
  const { turn, recordings } = await openPreviews(openCpu);
  let before = 0;
  for (; likelihoodSteps === 0; before++) await turn();
  expect(before).toBeGreaterThan(20);
  const recorded = recordings();
  let others = 0;
  for (let i = 0; i < 400; i++) {
    const { ms, ofLikelihood } = await turn();
    if (!ofLikelihood) others += ms;
    expect(likelihoodSteps).toBeLessThanOrEqual(others / 3 + 1);
  }
  expect(likelihoodSteps).toBeGreaterThan(400 / 5);
  expect(recordings()).toBeGreaterThan(recorded + 10);
});

it('the likelihood waits for empty stages, and has all the time where nothing else is due', async () => {
  const { previews, turn, isMeasured, recordings, rest } = await openPreviews();
  while (!isMeasured()) await turn();
  rest();
  for (let i = 0; i < 1200; i++) await turn();
  for (let i = 0; i < 50; i++) expect((await turn()).ofLikelihood).toBe(true);
  const recorded = recordings();
  previews.watch([ddim, { ...ddim, nSteps: 7 }], true);
  expect(previews.awaited).toBe(true);
  while (recordings() === recorded) expect((await turn()).ofLikelihood).toBe(false);
  expect(previews.awaited).toBe(false);
});

it('the likelihood is worked on only while somebody wants it, and is left half-way', async () => {
  const { previews, turn, rest, isMeasured } = await openPreviews();
  const rehearse = async () => {
    for (let i = 0; i < 1200; i++) await turn();
    return likelihoodSteps;
  };
  const row = [ddim, { ...ddim, sampler: 'heun' }];
  previews.watch(row);
  while (!isMeasured()) await turn();
  rest();
  expect(await rehearse()).toBe(0);
  expect((await turn()).worked).toBe(false);
  previews.watch(row, true);
  expect(await rehearse()).toBeGreaterThan(1000);
  previews.watch(row);
  const before = likelihoodSteps;
  expect(await rehearse()).toBe(before);
});

it('nothing is left to do when everything is fresh', async () => {
  const { previews, turn, rest } = await openPreviews();
  rest();
  while ((await turn()).worked);
  expect(previews.awaited).toBe(false);
  expect(likelihoodSteps).toBe(0); // a model that has learned nothing has none
});

it('a row that is dear is drawn roughly while the model learns, and wholly at rest', async () => {
  const { previews, turn, rest, densityTimes } = await openPreviews();
  previews.watch([{ kind: 'density', source: 'learned' }]);
  while (densityTimes().length < 3) await turn();
  expect(densityTimes()).toEqual([1, 1, 1]);
  rest();
  while (densityTimes().length === 3) await turn();
  expect(densityTimes().at(-1)).toBe(2);
});
