import { latestOf } from '../../../../src/backends/latest.ts';
import { networkInputs, POSITION_FEATURES, positionFeatures } from '../../../../src/backends/network.ts';
import type { Network, ProgramRun, TrainerBackend } from '../../../../src/backends/types.ts';
import { type ProgramRequest, recordProgram } from '../../../../src/core/program.ts';
import { createRng } from '../../../../src/core/rng.ts';
import { noiseKeyOf, sample, samplingTimes } from '../../../../src/core/sample.ts';
import { samplers } from '../../../../src/core/samplers/index.ts';
import { thresholded } from '../../../../src/core/samplers/thresholding.ts';
import { timeGrids } from '../../../../src/core/timeGrids/index.ts';
import type { SamplerOptions, StepContext, Threshold } from '../../../../src/core/types.ts';
import {
  learnedDeviceDenoiser,
  levelAt,
  programLevels,
} from '../../../../src/families/gaussian/deviceDenoiser.ts';
import type { GaussianExperiment } from '../../../../src/families/gaussian/experiment.ts';
import { ANY_CLASS } from '../../../../src/families/gaussian/guidance.ts';
import type { AskedClass } from '../../../../src/views/types.ts';
import { referenceForward } from '../../../backends/reference.ts';
import {
  equalBits,
  normals,
  onGpu,
  type Patch,
  relativeError,
  roughWeights,
  tinyExperiment,
} from './fixtures.ts';
import { tfjsOnCpu, trained } from './training.ts';

/** A network's answers at n points of a shared time: how far they are from float64's. */
export function evaluationError(patch: Patch, n: number) {
  return onGpu(async (backend) => {
    const experiment = tinyExperiment(patch);
    const { shape } = experiment.task;
    const weights = roughWeights(experiment, 3);
    const points = normals(2 * n, 4);
    const level = levelAt(experiment.process.kernel(0.4), shape, shape.classes);
    const network = backend.createNetwork(shape, weights);
    if (!equalBits(await network.readWeights(), weights)) throw new Error('The weights came back changed.');
    const { output, variance } = network.evaluate(backend.upload(points), level);
    const answers = [await backend.read(output), ...(variance ? [await backend.read(variance)] : [])];

    const nInputs = networkInputs(shape);
    const inputs = new Float32Array(n * nInputs);
    for (let i = 0; i < n; i++) {
      const [x, y] = [points[2 * i]! * level.inputScale, points[2 * i + 1]! * level.inputScale];
      positionFeatures(x, y, level.noise, inputs, i * nInputs);
      inputs.set(level.features, i * nInputs + POSITION_FEATURES);
    }
    const expected = referenceForward(Float64Array.from(weights), shape, inputs);
    const columns = (first: number) =>
      Float64Array.from({ length: 2 * n }, (_, k) => expected[(k >> 1) * shape.outputs + first + (k & 1)]!);
    return Math.max(...answers.map((answer, k) => relativeError(answer, columns(2 * k))));
  });
}

/** The algebra on points against plain loops. */
export function algebraErrors(n: number) {
  return onGpu(async (backend) => {
    const space = backend.space(createRng(9));
    const values = Array.from({ length: 10 }, (_, k) => normals(2 * n, 10 + k));
    const coefficients = values.map((_, k) => (k % 2 === 0 ? 1 : -1) / (k + 1));
    const points = values.map((each) => backend.upload(each));
    const sum = space.combine(...points.map((x, k) => [coefficients[k]!, x] as const));
    const expected = values[0]!.map((_, i) =>
      values.reduce((total, each, k) => total + coefficients[k]! * each[i]!, 0),
    );
    const stream = createRng(9).fork(3);
    const noise = Float32Array.from({ length: 2 * n }, () => stream.normal());
    const thresholds: Threshold[] = [
      { kind: 'limit', limit: 0.5 },
      { kind: 'dynamic', limit: 0.5, quantile: 0.9 },
    ];
    const thresholdErrors = [];
    for (const how of thresholds) {
      const ours = await backend.read(space.threshold(points[0], how));
      thresholdErrors.push(relativeError(ours, thresholded(Float64Array.from(values[0]!), how)));
    }
    const scaled = values[0]!.map(
      (z, i) => z * Math.exp(0.25 * ((1 + values[1]![i]!) * -1 + (1 - values[1]![i]!) * -3)),
    );
    return {
      combine: relativeError(await backend.read(sum), expected),
      gaussian: equalBits(await backend.read(space.gaussian(points[0], 3)), noise),
      threshold: Math.max(...thresholdErrors),
      scaleNoise: relativeError(await backend.read(backend.scaleNoise(points[0], points[1], -3, -1)), scaled),
    };
  });
}

export interface PathChoice {
  readonly sampler: string;
  readonly nSteps: number;
  readonly options?: SamplerOptions;
  readonly threshold?: Threshold;
  readonly patch?: Patch;
  readonly asked?: AskedClass;
}

function requestOf(
  experiment: GaussianExperiment,
  { sampler: id, nSteps, options, threshold }: PathChoice,
): ProgramRequest {
  const sampler = samplers.get(id);
  const { process, nChain } = experiment;
  return {
    sampler,
    process,
    options: options ?? { eta: 0.5, variance: 'beta-tilde' },
    noiseKey: noiseKeyOf(nChain),
    times: samplingTimes({ sampler, timeGrid: timeGrids.get('linear'), process, nSteps, nChain }),
    learnsVariance: experiment.task.objective.learnsVariance,
    threshold: threshold ?? null,
    keeps: () => true,
  };
}

/** The path step by step on a backend, as the page walks it. */
async function walked(
  backend: TrainerBackend<unknown>,
  network: Network<unknown>,
  experiment: GaussianExperiment,
  request: ProgramRequest,
  start: Float32Array,
  asked?: AskedClass,
): Promise<Float32Array[]> {
  const deviceDenoiser = learnedDeviceDenoiser(backend, network, experiment, createRng(9), asked);
  const { space, learnedNoise } = deviceDenoiser;
  const context: StepContext<unknown> = {
    ...request,
    space,
    denoise(x, t) {
      const x0Hat = deviceDenoiser.denoise(x, t);
      return request.threshold ? space.threshold(x0Hat, request.threshold) : x0Hat;
    },
    learnedNoise,
  };
  const states: Float32Array[] = [];
  for (const state of sample(request.sampler, context, request.times, backend.upload(start))) {
    states.push(await backend.read(state.x));
  }
  return states;
}

function runOf(
  experiment: GaussianExperiment,
  request: ProgramRequest,
  start: Float32Array,
  asked = ANY_CLASS,
): ProgramRun {
  return {
    program: recordProgram(request),
    start,
    rng: createRng(9),
    levelAt: programLevels(experiment, asked),
  };
}

/** Paths in whole on the GPU, and step by step on the GPU and on tfjs with the same noise: how far apart. */
export function pathsApart(choices: readonly PathChoice[], n: number) {
  return onGpu(async (backend) => {
    const all = [];
    for (const choice of choices) all.push(await pathApart(backend, choice, n));
    return all;
  });
}

async function pathApart(backend: TrainerBackend<unknown>, choice: PathChoice, n: number) {
  const experiment = tinyExperiment(choice.patch);
  const { shape } = experiment.task;
  const weights = roughWeights(experiment, 3);
  const request = requestOf(experiment, choice);
  const start = normals(2 * n, 5);
  const ours = backend.createNetwork(shape, weights);
  const before = backend.memory();
  const stepped = await walked(backend, ours, experiment, request, start, choice.asked);
  const leaked = backend.memory().tensors - before.tensors;

  const run = runOf(experiment, request, start, choice.asked);
  const noise = (key: number) => {
    const stream = createRng(9).fork(key);
    return Float32Array.from({ length: 2 * n }, () => stream.normal());
  };
  const slots = await latestOf(backend.sampleProgram!(ours, { ...run, noise }));
  const whole = run.program.kept.map(({ x }) => slots[x]!);
  ours.dispose();

  const cpu = await tfjsOnCpu();
  const theirs = await walked(
    cpu,
    cpu.createNetwork(shape, weights),
    experiment,
    request,
    start,
    choice.asked,
  );
  const apart = (a: readonly Float32Array[], b: readonly Float32Array[]) =>
    Math.max(...b.map((state, i) => relativeError(a[i]!, state)));
  return { stepped: apart(stepped, theirs), whole: apart(whole, theirs), leaked };
}

/** Samples of a network that was trained on each engine by the same batches: how far apart. */
export function samplesApart(steps: number, choice: PathChoice, n: number) {
  return onGpu(async (backend) => {
    const experiment = tinyExperiment(choice.patch);
    const { shape } = experiment.task;
    const request = requestOf(experiment, choice);
    const start = normals(2 * n, 5);
    const cpu = await tfjsOnCpu();
    const paths = [];
    for (const engine of [backend, cpu]) {
      const { ema } = await trained(engine, experiment, steps, 24);
      paths.push(await walked(engine, engine.createNetwork(shape, ema), experiment, request, start));
    }
    return relativeError(paths[0]!.at(-1)!, paths[1]!.at(-1)!);
  });
}

/** The last points of a path in whole on the GPU. */
export async function endOfPath(
  backend: TrainerBackend<unknown>,
  experiment: GaussianExperiment,
  weights: Float32Array,
  choice: PathChoice,
  start: Float32Array,
): Promise<Float32Array> {
  const network = backend.createNetwork(experiment.task.shape, weights);
  const request = { ...requestOf(experiment, choice), keeps: (i: number) => i === choice.nSteps };
  const slots = await latestOf(backend.sampleProgram!(network, runOf(experiment, request, start)));
  network.dispose();
  return slots[0]!;
}

/** The same path twice on the GPU's own noise, from another stream, and for some of the points alone. */
export function ownNoise(choice: PathChoice, n: number) {
  return onGpu(async (backend) => {
    const experiment = tinyExperiment();
    const network = backend.createNetwork(experiment.task.shape, roughWeights(experiment, 3));
    const start = normals(2 * n, 5);
    const run = runOf(
      experiment,
      { ...requestOf(experiment, choice), keeps: (i) => i === choice.nSteps },
      start,
    );
    const end = async (change: Partial<ProgramRun>) =>
      (await latestOf(backend.sampleProgram!(network, { ...run, ...change })))[0]!;
    const first = await end({});
    const some = await end({ start: start.slice(0, 2 * (n - 3)) });
    return {
      repeats: equalBits(first, await end({})),
      differs: !equalBits(first, await end({ rng: createRng(10) })),
      ofEachPoint: equalBits(some, first.slice(0, some.length)),
      finite: first.every(Number.isFinite),
    };
  });
}
