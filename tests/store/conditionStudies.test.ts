import { describe, expect, it, vi } from 'vitest';
import { NEW_CONDITION } from '../../src/experiment/conditions/check.ts';
import type { ConditionStudyRequest } from '../../src/protocol/conditionStudy.ts';
import { followStudy, timesTooFar } from '../../src/store/conditionStudies.ts';
import { newStage } from '../../src/views/index.ts';
import { cureOf } from '../../src/views/reverse/condition/cure.ts';
import type { ReverseStage } from '../../src/views/reverse/stage.ts';

const perfect = { mean: 0.05, error: 0.01 };

it('says that samples have missed their target only where they are many times as far, beyond chance', () => {
  expect(timesTooFar({ distance: { mean: 0.5, error: 0.05 }, perfect })).toBeCloseTo(10);
  expect(timesTooFar({ distance: { mean: 0.15, error: 0.01 }, perfect })).toBeNull();
  expect(timesTooFar({ distance: { mean: 0.25, error: 0.05 }, perfect })).toBeNull();
  expect(timesTooFar({ distance: { mean: Infinity, error: Number.NaN }, perfect })).toBe(Infinity);
});

describe('the cure of a stage that misses its condition', () => {
  const T = 200;
  const stage = (patch: Partial<ReverseStage>): ReverseStage => ({ ...newStage.reverse, id: 1, ...patch });
  const { r, class: ofClass } = NEW_CONDITION;

  it('is the exact way, and of that more steps', () => {
    const reconstruction = cureOf(stage({ condition: { ...r, way: 'reconstruction' } }), T);
    expect(reconstruction).toEqual({ label: 'Exact guidance', change: { condition: r } });
    expect(cureOf(stage({ condition: r, nSteps: 20 }), T)).toMatchObject({ change: { nSteps: 40 } });
    expect(cureOf(stage({ condition: r, nSteps: 150 }), T)).toMatchObject({ change: { nSteps: 200 } });
    expect(cureOf(stage({ condition: r, nSteps: 200 }), T)).toMatchObject({ change: { nSteps: 400 } });
  });

  it('is s = 1 of an exact classifier, whose steps reach no other scale', () => {
    const cure = cureOf(stage({ condition: { ...ofClass, scale: 3 } }), T);
    expect(cure).toEqual({ label: 's = 1', change: { condition: ofClass } });
  });

  it('is none where no setting helps', () => {
    expect(cureOf(stage({}), T)).toBeNull();
    expect(cureOf(stage({ condition: r, sampler: 'rk45' }), T)).toBeNull();
    expect(cureOf(stage({ condition: r, sampler: 'ddpm', nSteps: T }), T)).toBeNull();
  });
});

it('runs one study for all who follow the same, and ends it when the last has left', () => {
  vi.useFakeTimers();
  const engine = {
    study: vi.fn(() => new Promise<never>(() => {})),
    cancelStudy: vi.fn(async () => {}),
    on: () => () => {},
  };
  const request = { run: { condition: NEW_CONDITION.r }, n: 600, draws: 3, seed: 1 } as ConditionStudyRequest;
  const heard: unknown[] = [];
  const follow = () => followStudy(engine, { request: { ...request }, model: 7 }, (next) => heard.push(next));
  const [first, second] = [follow(), follow()];
  vi.advanceTimersByTime(1000);
  const late = follow();
  expect(engine.study).toHaveBeenCalledTimes(1);
  expect(heard.slice(-3)).toEqual(Array(3).fill({ done: 0, problem: null }));
  first();
  late();
  expect(engine.cancelStudy).not.toHaveBeenCalled();
  second();
  expect(engine.cancelStudy).toHaveBeenCalledTimes(1);
  vi.useRealTimers();
});
