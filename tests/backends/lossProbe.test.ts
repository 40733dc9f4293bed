import { beforeAll, describe, expect, it } from 'vitest';
import { withClasses } from '../../src/backends/classes.ts';
import type { LevelDraws } from '../../src/backends/levelDraws.ts';
import { drawProbes, probeLosses } from '../../src/backends/lossProbe.ts';
import { LEVEL, LEVEL_SIZE } from '../../src/backends/objective.ts';
import { simdBackend } from '../../src/backends/simd/backend.ts';
import { initialState } from '../../src/backends/state.ts';
import type { TrainerBackend, TrainerState } from '../../src/backends/types.ts';
import { chainTables } from '../../src/core/chain.ts';
import { continuousDecoder } from '../../src/core/likelihood/decoder.ts';
import { trainingLosses } from '../../src/core/losses/training.ts';
import { chainStep } from '../../src/core/posterior.ts';
import { createRng } from '../../src/core/rng.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { createExperiment } from '../../src/families/gaussian/experiment.ts';
import { startTraining } from '../../src/runtime/training.ts';
import { largestDifference, relativeError } from './differences.ts';
import { randomBatch, randomState, randomTask, randomWeights, referenceGradient } from './simdFixtures.ts';
import { openCpu } from './tfjsOnCpu.ts';

const config: ExperimentConfig = {
  ...defaultConfig,
  nPoints: 100,
  nChain: 40,
  width: 8,
  depth: 2,
  batchSize: 16,
  timeSampling: 'importance',
  output: 'eps',
};

const backends = new Map<string, TrainerBackend<unknown>>();
beforeAll(async () => {
  backends.set('tfjs', (await openCpu()).backend);
  backends.set('simd', (await simdBackend()) as TrainerBackend<unknown>);
});

describe.each(['tfjs', 'simd'])('on %s', (name) => {
  const backend = () => backends.get(name)!;

  it.each([false, true])(
    'the losses of a survey are those of DDPM’s and Improved DDPM’s code; learned variance: %s',
    async (learnedVariance) => {
      const experiment = createExperiment({ ...config, learnedVariance });
      const { task } = experiment;
      const follower = experiment.trainingLevels.followLosses(task.objective)!;
      const network = backend().createNetwork(task.shape, randomWeights(task.shape));
      const losses = await probeLosses(backend(), network, task, follower, createRng(4));
      const probes = drawProbes(task, follower, createRng(4));
      const tables = chainTables(experiment.betas);
      for (const [k, { row, x0, eps, x }] of probes.entries()) {
        const inputScale = row[LEVEL.inputScale]!;
        const noise = inputScale * row[LEVEL.sigma]!;
        const level = { inputScale, noise, features: row.slice(LEVEL.features) };
        const asked = backend().upload(x);
        const { output, variance } = network.evaluate(asked, level);
        const step = chainStep(tables, follower.levels[k]! + 1);
        const { loss } = trainingLosses({
          step,
          x0: Float64Array.from(x0),
          eps: Float64Array.from(eps),
          output: Float64Array.from(await backend().read(output)),
          kind: experiment.output,
          variance: variance
            ? { kind: 'learned-range', v: Float64Array.from(await backend().read(variance)) }
            : { kind: 'fixed-large' },
          loss: learnedVariance ? 'rescaled-mse' : 'mse',
          nSteps: config.nChain,
          decoder: continuousDecoder,
        });
        const surveyed = losses.subarray(k * loss.length, (k + 1) * loss.length);
        expect(relativeError(surveyed, loss), `step ${k + 1}`).toBeLessThan(2e-4);
        for (const points of [asked, output, ...(variance ? [variance] : [])]) backend().release(points);
      }
      network.dispose();
    },
  );

  it('points whose class is shown are of that class', async () => {
    const { task, trainingLevels } = createExperiment(config);
    const objective = withClasses(task.objective, 2);
    const shape = { ...task.shape, classes: 2 };
    const labels = Uint8Array.from({ length: config.nPoints }, (_, i) => 1 + (i % 2));
    const classed = { ...task, objective, shape, labels };
    const follower = trainingLevels.followLosses(objective)!;
    const first = new Set(Array.from(labels, (_, i) => Math.fround(task.points[4 * i]!)));
    for (const { row, x0 } of drawProbes(classed, follower, createRng(4))) {
      const [one, two] = row.slice(-2);
      for (let i = 0; i < x0.length; i += 2) {
        if (one === 1) expect(first.has(x0[i]!)).toBe(true);
        if (two === 1) expect(first.has(x0[i]!)).toBe(false);
      }
    }
    const network = backend().createNetwork(shape, randomWeights(shape));
    const losses = await probeLosses(backend(), network, classed, follower, createRng(4));
    expect(losses.every((loss) => loss > 0 && loss < 1000)).toBe(true);
    network.dispose();
  });

  it.each([2, 4] as const)('a trainer with %s outputs learns by the table it is given', async (outputs) => {
    const task = randomTask({ width: 13, depth: 2, activation: 'silu', outputs });
    const other = randomTask({ width: 13, depth: 2, activation: 'silu', outputs });
    const levels = other.objective.levels.map((value, i) =>
      i % LEVEL_SIZE < LEVEL.features ? value : -value,
    );
    for (let l = 0; l < other.objective.nLevels; l++) {
      levels[l * LEVEL_SIZE + LEVEL.gain]! *= 1 + l;
      levels[l * LEVEL_SIZE + LEVEL.drawWeight]! *= 2 - l;
    }
    // A batch of two halves, each of which another thread may do.
    const batch = randomBatch(200);
    const trainer = backend().createTrainer(task, randomState(task.shape), createRng(1));
    trainer.redraw({ levels, drawLevels: task.drawLevels });
    trainer.advanceOn(batch, { learningRate: 1e-3, emaDecay: 0.5 });
    const loss = await trainer.settle();
    const gradient = (await trainer.state()).firstMoment.map((m) => 10 * m);
    trainer.dispose();
    const redrawn = { ...task, objective: { ...task.objective, levels } };
    const reference = referenceGradient(redrawn, randomWeights(task.shape), batch);
    expect(Math.abs(loss - reference.loss)).toBeLessThan(1e-5 * reference.loss);
    for (let i = 0; i < gradient.length; i += 37) {
      const expected = reference.gradientAt(i);
      expect(Math.abs(gradient[i]! - expected)).toBeLessThan(5e-4 * Math.max(1, Math.abs(expected)));
    }
  });

  it('its own batches have the levels that it is told to draw', async () => {
    const task = randomTask({ width: 13, depth: 2, activation: 'silu', outputs: 2 });
    const levels = task.objective.levels.slice();
    levels[5 * LEVEL_SIZE + LEVEL.gain] = 0;
    const trainer = backend().createTrainer(task, randomState(task.shape), createRng(1));
    const lossOn = async (level: number) => {
      trainer.redraw({ levels, drawLevels: (n) => new Uint32Array(n).fill(level) });
      trainer.advance(20, [{ learningRate: 1e-3, emaDecay: 0 }]);
      return trainer.settle();
    };
    expect(await lossOn(5)).toBe(0);
    expect(await lossOn(4)).toBeGreaterThan(0);
    trainer.dispose();
  });
});

/** The backend, with what its trainers are told to draw written down. */
function watched(backend: TrainerBackend<unknown>) {
  const redraws: { readonly step: number; readonly draws: LevelDraws }[] = [];
  const watching: TrainerBackend<unknown> = {
    ...backend,
    createTrainer(...parts) {
      const trainer = backend.createTrainer(...parts);
      return {
        ...trainer,
        get step() {
          return trainer.step;
        },
        redraw(draws) {
          redraws.push({ step: trainer.step, draws });
          trainer.redraw(draws);
        },
      };
    },
  };
  return { redraws, backend: watching };
}

describe('a training whose draws follow the losses', () => {
  async function trained(steps: number, from: TrainerState | null = null, slice = 7) {
    const experiment = createExperiment(config);
    const { redraws, backend } = watched(backends.get('simd')!);
    const training = startTraining(backend, experiment, from ?? initialState(experiment));
    const until = training.step + steps;
    while (training.step < until) await training.slice(config, Math.min(slice, until - training.step));
    await training.save();
    training.dispose();
    return { redraws, state: training.checkpoint };
  }

  it('asks for them at the steps that are due, whatever the slices', async () => {
    const { redraws } = await trained(510, null, 1000);
    expect(redraws.map(({ step }) => step)).toEqual([100, 200, 500]);
  });

  it('comes to the same weights from the same seed, bit for bit', async () => {
    const [one, other] = [await trained(230, null, 7), await trained(230, null, 1000)];
    expect(one.state).toEqual(other.state);
    expect(one.redraws.at(-1)!.draws.levels).toEqual(other.redraws.at(-1)!.draws.levels);
  });

  it('asks at once when it is restored, since what was known is lost', async () => {
    const { state } = await trained(130);
    const { redraws } = await trained(5, state);
    expect(redraws.map(({ step }) => step)).toEqual([130]);
    expect(
      largestDifference(redraws[0]!.draws.levels, createExperiment(config).task.objective.levels),
    ).not.toBe(0);
  });
});
