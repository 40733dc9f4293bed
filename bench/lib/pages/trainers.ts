import { describeAdapter, findAdapter } from '../../../src/backends/adapter.ts';
import { parameterCount } from '../../../src/backends/network.ts';
import { cpuPeak } from '../../../src/families/gaussian/speedTest/cpuPeak.ts';
import { gpuPeak } from '../../../src/families/gaussian/speedTest/gpuPeak.ts';
import { ddpmTime } from '../../../src/families/gaussian/speedTest/sampling.ts';
import { contenderOf, experimentOf, type Run } from '../contenders.ts';
import { gpuWork } from '../gpuWork.ts';

/** Milliseconds of steps that are asked for at once, as the page does. */
const SLICE_MS = 25;
const MOST_STEPS = 1000;
/** Steps slower than this are not repeated to warm the caches. */
const SLOW_MS = 50;

interface Turn {
  /** Steps per second. */
  readonly rate: number;
  /** Milliseconds of a step until it was queued. */
  readonly queueing: number;
}

/** What came of a contender, or why nothing did. */
type Outcome =
  | { readonly rates: number[]; readonly queueing: number[]; readonly gpuWork: number }
  | { readonly missing: string };

interface Race {
  readonly names: readonly string[];
  readonly width: number;
  readonly batch: number;
  readonly rounds: number;
  /** Of a turn. */
  readonly seconds: number;
  /** For all turns of a contender together: the slow have fewer turns. */
  readonly mostSeconds: number;
}

/** Each contender's turns; they alternate, so that whatever else runs slows all alike. */
export async function race({ names, width, batch, rounds, seconds, mostSeconds }: Race) {
  const outcomes: Outcome[] = [];
  const runners: Awaited<ReturnType<typeof runnerOf>>[] = [];
  for (const name of names) {
    try {
      runners[outcomes.length] = await runnerOf(name, width, batch);
      outcomes.push({ rates: [], queueing: [], gpuWork: runners[outcomes.length]!.gpuWork });
    } catch (error) {
      outcomes.push({ missing: error instanceof Error ? error.message : String(error) });
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const [i, outcome] of outcomes.entries()) {
      if ('missing' in outcome) continue;
      const spent = (round + 1) * Math.max(seconds, runners[i]!.stepSeconds);
      if (round > 0 && spent > mostSeconds) continue;
      const { rate, queueing } = await runners[i]!.turn(seconds);
      outcome.rates.push(rate);
      outcome.queueing.push(queueing);
    }
  }
  for (const runner of runners) runner?.dispose();
  return { outcomes, parameters: parameterCount(experimentOf(width).task.shape) };
}

/** A contender in the middle of its training. */
async function runnerOf(name: string, width: number, batch: number) {
  const contender = contenderOf(name);
  await contender.select?.();
  const run = await contender.train(width, batch);
  await turnOf(run, 1, 0); // compiles
  const before = gpuWork();
  const first = await turnOf(run, 1, 0);
  let stepMs = 1000 / first.rate;
  return {
    gpuWork: gpuWork() - before,
    get stepSeconds() {
      return stepMs / 1000;
    },
    async turn(seconds: number): Promise<Turn> {
      await contender.select?.();
      if (stepMs < SLOW_MS) await turnOf(run, 1, 0);
      const turn = await turnOf(run, Math.floor(SLICE_MS / stepMs), seconds);
      stepMs = 1000 / turn.rate;
      return turn;
    },
    dispose: () => run.dispose(),
  };
}

/** Slices of so many steps for a time, one slice at least. The slices become as long as they should be on the way. */
async function turnOf(run: Run, sliceSteps: number, seconds: number): Promise<Turn> {
  const begun = performance.now();
  let [steps, queueing, spent] = [0, 0, 0];
  let slice = Math.max(1, Math.min(MOST_STEPS, sliceSteps));
  do {
    const queued = performance.now();
    run.queue(slice);
    queueing += performance.now() - queued;
    await run.settle();
    steps += slice;
    spent = performance.now() - begun;
    slice = Math.max(1, Math.min(MOST_STEPS, Math.floor((SLICE_MS * steps) / spent)));
  } while (spent < 1000 * seconds);
  return { rate: (1000 * steps) / spent, queueing: queueing / steps };
}

/** Plenty for a second thread to start. */
const THREAD_START_MS = 500;

interface Sampling {
  readonly width: number;
  readonly points: number;
  /** Steps of the whole chain; fewer are taken where they would take longer than `mostSeconds`. */
  readonly steps: number;
  readonly mostSeconds: number;
}

/** Seconds of the first so many steps of DDPM, with everything that sampling needs; null where it is not compared. */
export async function samplingTime(name: string, { width, points, steps, mostSeconds }: Sampling) {
  const contender = contenderOf(name);
  if (!contender.open) return null;
  try {
    await contender.select?.();
    const backend = await contender.open();
    const experiment = experimentOf(width);
    // A second thread starts only while this one lets messages in.
    await new Promise((resolve) => setTimeout(resolve, THREAD_START_MS));
    const time = await ddpmTime(backend, experiment, { points, steps, mostSeconds });
    backend.dispose();
    return time;
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

/** The most multiply-adds that this machine does, as GFLOP/s: a thread with each kind of instructions, and the GPU. */
export async function peaks() {
  return {
    relaxed: await cpuPeak('relaxed'),
    simd: await cpuPeak('simd'),
    scalar: await cpuPeak('scalar'),
    webgpu: await gpuPeak(),
  };
}

/** Which GPU each way to one leads to, and whether the CPU imitates it; null where the way is closed. */
export async function gpus() {
  const { name, software } = await findAdapter();
  const gl = document.createElement('canvas').getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  const renderer = gl && String(gl.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
  const described = { vendor: '', architecture: '', device: '', description: renderer ?? '' };
  return {
    webgpu: name && { name, software },
    webgl: renderer && { name: renderer, software: describeAdapter(described).software },
  };
}
