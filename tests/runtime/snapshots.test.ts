import { expect, it } from 'vitest';
import { createSnapshots, isSnapshotStep, nextSnapshotAfter } from '../../src/runtime/snapshots.ts';

it('weights are kept of steps ever farther apart', () => {
  const steps = [0];
  while (steps.length < 12) steps.push(nextSnapshotAfter(steps.at(-1)!));
  expect(steps).toEqual([
    0, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000,
  ]);
  for (let step = 0; step < 12_000; step++) expect(isSnapshotStep(step)).toBe(steps.includes(step));
});

it('each is kept once, told of, and can be chosen; another cannot', () => {
  const told: (readonly number[])[] = [];
  const snapshots = createSnapshots((steps) => told.push(steps));
  const weights = Float32Array.of(1);
  snapshots.keep(0, Float32Array.of(0));
  snapshots.keep(30, weights);
  snapshots.keep(30, Float32Array.of(2));
  expect(told).toEqual([[0], [0, 30]]);
  expect(snapshots.weightsOf(30)).toBe(weights);
  snapshots.choose(30);
  expect(snapshots.chosen).toBe(30);
  expect(() => snapshots.choose(100)).toThrow(/Nothing was kept of step 100/);
  expect(snapshots.chosen).toBe(30);
  snapshots.choose(null);
  expect(snapshots.chosen).toBeNull();
});

it('a model that went back has forgotten what came after, and no longer shows it', () => {
  const told: (readonly number[])[] = [];
  const snapshots = createSnapshots((steps) => told.push(steps));
  for (const step of [0, 30, 100]) snapshots.keep(step, new Float32Array(1));
  snapshots.choose(100);
  snapshots.dropAfter(100);
  expect(snapshots.chosen).toBe(100);
  expect(told).toHaveLength(3);
  snapshots.dropAfter(60);
  expect(snapshots.steps).toEqual([0, 30]);
  expect(snapshots.chosen).toBeNull();
  expect(told.at(-1)).toEqual([0, 30]);
});
