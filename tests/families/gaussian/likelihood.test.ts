import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../../src/backends/network.ts';
import { simdBackend } from '../../../src/backends/simd/backend.ts';
import { datasets } from '../../../src/core/datasets/index.ts';
import { bayesFloor } from '../../../src/core/exact/bayesFloor.ts';
import { exactDenoiser } from '../../../src/core/exact.ts';
import { gaussianKl } from '../../../src/core/gaussianKl.ts';
import { bitsPerDim } from '../../../src/core/likelihood/units.ts';
import { drawnNoise, variationalBound } from '../../../src/core/likelihood/variationalBound.ts';
import { createRng } from '../../../src/core/rng.ts';
import { scaledDensity, standardization } from '../../../src/core/standardize.ts';
import type { Density, Vector } from '../../../src/core/types.ts';
import { defaultConfig } from '../../../src/experiment/fields.ts';
import type { ExperimentConfig } from '../../../src/experiment/types.ts';
import { scalingsAt } from '../../../src/families/gaussian/deviceDenoiser.ts';
import { createExperiment, type GaussianExperiment } from '../../../src/families/gaussian/experiment.ts';
import {
  type Answerer,
  exactAnswerer,
  flowInSteps,
  flowLogDensity,
  predictedAnswerer,
  STEP_BOUND,
} from '../../../src/families/gaussian/likelihood/flow.ts';
import { heldOut } from '../../../src/families/gaussian/likelihood/levelPoints.ts';
import { networkPredictor, type Predictor } from '../../../src/families/gaussian/likelihood/predictor.ts';
import {
  createLikelihoodStudy,
  type LikelihoodStudy,
} from '../../../src/families/gaussian/likelihood/study.ts';
import type { Likelihood } from '../../../src/protocol/protocol.ts';

const experimentOf = (patch: Partial<ExperimentConfig> = {}) =>
  createExperiment({ ...defaultConfig, nPoints: 100, nChain: 40, ...patch });

/** The exact answer in the place of a network: its F in float32, as a network computes it. */
function exactInFloat32(experiment: GaussianExperiment): Predictor {
  const denoise = exactDenoiser(experiment.density, experiment.process);
  return async (x, t) => {
    const { skip, out } = scalingsAt(experiment, t);
    const seen = x.map(Math.fround);
    const x0Hat = denoise(seen, t).map((value, i) => {
      const answer = Math.fround((value - skip * seen[i]!) / out);
      return skip * x[i]! + out * answer;
    });
    return { x0Hat, variance: null };
  };
}

async function rounds(study: LikelihoodStudy, predict: Predictor, n: number): Promise<Likelihood> {
  let found: Likelihood | null = null;
  for (let k = 0; k < n; k++) {
    const steps = study.measure(predict, k > 0);
    let next = await steps.next();
    while (!next.done) next = await steps.next();
    found = next.value;
  }
  return found!;
}

const boundsOf = ({ terms }: Likelihood) => {
  if (terms.kind !== 'bound') throw new Error('There is no bound.');
  return terms;
};

describe('the likelihood of the exact answer in the place of a network', () => {
  it('is that of the core: the bound within its error, the flow at the entropy', async () => {
    const experiment = experimentOf({ dataset: 'moons' });
    const found = await rounds(createLikelihoodStudy(experiment, true), exactInFloat32(experiment), 3);
    expect(found.rounds).toBe(3);
    const n = 2000;
    const x0 = heldOut(experiment, n, createRng(4));
    const toDataUnits = Math.log2(experiment.standardization.scale);
    const { prior, of } = boundsOf(found);
    expect(prior).toBeGreaterThan(0);
    expect(of.map(({ variance }) => variance)).toEqual(['beta', 'beta-tilde', 'optimal']);
    for (const { variance, model, exact } of of) {
      for (const { terms } of [model, exact]) expect(terms).toHaveLength(40);
      const best = of.at(-1)!;
      exact.terms.forEach((term, k) => void expect(best.exact.terms[k]!).toBeLessThanOrEqual(term));
      model.terms.forEach((term, k) => void expect(best.model.terms[k]!).toBeLessThanOrEqual(term));
      expect(model.total.mean).toBeCloseTo(exact.total.mean, 4);
      expect(exact.total.mean).toBeGreaterThan(found.entropy.mean);
      if (variance === 'learned' || variance === 'optimal') continue;
      const core = variationalBound(
        { betas: experiment.betas, denoise: exactDenoiser(experiment.density, experiment.process), variance },
        x0,
        drawnNoise(n, createRng(5)),
      );
      const perPoint = core.total.map((value) => bitsPerDim(value) + toDataUnits);
      const mean = perPoint.reduce((a, b) => a + b) / n;
      const error = Math.sqrt(perPoint.reduce((a, b) => a + (b - mean) ** 2, 0)) / n;
      expect(Math.abs(exact.total.mean - mean)).toBeLessThan(4 * Math.hypot(error, exact.total.error));
      const sum = exact.terms.reduce((a, b) => a + b, prior);
      expect(sum).toBeCloseTo(exact.total.mean, 4);
    }
    expect(found.flow.model.mean).toBeCloseTo(found.flow.exact.mean, 2);
    expect(Math.abs(found.flow.exact.mean - found.entropy.mean)).toBeLessThan(0.03);
  });

  it('of a Gaussian has the closed form, in data units', async () => {
    const covariance = [0.5, 0, 4.5] as const;
    const density: Density = [{ kind: 'gaussian', weight: 1, mean: [3, -1], covariance }];
    const units = standardization(density);
    const base = experimentOf({ learnedVariance: true, nChain: 30 });
    const dataset = {
      ...datasets.get('moons'),
      density: () => density,
      sample: (n: number, rng: ReturnType<typeof createRng>) =>
        Float64Array.from({ length: 2 * n }, (_, i) =>
          i % 2 === 0 ? 3 + Math.sqrt(0.5) * rng.normal() : -1 + Math.sqrt(4.5) * rng.normal(),
        ),
    };
    const experiment = { ...base, dataset, standardization: units, density: scaledDensity(units, density) };
    const plain = exactInFloat32(experiment);
    // v = 1 means β.
    const predict: Predictor = async (x, t) => ({
      ...(await plain(x, t)),
      variance: new Float32Array(x.length).fill(1),
    });
    const found = await rounds(createLikelihoodStudy(experiment, true), predict, 1);
    const entropy = [0.5, 4.5].reduce((sum, v) => sum + Math.log2(2 * Math.PI * Math.E * v) / 4, 0);
    expect(Math.abs(found.entropy.mean - entropy)).toBeLessThan(4 * found.entropy.error);
    const { of } = boundsOf(found);
    expect(of.map(({ variance }) => variance)).toEqual(['learned', 'beta', 'beta-tilde', 'optimal']);
    const [learned, beta, betaTilde, optimal] = of;
    // One number for both axes, whose spreads differ, is worse than one for each.
    expect(optimal!.exact.total.mean).toBeGreaterThan(learned!.exact.total.mean);
    expect(optimal!.exact.total.mean).toBeLessThan(beta!.exact.total.mean);
    expect(optimal!.exact.total.mean).toBeLessThan(betaTilde!.exact.total.mean);
    // With the best variance the chain is the forward one backwards: all that is lost is at its end.
    const alphaBar = base.process.kernel(1).alpha ** 2;
    const gap = [0.5, 4.5]
      .map((v) => gaussianKl(0, Math.log(1 + alphaBar * (v / units.scale ** 2 - 1)), 0))
      .reduce((a, b) => a + b);
    expect(learned!.exact.total.mean).toBeCloseTo(entropy + bitsPerDim(gap), 5);
    expect(learned!.exact.total.error).toBeLessThan(1e-6);
    learned!.model.terms
      .slice(1)
      .forEach((term, k) => void expect(term).toBeCloseTo(beta!.model.terms[k + 1]!, 6));
    expect(beta!.exact.total.mean).toBeGreaterThan(learned!.exact.total.mean);
    expect(found.flow.exact.mean).toBeCloseTo(found.entropy.mean, 2);
  });

  it.each(['sub-vp', 've', 'edm', 'rectified-flow'])(
    'of %s, which has no chain, has the flow and the loss by noise level',
    async (process) => {
      const experiment = experimentOf({ process });
      const found = await rounds(createLikelihoodStudy(experiment, false), exactInFloat32(experiment), 1);
      expect(found.flow.model.mean).toBeCloseTo(found.flow.exact.mean, 2);
      expect(Math.abs(found.flow.exact.mean - found.entropy.mean)).toBeLessThan(0.05);
      if (found.terms.kind !== 'loss') throw new Error('There is a bound.');
      const { times, model, exact } = found.terms;
      expect(times.every((t, k) => k === 0 || t > times[k - 1]!)).toBe(true);
      model.forEach((value, k) => void expect(value / exact[k]!).toBeCloseTo(1, 2));
      // ε's floor at one of the levels, against the core's own draws.
      const middle = times.length >> 1;
      const t = times[middle]!;
      const kernel = experiment.process.kernel(t);
      const floor = bayesFloor(experiment.density, kernel, kernel.alpha / kernel.sigma, 4000, createRng(3));
      expect(Math.abs(exact[middle]! / floor.value - 1)).toBeLessThan(0.2);
    },
  );
});

async function drained<Result>(steps: AsyncGenerator<void, Result, void>): Promise<Result> {
  for (;;) {
    const next = await steps.next();
    if (next.done) return next.value;
  }
}

describe('the steps of the flow', () => {
  const chains = [
    { schedule: 'linear', nChain: 200 },
    { schedule: 'cosine', nChain: 1000 },
  ];
  it.each(datasets.entries.flatMap(({ id }) => chains.map((chain) => ({ ...chain, id }))))(
    'leave less than the stated bound: $id, $schedule, T = $nChain',
    async ({ id, ...chain }) => {
      const experiment = experimentOf({ ...chain, dataset: id });
      const x0 = heldOut(experiment, 5, createRng(1));
      const answer = exactAnswerer(experiment);
      const { logDensity, stepError } = await drained(flowLogDensity(experiment, x0, answer));
      expect(stepError).toBeLessThan(STEP_BOUND);
      const finer = await drained(flowInSteps(experiment, x0, answer, 144));
      const square = logDensity.reduce((sum, value, i) => sum + bitsPerDim(value - finer[i]!) ** 2, 0);
      expect(Math.sqrt(square / 5)).toBeLessThan(STEP_BOUND);
    },
  );

  it('are as few as do for N(0, I), more for narrow bumps, and come to an end for rough answers', async () => {
    const few = Float64Array.of(0.3, -0.2, 1.1, 0.4);
    const chosen = async (experiment: GaussianExperiment, answer: Answerer, x0: Vector = few) =>
      drained(flowLogDensity(experiment, x0, answer));
    const density: Density = [{ kind: 'gaussian', weight: 1, mean: [0, 0], covariance: [1, 0, 1] }];
    const gaussian = { ...experimentOf(), density };
    const easy = await chosen(gaussian, exactAnswerer(gaussian));
    expect(easy.nSteps).toBe(48);
    expect(easy.stepError).toBeLessThan(1e-9);

    const narrow = experimentOf({ dataset: 'twenty-five-gaussians', schedule: 'cosine', nChain: 1000 });
    const more = await chosen(narrow, exactAnswerer(narrow), heldOut(narrow, 24, createRng(7)));
    expect(more.nSteps).toBe(96);
    expect(more.stepError).toBeLessThan(STEP_BOUND);

    // Noise in the trace that no step resolves.
    const rng = createRng(3);
    const exact = exactAnswerer(gaussian);
    const rough = await chosen(gaussian, async (question) => {
      const { x0Hat, trace } = await exact(question);
      return { x0Hat, trace: Float64Array.from(trace, (value) => value + 5 * rng.normal()) };
    });
    expect(rough.nSteps).toBe(96);
    expect(rough.stepError).toBeGreaterThan(STEP_BOUND);
    const broken = await chosen(gaussian, ({ x }) => ({ x0Hat: x.map(() => Number.NaN), trace: [0, 0] }));
    expect(broken.nSteps).toBe(48);
    expect(broken.stepError).toBeNaN();
  });
});

describe('a measurement', () => {
  it('has more to say of a network that says nothing: nearer to Gaussian than to the data', async () => {
    const experiment = experimentOf();
    const backend = await simdBackend('simd');
    const weights = initialWeights(experiment.task.shape, createRng(1));
    const network = backend.createNetwork(experiment.task.shape, weights);
    const predict = networkPredictor({ backend, network, source: 'own', step: 0 }, experiment);
    const found = await rounds(createLikelihoodStudy(experiment, true), predict, 1);
    // F = 0 is the answer for N(0, I) in scaled units.
    const gaussian = Math.log2(2 * Math.PI * Math.E) / 2 + Math.log2(experiment.standardization.scale);
    expect(Math.abs(found.flow.model.mean - gaussian)).toBeLessThan(4 * found.flow.model.error + 0.01);
    const beta = boundsOf(found).of.find(({ variance }) => variance === 'beta')!;
    expect(beta.model.total.mean).toBeGreaterThan(gaussian - 4 * beta.model.total.error);
    expect(beta.model.total.mean).toBeGreaterThan(beta.exact.total.mean);
    network.dispose();
    backend.dispose();
  });

  it('sharpens with every round, and begins anew for other weights or after a break', async () => {
    const experiment = experimentOf({ nChain: 10 });
    const study = createLikelihoodStudy(experiment, true);
    const predict = exactInFloat32(experiment);
    const first = await rounds(study, predict, 1);
    const third = await rounds(study, predict, 3);
    expect(third.rounds).toBe(3);
    const error = (found: Likelihood) => boundsOf(found).of[0]!.exact.total.error;
    expect(error(third)).toBeLessThan(0.8 * error(first));
    const left = study.measure(predict, true);
    await left.next();
    await left.return(first);
    const steps = study.measure(predict, true);
    let next = await steps.next();
    while (!next.done) next = await steps.next();
    expect(next.value.rounds).toBe(1);
    // The exact answer has been learned better since, the rest is the first round again.
    expect(next.value.terms).toEqual(first.terms);
    expect(next.value.entropy.error).toBeLessThan(first.entropy.error);
  });

  it.each([
    ['edm', { 'process.edm.sigmaMax': 0.003 }],
    ['edm', { 'process.edm.sigmaMax': 100_000, 'process.edm.rho': 20 }],
    ['ve', { 'process.ve.sigmaMax': 1000 }],
  ] as const)('goes through with the extremes of %s: %o', async (process, parameters) => {
    const experiment = experimentOf({ process, parameters });
    const found = await rounds(createLikelihoodStudy(experiment, false), exactInFloat32(experiment), 1);
    expect(Number.isFinite(found.entropy.mean)).toBe(true);
    expect(found.terms.kind).toBe('loss');
  });

  it('of weights that are not numbers says so with NaN, and keeps the exact answer', async () => {
    const experiment = experimentOf({ nChain: 10 });
    const broken: Predictor = async (x) => ({ x0Hat: x.map(() => Number.NaN), variance: null });
    const found = await rounds(createLikelihoodStudy(experiment, true), broken, 1);
    expect(found.flow.model.mean).toBeNaN();
    expect(Number.isFinite(found.flow.exact.mean)).toBe(true);
    for (const { model, exact } of boundsOf(found).of) {
      expect(model.total.mean).toBeNaN();
      expect(Number.isFinite(exact.total.mean)).toBe(true);
    }
  });
});

describe('the divergence by differences in float32', () => {
  it.each(['vp', 've', 'rectified-flow'])(
    'of %s is the exact one to 1e-3 at every noise',
    async (process) => {
      const experiment = experimentOf({ process, nChain: 1000 });
      const exact = exactAnswerer(experiment);
      const predicted = predictedAnswerer(exactInFloat32(experiment), experiment);
      const x0 = heldOut(experiment, 50, createRng(2));
      for (const level of [0, 20, 100, 400, 800]) {
        const t = experiment.trainingLevels.times[level]!;
        const { alpha, sigma } = experiment.process.kernel(t);
        const rng = createRng(level);
        const x = x0.map((value) => alpha * value + sigma * rng.normal());
        const [one, other] = [await exact({ x, t }), await predicted({ x, t })];
        // α·trace is what the flow integrates, between 0 and 2.
        for (let i = 0; i < 50; i++) {
          expect(alpha * Math.abs(one.trace[i]! - other.trace[i]!)).toBeLessThan(1e-3);
        }
      }
    },
  );
});
