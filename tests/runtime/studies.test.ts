import { describe, expect, it } from 'vitest';
import type { RaceRequest } from '../../src/protocol/studies.ts';
import { smallConfig } from '../families/gaussian/smallExperiment.ts';
import { sessionPerTest, until } from './sessionOnCpu.ts';

const stand = sessionPerTest();
const quick: RaceRequest = {
  samplers: [{ sampler: 'ddim' }],
  nSteps: [2, 4],
  denoisers: ['learned', 'exact'],
  n: 100,
  seed: 1,
};
const long: RaceRequest = {
  ...quick,
  n: 2000,
  nSteps: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  samplers: Array(5).fill({ sampler: 'ddpm' }),
};

describe('a study in the session', () => {
  it('streams what it finds while the model trains on', async () => {
    await stand.session.start({ ...smallConfig, budgetSteps: 1_000_000 });
    const training = stand.session.train();
    const result = await stand.session.study('race', quick, 7);
    expect(result.rows).toHaveLength(4);
    const heard = stand.of('study');
    expect(heard.every(({ id }) => id === 7)).toBe(true);
    expect(heard.at(-1)!.result).toEqual(result);
    expect(stand.of('phase').at(-1)!.phase).toBe('training');
    await stand.session.pause();
    await training;
  });

  it('answers short questions first', async () => {
    await stand.session.start(smallConfig);
    const order: string[] = [];
    const slow = stand.session.study('race', long, 1).then(
      () => order.push('study'),
      () => order.push('cancelled'),
    );
    await stand.session
      .sample({ sampler: 'ddim', nSteps: 2, n: 10, seed: 1 })
      .then(() => order.push('sample'));
    await stand.session.cancelStudy(1);
    await slow;
    expect(order).toEqual(['sample', 'cancelled']);
  });

  it('is cancelled, and says so; others go on', async () => {
    await stand.session.start(smallConfig);
    const slow = stand.session.study('race', long, 1);
    const next = stand.session.study('race', quick, 2);
    slow.catch(() => undefined);
    await until(() => stand.of('study').length > 1, 20_000);
    await stand.session.cancelStudy(1);
    await expect(slow).rejects.toMatchObject({ code: 'cancelled' });
    expect((await next).rows).toHaveLength(4);
    await stand.session.cancelStudy(1);
  });

  it('is interrupted when its model goes', async () => {
    await stand.session.start(smallConfig);
    const slow = stand.session.study('race', long, 1);
    slow.catch(() => undefined);
    await until(() => stand.of('study').length > 0, 20_000);
    await stand.session.configure({ ...smallConfig, width: 9 });
    await expect(slow).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('refuses what cannot be raced', async () => {
    await stand.session.start(smallConfig);
    const wrong = { ...quick, samplers: [{ sampler: 'ddpm', variance: 'learned' }] } as const;
    await expect(stand.session.study('race', wrong, 1)).rejects.toMatchObject({ code: 'bad-request' });
  });
});

describe('kept weights', () => {
  it('come back as they were, and are trained on from there', async () => {
    await stand.session.start(smallConfig);
    await stand.session.train({ steps: 30 });
    const kept = await stand.session.weights();
    const request = { sampler: 'ddim', nSteps: 3, n: 20, seed: 1 };
    const before = (await stand.session.sample(request)).points;
    await stand.session.reset();
    await stand.session.restore({ ...kept, weights: kept.weights.slice() });
    expect(stand.of('phase').at(-1)).toMatchObject({ phase: 'paused', step: 30 });
    const after = (await stand.session.sample(request)).points;
    after.forEach((value, i) => {
      expect(value).toBeCloseTo(before[i]!, 5);
    });
    expect((await stand.session.train({ steps: 2 })).step).toBe(32);
    const wrong = stand.session.restore({ step: 1, weights: new Float32Array(3), seconds: null });
    await expect(wrong).rejects.toThrow(/The run has 3 weights; this network has/);
  });
});
