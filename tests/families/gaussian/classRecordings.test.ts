import { expect, it } from 'vitest';
import { defaultConfig } from '../../../src/experiment/fields.ts';
import type { ExperimentConfig } from '../../../src/experiment/types.ts';
import type { Trajectory } from '../../../src/protocol/protocol.ts';
import { watchList } from '../../../src/store/watchList.ts';
import { newStage } from '../../../src/views/index.ts';
import type { ReverseStage } from '../../../src/views/reverse/stage.ts';
import { sessionPerTest } from '../../runtime/sessionOnCpu.ts';

const taught: ExperimentConfig = {
  ...defaultConfig,
  dataset: 'rings',
  conditional: true,
  learnedVariance: true,
  nPoints: 100,
  nChain: 10,
  width: 8,
  depth: 1,
  nParticles: 50,
  budgetSteps: 5,
};
const asked = { ofClass: 2, guidance: 1.5 };

// What guidance evaluates twice is freed twice: this sees to it too.
const stand = sessionPerTest();

const recorded = (stages: ExperimentConfig['stages']) =>
  stand.recorded(watchList({ stages, nChain: taught.nChain }).requests);

const reverse = (patch: Partial<ReverseStage>): ReverseStage => ({
  ...newStage.reverse,
  nSteps: 5,
  ...patch,
});
const lastPoints = ({ x, nParticles }: Trajectory) => x.slice(-2 * nParticles);

it('guided stages of every kind are recorded, with both evaluations counted', async () => {
  await stand.session.start(taught);
  await stand.session.train({ steps: 5 });
  const kinds: ReverseStage[] = [
    reverse({}),
    reverse({ sampler: 'ddpm', variance: 'learned' }),
    reverse({ sampler: 'heun' }),
    reverse({ sampler: 'dpm-solver-pp-2m' }),
    reverse({ sampler: 'rk45' }),
    reverse({ direction: 'encode' }),
    reverse({ denoiser: 'exact' }),
  ];
  const plain = (await recorded(kinds)) as Trajectory[];
  const guided = (await recorded(kinds.map((stage) => ({ ...stage, ...asked })))) as Trajectory[];
  for (const [i, one] of guided.entries()) {
    expect(one.x.every(Number.isFinite)).toBe(true);
    expect(lastPoints(one)).not.toEqual(lastPoints(plain[i]!));
    if (kinds[i]!.sampler !== 'rk45') expect([...one.nfe]).toEqual(Array.from(plain[i]!.nfe, (n) => 2 * n));
  }
});

it('scores are those of the class, learned and exact', async () => {
  await stand.session.start(taught);
  const stages = (['learned', 'exact'] as const).flatMap((source) =>
    [{}, { ofClass: 2 }, asked].map((class_) => ({ ...newStage.score, source, ...class_ })),
  );
  const fields = await recorded(stages);
  expect(fields).toHaveLength(6);
  const scores = fields.map((field) => (field.kind === 'field' ? field.values : new Float32Array()));
  for (const score of scores) expect(score.every(Number.isFinite)).toBe(true);
  expect(scores[3]).not.toEqual(scores[4]);
  expect(scores[4]).not.toEqual(scores[5]);
});

it('the exact answer draws the ring that is asked for, and programs may ask for it too', async () => {
  await stand.session.start({ ...taught, nChain: 200 });
  const request = {
    sampler: 'ddim',
    nSteps: 50,
    n: 200,
    seed: 1,
    denoiser: 'exact',
    timeGrid: 'quadratic',
  } as const;
  for (const [y, radius] of [3, 2.25, 1.5, 0.75].entries()) {
    const { points, nfe } = await stand.session.sample({ ...request, ofClass: y + 1 });
    expect(nfe).toBe(50);
    const radii = Array.from({ length: 200 }, (_, i) => Math.hypot(points[2 * i]!, points[2 * i + 1]!));
    expect(radii.filter((r) => Math.abs(r - radius) < 0.375).length).toBeGreaterThan(190);
  }
});

it('a class that is not taught cannot be asked for', async () => {
  const request = { sampler: 'ddim', nSteps: 5, n: 10, seed: 1 };
  await stand.session.start(taught);
  await expect(stand.session.sample({ ...request, ofClass: 5 })).rejects.toThrow(/ofClass is 5/);
  await expect(stand.session.sample({ ...request, ofClass: 1, guidance: 7 })).rejects.toThrow(
    /guidance is 7/,
  );
  await stand.session.configure({ ...taught, conditional: false });
  await expect(stand.session.sample({ ...request, ofClass: 1 })).rejects.toThrow(/ofClass is 1/);
  const points = Float32Array.of(0.5, 1);
  await expect(stand.session.score({ t: 0.5, points, source: 'exact', ofClass: 1 })).rejects.toThrow(
    /ofClass is 1/,
  );
  const any = await stand.session.score({ t: 0.5, points, source: 'exact', guidance: 3 });
  expect(any).toEqual(await stand.session.score({ t: 0.5, points, source: 'exact' }));
});
