import type { Rng, Space, Threshold } from '../../core/types.ts';
import { type Binding, type Gpu, UNIFORM } from './gpu.ts';
import {
  ALGEBRA_THREADS,
  combineBindings,
  combineWgsl,
  MOST_TERMS,
  SCALE_NOISE_BINDINGS,
  scaleNoiseWgsl,
  THRESHOLD_BINDINGS,
  thresholdWgsl,
} from './kernels/algebra.ts';
import type { PointStore } from './pointStore.ts';
import { type Points, pointsIn } from './points.ts';

type Terms = readonly (readonly [coef: number, x: Points])[];

/** What points are put through on the device, one small kernel each. */
export interface Algebra {
  combine(terms: Terms): Points;
  scaleNoise(z: Points, variance: Points, logLow: number, logHigh: number): Points;
  threshold(x: Points, how: Threshold): Points;
}

export function algebraOn(gpu: Gpu, store: PointStore): Algebra {
  const numbers = gpu.allocate('coefficients', 32, UNIFORM);

  /** Runs a kernel whose bindings are these numbers, the result, and the operands. */
  function run(
    [name, code, bindings]: readonly [string, string, readonly Binding[]],
    coefficients: readonly number[],
    operands: readonly Points[],
  ): Points {
    const { device } = gpu;
    const result = store.make(operands[0]!.n);
    const kernel = gpu.kernel(name, code, bindings);
    device.queue.writeBuffer(
      numbers,
      0,
      Float32Array.from({ length: 8 }, (_, i) => coefficients[i] ?? 0),
    );
    const buffers = [numbers, result.buffer, ...operands.map(({ buffer }) => buffer)];
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(kernel.pipeline);
    pass.setBindGroup(
      0,
      gpu.bind(
        kernel,
        buffers.map((buffer) => ({ buffer })),
      ),
    );
    pass.dispatchWorkgroups(Math.ceil(result.n / ALGEBRA_THREADS));
    pass.end();
    device.queue.submit([encoder.finish()]);
    return result;
  }

  function combine(terms: Terms): Points {
    if (terms.length === 0) throw new Error('combine needs at least one term.');
    const now = terms.slice(0, MOST_TERMS);
    const sum = run(
      ['combine', combineWgsl(now.length), combineBindings(now.length)],
      now.map(([coefficient]) => coefficient),
      now.map(([, x]) => x),
    );
    if (terms.length === now.length) return sum;
    const whole = combine([[1, sum], ...terms.slice(MOST_TERMS)]);
    store.release(sum);
    return whole;
  }

  return {
    combine,
    scaleNoise: (z, variance, logLow, logHigh) =>
      run(['scale noise', scaleNoiseWgsl, SCALE_NOISE_BINDINGS], [logLow, logHigh], [z, variance]),
    threshold: (x, how) =>
      run(
        ['threshold', thresholdWgsl, THRESHOLD_BINDINGS],
        how.kind === 'limit' ? [how.limit, 0, 0] : [how.limit, how.quantile, 1],
        [x],
      ),
  };
}

/** The samplers' algebra on buffers of points. Coefficients are float64 until they meet a point. */
export function wgslSpace(store: PointStore, algebra: Algebra, rng: Rng): Space<Points> {
  return {
    combine: (...terms) => algebra.combine(terms),
    gaussian(like, key) {
      const stream = rng.fork(key);
      return store.upload(Float32Array.from({ length: 2 * like.n }, () => stream.normal()));
    },
    threshold: algebra.threshold,
    scope: (body) => store.scope(body, pointsIn),
    release(old, keep) {
      const kept = pointsIn(keep);
      for (const points of pointsIn(old)) if (!kept.has(points)) store.release(points);
    },
  };
}
