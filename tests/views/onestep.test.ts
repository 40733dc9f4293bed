import { beforeAll, describe, expect, it } from 'vitest';
import { simdBackend } from '../../src/backends/simd/backend.ts';
import type { TrainerBackend } from '../../src/backends/types.ts';
import { klToGaussian } from '../../src/core/exact/gaussianFit.ts';
import { jumpOf } from '../../src/core/exact/jump.ts';
import { reverseConditional } from '../../src/core/exact/reverseConditional.ts';
import { processes } from '../../src/core/processes/index.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { createExperiment } from '../../src/families/gaussian/experiment.ts';
import { networkPredictor } from '../../src/families/gaussian/likelihood/predictor.ts';
import { fromDrawn, shrinkAt } from '../../src/families/gaussian/recordings/view.ts';
import type { Answers, OneStep } from '../../src/protocol/oneStep.ts';
import type { Recording } from '../../src/protocol/protocol.ts';
import { newStage } from '../../src/views/index.ts';
import { picture } from '../../src/views/onestep/draw.ts';
import { stepAt } from '../../src/views/onestep/drawnStep.ts';
import { recorder } from '../../src/views/onestep/record.ts';
import type { OneStepRequest } from '../../src/views/onestep/request.ts';
import { oneStep } from '../../src/views/onestep/view.ts';
import { randomWeights } from '../backends/simdFixtures.ts';

let backend: TrainerBackend<unknown>;
beforeAll(async () => {
  backend = (await simdBackend('simd')) as TrainerBackend<unknown>;
});

const config = { ...defaultConfig, dataset: 'moons', width: 16, depth: 2 };
const stage = { ...newStage['one-step'], x: 0.4, y: -0.2, nSteps: 8, origin: 3 };

async function recorded(process: string, request: OneStepRequest) {
  const experiment = createExperiment({ ...config, process });
  const network = backend.createNetwork(
    experiment.task.shape,
    randomWeights(experiment.task.shape).map((w) => 0.1 * w),
  );
  const model = { backend, network, source: 'own', step: 1 } as const;
  const all: Recording[] = [];
  for await (const soFar of recorder.record(request, { model, experiment, config })) {
    if (soFar) all.push(soFar());
  }
  const asked = networkPredictor(model, experiment);
  return { experiment, all, last: all.at(-1)!, asked, release: () => network.dispose() };
}

const requests = () => oneStep.requests(stage, { nChain: config.nChain, stages: [] });

describe.each(processes.entries)('one step of $id', ({ id }) => {
  it('is known roughly first, then at all times, then for other numbers of steps', async () => {
    const { all, last, experiment } = await recorded(id, requests()[1]!);
    const counts = all.map((each) => (each as OneStep).times.length);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    const known = last as OneStep;
    expect(known.otherSteps).toEqual([32, 128, 200]);
    expect(known.otherKl.length).toBe(3 * known.times.length);
    for (const values of [known.mean, known.covariance, known.density, known.draws, known.coefficients]) {
      expect(values.every(Number.isFinite)).toBe(true);
    }
    const { process, standardization, density } = experiment;
    const k = 24;
    const [t, s] = [known.times[k]!, known.earlier[k]!];
    const shrink = shrinkAt(process, t);
    const [x, y] = fromDrawn(standardization, [stage.x, stage.y], shrink);
    const jump = jumpOf(process.kernel(t), process.kernel(s), 1);
    const q = reverseConditional(density, jump, [x!, y!]);
    const unit = shrink * standardization.scale;
    expect(known.mean[2 * k]).toBeCloseTo(standardization.centre[0] + unit * q.mean[0], 4);
    expect(known.covariance[3 * k + 2]).toBeCloseTo(unit ** 2 * q.covariance[2], 4);
    expect(known.kl[k]).toBeCloseTo(klToGaussian(q, Math.sqrt(jump.variance)), 4);
    // More steps are nearer to a Gaussian at every time that none of them ends at the data.
    const size = known.times.length;
    for (let level = 0; level < size; level++) {
      if (known.times[level]! <= 1 / 8 || known.kl[level]! < 1e-6) continue;
      expect(known.otherKl[2 * size + level]).toBeLessThan(known.kl[level]!);
    }
  });

  it('has the network’s own answer at the place', async () => {
    const { last, experiment, asked, release } = await recorded(id, requests()[0]!);
    const answers = last as Answers;
    const k = 40;
    const t = answers.times[k]!;
    const { process, standardization } = experiment;
    const x = fromDrawn(standardization, [stage.x, stage.y], shrinkAt(process, t));
    const { x0Hat } = await asked(x, t);
    release();
    for (const axis of [0, 1] as const) {
      const wanted = standardization.centre[axis] + standardization.scale * x0Hat[axis]!;
      expect(Math.abs(answers.x0Hat[2 * k + axis]! - wanted)).toBeLessThan(
        1e-3 * Math.max(1, Math.abs(wanted)),
      );
    }
  });
});

describe('the picture', () => {
  const scene = async () => {
    const found = [];
    for (const request of requests()) {
      const { last, release } = await recorded('vp', request);
      found.push(last);
      release();
    }
    return {
      config: stage,
      layers: stage.layers,
      recordings: found,
      data: new Float32Array(0),
      paths: [],
      shrunkBy: null,
      view: { centre: [0, 0], halfWidth: 3 },
    } as const;
  };

  it('puts the model’s step beside the true one, whose divergence is never more', async () => {
    const shown = await scene();
    for (const t of [0.2, 0.5, 0.9]) {
      const step = stepAt(shown, t)!;
      expect(step.kl.model).toBeGreaterThanOrEqual(step.kl.gaussian);
      expect(step.s).toBeCloseTo(t - 1 / 8, 2);
      const { prior, likelihood, product } = step.factors;
      // A product of two Gaussians is narrower than either, and between them.
      expect(product.variance).toBeLessThan(Math.min(prior.variance, likelihood!.variance));
      for (const axis of [0, 1] as const) {
        const [low, high] = [prior.mean[axis], likelihood!.mean[axis]].sort((a, b) => a - b);
        expect(product.mean[axis]).toBeGreaterThanOrEqual(low! - 1e-3);
        expect(product.mean[axis]).toBeLessThanOrEqual(high! + 1e-3);
      }
    }
    expect(picture.describe(shown, 0.5)).toMatch(/from x_t = \(0\.4, -0\.2\) at t = 0\.50 to s = 0\.3[78]/);
    expect(picture.readout(shown, 0.5)[0]).toContain('t = 0.50 → s = 0.3');
  });
});

it('a point that is pressed becomes x_t, as far as a link carries it', () => {
  expect(oneStep.place!.set([0.12345, -1e4])).toEqual({ x: 0.123, y: -100 });
  expect(oneStep.frame!({ ...stage, magnify: '10' }, { centre: [0, 0], halfWidth: 3 })).toEqual({
    centre: [0.4, -0.2],
    halfWidth: 0.3,
  });
});
