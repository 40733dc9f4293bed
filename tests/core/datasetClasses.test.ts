import { describe, expect, it } from 'vitest';
import { datasets } from '../../src/core/datasets/index.ts';
import { datasetOfClass } from '../../src/core/datasets/ofClass.ts';
import { classDensity, classPosterior, classPrior } from '../../src/core/exact/labelled.ts';
import { exactLogDensity } from '../../src/core/exact.ts';
import { allAtOnce } from '../../src/core/inPieces.ts';
import { energyDistance, strays, strayTest } from '../../src/core/metrics/index.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Dataset, Vector } from '../../src/core/types.ts';
import { drawMixture } from './mixtures.ts';

const clean = { alpha: 1, sigma: 0 };
const withClasses = datasets.entries.filter(({ classNames }) => classNames.length > 0);

/** The first n points of a class. */
function ofClass(dataset: Dataset, y: number, n: number, seed: number, noise = 1): Vector {
  const { points, labels } = dataset.sampleLabelled(
    2 * n * dataset.classNames.length,
    createRng(seed),
    noise,
  );
  const own = points.filter((_, k) => labels[k >> 1] === y);
  expect(own.length).toBeGreaterThanOrEqual(2 * n);
  return own.slice(0, 2 * n);
}

it('all data sets have classes but the drawing', () => {
  expect(datasets.entries.filter((each) => !withClasses.includes(each)).map(({ id }) => id)).toEqual([
    'dino',
  ]);
  const dino = datasets.get('dino');
  expect(() => dino.labelledDensity(1)).toThrow(/'dino' has no classes/);
  expect(new Set(dino.sampleLabelled(20, createRng(1), 1).labels)).toEqual(new Set([0]));
});

it('a class that there is not is refused', () => {
  expect(() => datasetOfClass(datasets.get('dino'), 0)).toThrow(/'dino' has no class 0/);
  expect(() => datasetOfClass(datasets.get('moons'), 2)).toThrow(/'moons' has no class 2/);
});

describe.each(withClasses)('the classes of $id', (dataset) => {
  const { classNames } = dataset;

  it.each(classNames.map((_, y) => y))('make data sets of their own: class %i', (y) => {
    const own = datasetOfClass(dataset, y);
    const test = allAtOnce(strayTest(own, 1, createRng(1)));
    const draws = own.sample(2000, createRng(2), 1);
    const { value, error, perfect } = strays(draws, test);
    expect(Math.abs(value - perfect)).toBeLessThan(5 * error + 0.002);
    expect(own.density(1)).toEqual(classDensity(dataset.labelledDensity(1), y));
    const others = ofClass(dataset, (y + 1) % classNames.length, 500, 3);
    expect(strays(others, test).value).toBeGreaterThan(0.3);
  });

  it('have names of their own, and are at most 8', () => {
    expect(new Set(classNames).size).toBe(classNames.length);
    expect(classNames.length).toBeGreaterThanOrEqual(2);
    expect(classNames.length).toBeLessThanOrEqual(8);
  });

  it.each([0.1, 1, 3])('belong to the points of the plain draw, noise %f', (noise) => {
    const { points, labels } = dataset.sampleLabelled(4000, createRng(5), noise);
    expect(points).toEqual(dataset.sample(4000, createRng(5), noise));
    const prior = classPrior(dataset.labelledDensity(noise));
    expect(prior).toHaveLength(classNames.length);
    for (const [y, share] of prior.entries()) {
      const counted = labels.filter((label) => label === y).length / labels.length;
      expect(Math.abs(counted - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / labels.length));
    }
  });

  it.each([0.1, 1, 3])('make up the density together, but for its own accuracy, noise %f', (noise) => {
    const { density } = dataset.labelledDensity(noise);
    const points = dataset.sample(500, createRng(6), noise);
    const kernel = { alpha: 0.8, sigma: 0.6 };
    const whole = exactLogDensity(dataset.density(noise), kernel, points);
    const classes = exactLogDensity(density, kernel, points);
    const apart = classes.reduce((sum, value, i) => sum + Math.abs(value - whole[i]!), 0) / 500;
    expect(apart).toBeLessThan(2e-4);
  });

  it('are told apart by their densities as far as they lie apart', () => {
    const noise = 0.3;
    const { points, labels } = dataset.sampleLabelled(1000, createRng(7), noise);
    const posterior = classPosterior(dataset.labelledDensity(noise), clean, points);
    const sure = labels.filter((y, i) => posterior[i * classNames.length + y]! > 0.5).length;
    expect(sure / labels.length).toBeGreaterThan(0.98);
  });

  it.each(classNames.map((name, y) => ({ name, y })))(
    '$name: draws of its density are its points',
    ({ y }) => {
      const n = 150;
      const density = classDensity(dataset.labelledDensity(1), y);
      let [truth, drawn] = [0, 0];
      for (let i = 0; i < 30; i++) {
        const reference = ofClass(dataset, y, n, 10 + i);
        truth += energyDistance(reference, ofClass(dataset, y, n, 1010 + i));
        drawn += energyDistance(reference, drawMixture(density, n, createRng(2010 + i)));
      }
      expect(drawn / truth).toBeLessThan(1.6);
    },
  );
});
