import { expect, type Page, test } from '@playwright/test';
import { samplers } from '../../../src/core/samplers/index.ts';
import { servedHarness } from './servedHarness.ts';

const address = servedHarness('tests/browser/engine/wgsl/harness.html');

/** Samplers whose path can be written down. */
const recordable = samplers.entries.filter(({ adaptive }) => !adaptive).map(({ id }) => id);

/** All share a page, whose device has compiled most kernels by then; after a test that fails, Playwright opens another. */
let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await page.goto(address());
  await page.waitForFunction(() => 'kernels' in window);
});
test.afterAll(() => page.close());

const ACTIVATIONS = ['silu', 'gelu', 'relu', 'tanh'] as const;

test.describe('training', () => {
  test("has float64's loss and gradients, and shows what is not a number", async () => {
    // A learned variance changes what comes after the activations: with one of them it is tried for all.
    const patches = [
      ...ACTIVATIONS.map((activation) => ({ activation })),
      { activation: 'silu', learnedVariance: true } as const,
    ];
    const all = await page.evaluate((asked) => window.kernels.gradientErrors(asked, 37, true), patches);
    for (const [i, errors] of all.entries()) {
      expect(errors.loss, JSON.stringify(patches[i])).toBeLessThan(1e-5);
      expect(errors.gradient, JSON.stringify(patches[i])).toBeLessThan(1e-5);
      expect(errors.lossOfNaN, JSON.stringify(patches[i])).toBe('NaN');
    }
  });

  test('has them whatever the width, the depth, the batch and what is learned', async () => {
    const cases = [
      [{ width: 48, output: 'eps', depth: 1 }, 1],
      [{ width: 32, depth: 6, output: 'x0' }, 5],
      [{ width: 144, depth: 2, output: 'score', weighting: 'min-snr' }, 9],
      [{ width: 256, depth: 1, learnedVariance: true }, 17],
      [{ dataset: 'moons', conditional: true, depth: 2 }, 33],
      [{ dataset: 'eight-gaussians', conditional: true, width: 128, depth: 2, learnedVariance: true }, 19],
      [{ dataset: 'eight-gaussians', conditional: true, width: 256, depth: 1 }, 40],
    ] as const;
    for (const [patch, size] of cases) {
      const [errors] = await page.evaluate(([p, n]) => window.kernels.gradientErrors([p], n), [
        patch,
        size,
      ] as const);
      expect(errors!.loss, JSON.stringify(patch)).toBeLessThan(1e-5);
      expect(errors!.gradient, JSON.stringify(patch)).toBeLessThan(1e-5);
    }
  });

  test('is after 50 steps where tfjs is on the same batches, and samples alike', async () => {
    const apart = await page.evaluate(() => window.kernels.statesApart({}, 50, 24));
    expect(apart.step).toBe(50);
    expect(apart.weights).toBeLessThan(1e-5);
    expect(apart.ema).toBeLessThan(1e-5);
    expect(apart.firstMoment).toBeLessThan(1e-4);
    expect(apart.secondMoment).toBeLessThan(1e-4);
    const choice = { sampler: 'ddpm', nSteps: 20, patch: { nChain: 20 } };
    const samples = await page.evaluate((path) => window.kernels.samplesApart(50, path, 20), choice);
    expect(samples).toBeLessThan(1e-4);
  });

  test('repeats itself bit for bit, however its steps are submitted, and goes on from a state', async () => {
    const draws = await page.evaluate(() => window.kernels.ownDraws({}, 12, 19));
    expect(draws).toMatchObject({ step: 12, repeats: true, sameInParts: true, differs: true });
    expect(draws.meanError).toBeLessThan(1e-5);
    expect(new Set(draws.losses).size).toBe(12);
    expect(await page.evaluate(() => window.kernels.resumed(6, 19))).toEqual({
      weights: true,
      secondMoment: true,
      step: 12,
    });
  });

  test('counts the losses of its own batches as those of the same batches given', async () => {
    const timeSampling = 'low-discrepancy';
    const same = await page.evaluate((patch) => window.kernels.replayed(patch, 8, 21), { timeSampling });
    expect(same).toEqual({ losses: true, weights: true });
  });
});

test.describe('draws that follow the losses', () => {
  test('ask for the losses that tfjs finds too', async () => {
    for (const patch of [{}, { learnedVariance: true }, { process: 'edm', weighting: 'edm' }]) {
      const apart = await page.evaluate((asked) => window.kernels.surveysApart(asked), patch);
      expect(apart, JSON.stringify(patch)).toBeLessThan(1e-4);
    }
  });

  test('replace the levels and their weights between two steps', async () => {
    const [without, counting] = await page.evaluate(() => window.kernels.redrawn());
    expect(without).toBe(0);
    expect(counting).toBeGreaterThan(0);
  });

  test('make levels as frequent as their losses are large', async () => {
    const levels = await page.evaluate(() => window.kernels.levelsFollowing(40, 500));
    const counts = new Array<number>(50).fill(0);
    for (const level of levels) counts[level]! += 1;
    const chiSquared = counts.reduce((sum, count, l) => {
      const expected = levels.length * (0.999 * ((l + 1) / (25 * 51)) + 0.001 / 50);
      return sum + (count - expected) ** 2 / expected;
    }, 0);
    expect(Math.abs(chiSquared - 49) / Math.sqrt(98)).toBeLessThan(4);
  });

  test('train to the same weights bit for bit, whatever the slices', async () => {
    for (const learnedVariance of [false, true]) {
      const { same, loss } = await page.evaluate(
        (on) => window.kernels.followedTwice(210, on),
        learnedVariance,
      );
      expect(same).toBe(true);
      expect(loss).toBeGreaterThan(0);
      expect(loss).toBeLessThan(2);
    }
  });
});

test.describe('numbers drawn on the GPU', () => {
  test('are Philox4x32-10, by the known answers of its authors', async () => {
    const all = 0xffffffff;
    const blocks = await page.evaluate(
      (asked) => window.kernels.philoxBlocks(asked),
      [
        [0, 0, 0, 0, 0, 0],
        [all, all, all, all, all, all],
        [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0],
      ],
    );
    expect(blocks).toEqual([
      '6627e8d5 e169c58d bc57ac4c 9b00dbd8',
      '408f276d 41c83b0e a20bc7c6 6d5451fd',
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ]);
    expect(await page.evaluate(() => window.kernels.sineError())).toBeLessThan(3e-7);
  });

  test('are normal, uniform and independent', async () => {
    const found = await page.evaluate(() => window.kernels.drawStatistics(12345));
    const deviations = found.moments.map((moment, k) => {
      // E[z^p] and the standard deviation of z^p, p = 1…4.
      const [mean, spread] = [
        [0, 1],
        [1, Math.sqrt(2)],
        [0, Math.sqrt(15)],
        [3, Math.sqrt(96)],
      ][k]!;
      return ((moment - mean!) * Math.sqrt(2 * found.n)) / spread!;
    });
    for (const deviation of deviations) expect(Math.abs(deviation)).toBeLessThan(4);
    expect(found.kolmogorov).toBeLessThan(1.95);
    expect(found.kolmogorovUniform).toBeLessThan(1.95);
    expect(Math.abs(found.chiSquared)).toBeLessThan(4);
    expect(found.largest).toBeGreaterThan(4);
    expect(found.largest).toBeLessThan(6.8);
    for (const [pair, value] of Object.entries(found.correlations)) {
      expect(Math.abs(value), pair).toBeLessThan(4);
    }
  });

  test('take every point once an epoch, in another order each time', async () => {
    const { indices, nPoints } = await page.evaluate(() =>
      window.kernels.batchesDrawn({ nPoints: 37, noise: 1 }, 6, 37),
    );
    expect(nPoints).toBe(37);
    const epochs = Array.from({ length: 6 }, (_, e) => indices.slice(37 * e, 37 * (e + 1)));
    for (const epoch of epochs) {
      expect(epoch.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 37 }, (_, i) => i));
    }
    expect(new Set(epochs.map(String)).size).toBe(6);
    const split = await page.evaluate(() => window.kernels.batchesDrawn({ nPoints: 37 }, 37, 10));
    for (let e = 0; e < 10; e++) {
      expect(new Set(split.indices.slice(37 * e, 37 * (e + 1))).size, `epoch ${e}`).toBe(37);
    }
  });

  test('show each point with its own class, and every tenth with none', async () => {
    const patch = { dataset: 'rings', conditional: true, nPoints: 500 };
    const { indices, levels, labels, nLevels } = await page.evaluate(
      (asked) => window.kernels.batchesDrawn(asked, 8, 500),
      patch,
    );
    const shown = levels.flat().map((row) => Math.floor(row / nLevels));
    const kept = shown.filter((label) => label > 0);
    for (const [i, label] of shown.entries()) {
      if (label > 0) expect(label).toBe(labels[indices[i]!]);
    }
    const dropped = 1 - kept.length / shown.length;
    expect(Math.abs(dropped - 0.1)).toBeLessThan(4 * Math.sqrt((0.1 * 0.9) / shown.length));
    expect(new Set(kept)).toEqual(new Set([1, 2, 3, 4]));
    // Whether a class is dropped says nothing of the level.
    const levelOf = (keep: boolean) =>
      levels
        .flat()
        .filter((row) => row >= nLevels === keep)
        .map((row) => row % nLevels);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value / values.length, 0);
    const apart = mean(levelOf(true)) - mean(levelOf(false));
    expect(Math.abs(apart)).toBeLessThan((4 * nLevels) / Math.sqrt(12 * levelOf(false).length));
  });

  test('spread the levels of a batch as the task says', async () => {
    const levelsOf = (timeSampling: string, size = 50) =>
      page.evaluate(([way, n]) => window.kernels.batchesDrawn({ timeSampling: way }, 8, n), [
        timeSampling,
        size,
      ] as const);
    const sorted = (levels: readonly number[]) => levels.toSorted((a, b) => a - b);
    const each = Array.from({ length: 50 }, (_, i) => i);
    for (const levels of (await levelsOf('stratified')).levels) expect(sorted(levels)).toEqual(each);
    for (const levels of (await levelsOf('low-discrepancy')).levels) {
      // One shift for all: each level once, but for rounding where a shift ends on a level's edge.
      expect(new Set(levels).size).toBeGreaterThan(47);
    }
    for (const levels of (await levelsOf('antithetic')).levels) {
      for (let i = 0; i < 25; i++) {
        expect(Math.abs(levels[i]! + levels[i + 25]! - 49), 'mirrored').toBeLessThanOrEqual(1);
      }
    }
    const { levels, nLevels } = await levelsOf('uniform', 500);
    const counts = new Array<number>(nLevels).fill(0);
    for (const level of levels.flat()) counts[level]! += 1;
    const chiSquared = counts.reduce((sum, count) => sum + (count - 80) ** 2 / 80, 0);
    expect(Math.abs(chiSquared - 49) / Math.sqrt(98)).toBeLessThan(4);
  });
});

test.describe('sampling', () => {
  test('evaluates networks as float64 does, at any number of points', async () => {
    for (const [i, activation] of ACTIVATIONS.entries()) {
      const patch = {
        activation,
        learnedVariance: i % 2 === 1,
        width: i === 0 ? 144 : 16,
        conditional: i > 1,
      };
      const error = await page.evaluate(([p, n]) => window.kernels.evaluationError(p, n), [
        patch,
        21 + i,
      ] as const);
      expect(error, activation).toBeLessThan(1e-5);
    }
  });

  test('combines, thresholds and scales points, and draws the noise of other engines', async () => {
    const errors = await page.evaluate(() => window.kernels.algebraErrors(70));
    expect(errors.gaussian).toBe(true);
    for (const error of [errors.combine, errors.threshold, errors.scaleNoise])
      expect(error).toBeLessThan(1e-6);
  });

  test('walks whole paths on the GPU to where every sampler leads step by step', async () => {
    const choices = recordable.map((sampler) => ({ sampler, nSteps: 6, patch: { nChain: 12 } }));
    const all = await page.evaluate((paths) => window.kernels.pathsApart(paths, 21), choices);
    for (const [i, apart] of all.entries()) {
      expect(apart.stepped, recordable[i]).toBeLessThan(1e-4);
      expect(apart.whole, recordable[i]).toBeLessThan(1e-4);
      expect(apart.leaked, recordable[i]).toBe(0);
    }
  });

  test('walks them with a learned variance, with a threshold and with guidance too', async () => {
    const choices = [
      {
        sampler: 'ddpm',
        nSteps: 12,
        options: { eta: 1, variance: 'learned' },
        patch: { nChain: 12, learnedVariance: true },
      },
      {
        sampler: 'ddim',
        nSteps: 6,
        threshold: { kind: 'dynamic', limit: 0.5, quantile: 0.9 },
        patch: { nChain: 12 },
      },
      {
        sampler: 'dpm-solver-pp-2m',
        nSteps: 6,
        patch: { nChain: 12, dataset: 'moons', conditional: true },
        asked: { ofClass: 2, guidance: 0 },
      },
      {
        sampler: 'ddpm',
        nSteps: 12,
        options: { eta: 1, variance: 'learned' },
        patch: { nChain: 12, dataset: 'rings', conditional: true, learnedVariance: true },
        asked: { ofClass: 3, guidance: 1.5 },
      },
      {
        sampler: 'heun',
        nSteps: 6,
        patch: { nChain: 12, dataset: 'rings', conditional: true },
        asked: { ofClass: 1, guidance: -0.5 },
      },
    ] as const;
    const all = await page.evaluate((paths) => window.kernels.pathsApart(paths, 21), choices);
    for (const apart of all) {
      expect(apart.stepped).toBeLessThan(1e-4);
      expect(apart.whole).toBeLessThan(1e-4);
    }
  });

  test('draws noise that depends on the seed, the key and the point alone', async () => {
    const choice = { sampler: 'ddpm', nSteps: 50 };
    expect(await page.evaluate((path) => window.kernels.ownNoise(path, 40), choice)).toEqual({
      repeats: true,
      differs: true,
      ofEachPoint: true,
      finite: true,
    });
  });
});

test.describe('when things go wrong', () => {
  test('nothing beyond a buffer is written or read, at odd sizes', async () => {
    const patch = { width: 48, depth: 3, learnedVariance: true, nPoints: 33, conditional: true };
    const found = await page.evaluate((asked) => window.kernels.overrun(asked, [1, 37]), patch);
    expect(found.watched).toBeGreaterThan(30);
    expect(found.overwritten).toEqual([]);
    expect(found.sameWithout).toBe(true);
  });

  test('nothing is left on the device', async () => {
    const { before, once, after } = await page.evaluate(() => window.kernels.leftOver());
    expect(once.gpuBytes).toBe(before.gpuBytes);
    expect(after).toEqual(once);
  });

  test('a lost device is named in every answer', async () => {
    const said = await page.evaluate(() => window.kernels.lostWhileTraining());
    for (const message of Object.values(said)) expect(message).toMatch(/^The GPU was lost: /);
  });

  test('a GPU process that dies in mid-training is a lost device too', async () => {
    const browser = await page.context().browser()!.newBrowserCDPSession();
    await page.exposeFunction('crashGpu', () =>
      browser.send('Browser.crashGpuProcess').catch(() => undefined),
    );
    const said = await page.evaluate(() =>
      window.kernels.trainUntilLost((window as unknown as { crashGpu: () => void }).crashGpu),
    );
    expect(said.train).toMatch(/^The GPU was lost: /);
    expect(said.path).toMatch(/^The GPU was lost: /);
    expect(said.steps).toBeGreaterThanOrEqual(3);
  });

  test('a shader that is refused is named with the reason', async () => {
    const said = await page.evaluate(() => window.kernels.refusedShader());
    for (const message of Object.values(said)) expect(message).toMatch(/^The GPU refused the shader ".+"/);
  });
});
