import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EngineEvent } from '../../src/protocol/protocol.ts';
import { createPreviews } from '../../src/runtime/previews.ts';
import { createRecordings } from '../../src/store/recordings.ts';
import { createRounds } from '../../src/store/rounds.ts';
import type { RecordingRequest } from '../../src/views/index.ts';
import { recordingKey } from '../../src/views/types.ts';
import { openSimd } from '../backends/simdInNode.ts';
import { openCpu } from '../backends/tfjsOnCpu.ts';
import { ddim, smallConfig } from '../families/gaussian/smallExperiment.ts';
import { openModelsOnCpu } from './modelsOnCpu.ts';

const REQUESTS: readonly RecordingRequest[] = [
  { kind: 'forward', mode: 'closed-form' },
  ddim,
  { ...ddim, sampler: 'ddpm', nSteps: 10 },
  { ...ddim, denoiser: 'exact' },
  { kind: 'score', source: 'learned' },
];

/** A page that shows what it is sent, as the store does. */
function openPage() {
  const rounds = createRounds();
  const recordings = createRecordings();
  const keys = REQUESTS.map(recordingKey);
  recordings.retain(keys);
  let sent = 0;
  return {
    recordings,
    get sent() {
      return sent;
    },
    hear(event: EngineEvent) {
      if (event.type !== 'recording') return;
      const whole = rounds.take(event);
      if (whole) recordings.put(...whole.map(({ recording }) => recording));
      if (whole) sent += 1;
    },
    watch(requests: readonly RecordingRequest[]) {
      recordings.retain(requests.map(recordingKey));
    },
    /** The steps of the model that are to be read on the page. */
    steps(): number[] {
      const shown = keys.flatMap((key) => recordings.get(key) ?? []);
      return [...new Set(shown.filter(({ source }) => source === 'own').map(({ modelStep }) => modelStep))];
    },
  };
}

async function openRow(open = openCpu) {
  const { models, learn } = await openModelsOnCpu(smallConfig, null, 0, open);
  const page = openPage();
  const followed = { now: true };
  const previews = createPreviews({
    config: () => smallConfig,
    models,
    training: () => followed.now,
    followed: () => followed.now,
    emit: page.hear,
  });
  const watch = (requests: readonly RecordingRequest[]) => {
    page.watch(requests);
    previews.watch(requests);
  };
  const keep = async () => models.snapshots.keep(models.training.step, await models.training.average());
  await keep();
  return { models, learn, page, previews, watch, keep, followed };
}

type Row = Awaited<ReturnType<typeof openRow>>;

/** What may happen at any time. */
const happenings = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.integer({ min: 1, max: 25 }).map((count) => async ({ previews, page }: Row) => {
      for (let i = 0; i < count; i++) {
        await previews.step();
        expect(page.steps().length).toBeLessThanOrEqual(1);
      }
    }),
  },
  { weight: 4, arbitrary: fc.constant(({ learn }: Row) => learn(1)) },
  {
    weight: 2,
    arbitrary: fc.subarray([...REQUESTS]).map(
      (requests) =>
        async ({ watch }: Row) =>
          watch(requests),
    ),
  },
  { weight: 1, arbitrary: fc.constant(({ keep }: Row) => keep()) },
  {
    weight: 1,
    arbitrary: fc.nat(10).map((k) => async ({ models: { snapshots } }: Row) => {
      snapshots.choose([...snapshots.steps, null][k % (snapshots.steps.length + 1)]!);
    }),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map((now) => async ({ followed }: Row) => {
      followed.now = now;
    }),
  },
  { weight: 1, arbitrary: fc.constant(({ previews }: Row) => previews.cancel(false)) },
);

it('stages never show two models at once, whatever happens when', async () => {
  let most = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(happenings, { minLength: 40, maxLength: 120, size: 'max' }), async (events) => {
      const row = await openRow(openSimd);
      row.watch(REQUESTS);
      try {
        for (const happen of events) {
          await happen(row);
          expect(row.page.steps().length).toBeLessThanOrEqual(1);
        }
      } finally {
        await row.previews.dispose();
      }
      most = Math.max(most, row.page.sent);
    }),
    { numRuns: 5, endOnFailure: true },
  );
  expect(most).toBeGreaterThan(5);
}, 120_000);

it('what is shown is new again once the model rests, with all particles and every stage', async () => {
  const { previews, page, learn, watch, followed, models } = await openRow();
  watch(REQUESTS);
  for (let i = 0; i < 200; i++) {
    if (i % 5 === 0) await learn(1);
    await previews.step();
  }
  followed.now = false;
  while (models.training.step !== page.steps()[0]) await previews.step();
  expect(page.steps()).toEqual([models.training.step]);
  for (const request of REQUESTS) {
    const recording = page.recordings.get(recordingKey(request))!;
    if (recording.kind === 'trajectory') expect(recording.nParticles).toBe(smallConfig.nParticles);
  }
  await previews.dispose();
});

it('a chosen snapshot is shown on every stage while the model learns on, until the moment is asked for', async () => {
  const { previews, page, learn, watch, keep, models } = await openRow(openSimd);
  watch(REQUESTS);
  const settle = async () => {
    for (let i = 0; i < 150; i++) await previews.step();
  };
  await learn(2);
  await keep();
  await learn(5);
  await settle();
  expect(page.steps()).toEqual([7]);
  models.snapshots.choose(2);
  expect(previews.awaited).toBe(true);
  await settle();
  await learn(3);
  await settle();
  expect(page.steps()).toEqual([2]);
  expect(previews.awaited).toBe(false);
  models.snapshots.choose(null);
  await settle();
  expect(page.steps()).toEqual([10]);
  await previews.dispose();
});
