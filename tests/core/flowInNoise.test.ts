import { describe, expect, it } from 'vitest';
import { exactCovariance } from '../../src/core/exact/fields.ts';
import { exactDenoiser, exactLogDensity } from '../../src/core/exact.ts';
import { type FlowAnswer, type FlowQuestion, flowInNoise } from '../../src/core/likelihood/flowInNoise.ts';
import { flowLogLikelihood } from '../../src/core/likelihood/probabilityFlow.ts';
import { exactScoreField } from '../../src/core/likelihood/scoreField.ts';
import { processes } from '../../src/core/processes/index.ts';
import { type Process, priorLogDensity } from '../../src/core/processes/process.ts';
import { vp } from '../../src/core/processes/vp.ts';
import type { Density, Vector } from '../../src/core/types.ts';
import { expectClose } from './golden.ts';

const density: Density = [
  { kind: 'gaussian', weight: 0.4, mean: [0.5, 0.5], covariance: [0.3, 0.1, 0.2] },
  { kind: 'gaussian', weight: 0.6, mean: [-0.5, -0.4], covariance: [0.2, 0, 0.3] },
];
const points = Float64Array.of(0.3, 0.2, -0.7, 0.1, 1.2, 0.4, -0.1, -0.9);

const exactAnswers =
  (process: Process) =>
  ({ x, t }: FlowQuestion): FlowAnswer => {
    const { alpha, sigma } = process.kernel(t);
    const covariance = exactCovariance(density, { alpha, sigma }, x);
    const trace = Float64Array.from(
      { length: x.length / 2 },
      (_, i) => (alpha / sigma ** 2) * (covariance[3 * i]! + covariance[3 * i + 2]!),
    );
    return { x0Hat: exactDenoiser(density, process)(x, t), trace };
  };

/** Times even in ln σ/α from one ratio to another. */
function evenTimes(process: Process, low: number, high: number, nSteps: number): number[] {
  return Array.from({ length: nSteps + 1 }, (_, k) => process.timeOf(low * (high / low) ** (k / nSteps)));
}

function run(process: Process, x0: Vector, times: readonly number[], prior: (x: Vector) => Float64Array) {
  const flow = flowInNoise(process, x0, times, prior);
  const answers = exactAnswers(process);
  let next = flow.next();
  while (!next.done) next = flow.next(answers(next.value));
  return next.value;
}

const ratioAt = (process: Process, t: number) => process.kernel(t).sigma / process.kernel(t).alpha;

describe('the flow on a grid of noise', () => {
  it.each(processes.entries.map(({ id }) => id))(
    'of %s has the density of the data blurred by the first noise',
    (id) => {
      const process = processes.get(id).build();
      const high = Math.min(50, ratioAt(process, 1));
      const times = evenTimes(process, 0.02, high, 120);
      const end = process.kernel(times.at(-1)!);
      const found = run(process, points, times, (x) => exactLogDensity(density, end, x));
      expectClose(found, exactLogDensity(density, { alpha: 1, sigma: 0.02 }, points), { absolute: 1e-5 });
    },
  );

  it('is of order 4', () => {
    const process = vp.build();
    const truth = exactLogDensity(density, { alpha: 1, sigma: 0.02 }, points);
    const errorOf = (nSteps: number) => {
      const times = evenTimes(process, 0.02, 50, nSteps);
      const end = process.kernel(times.at(-1)!);
      const found = run(process, points, times, (x) => exactLogDensity(density, end, x));
      return Math.max(...found.map((value, i) => Math.abs(value - truth[i]!)));
    };
    const order = Math.log2(errorOf(40) / errorOf(80));
    expect(order).toBeGreaterThan(3.5);
    expect(order).toBeLessThan(4.6);
  });

  it('agrees with the flow in time, from the same start and with the same prior', () => {
    const process = vp.build();
    const tMin = process.timeOf(0.02);
    const { alpha } = process.kernel(tMin);
    const prior = (x: Vector) => priorLogDensity(process, x);
    const inTime = flowLogLikelihood(
      exactScoreField(density, process),
      process,
      points.map((value) => alpha * value),
      prior,
      { tMin, rtol: 1e-9, atol: 1e-9 },
    );
    const times = evenTimes(process, 0.02, ratioAt(process, 1), 160);
    const found = run(process, points, times, prior);
    // Its points are divided by α, in the plane.
    expectClose(
      found,
      inTime.logDensity.map((value) => value + 2 * Math.log(alpha)),
      { absolute: 1e-5 },
    );
  });

  it('refuses half a point, a single time, times that fall, and times without noise or signal', () => {
    const process = vp.build();
    const flow = processes.get('rectified-flow').build();
    const start = (of: Process, x0: Vector, times: number[]) => () =>
      flowInNoise(of, x0, times, () => new Float64Array()).next();
    expect(start(process, new Float64Array(3), [0.1, 1])).toThrow(/x, y pairs/);
    expect(start(process, points, [0.1])).toThrow(/two times/);
    expect(start(process, points, [0.5, 0.1])).toThrow(/more noise/);
    expect(start(process, points, [0, 1])).toThrow(/t = 0/);
    expect(start(flow, points, [0.1, 1])).toThrow(/t = 1/);
  });
});
