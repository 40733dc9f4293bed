import type { Model } from '../../../backends/model.ts';
import type { Vector } from '../../../core/types.ts';
import { levelAt, scalingsAt } from '../deviceDenoiser.ts';
import type { GaussianExperiment } from '../experiment.ts';

/** What a model says of points x_t. */
export interface Prediction {
  /** [n][2] E[x_0|x_t], scaled units; not finite where the weights are not. */
  readonly x0Hat: Vector;
  /** [n][2] the v of a learned variance, null where none is learned. */
  readonly variance: Float32Array | null;
}

/** Asks a model about points of one time t, [n][2] in scaled units: a network, or in tests the exact answer. */
export type Predictor = (x: Vector, t: number) => Promise<Prediction>;

/**
 * The network as a predictor, of a class 1…K or, for 0, of any. It computes in float32; x̂_0 = skip·x_t + out·F is put together in float64 here, so that
 * where out is small its rounding is too.
 */
export function networkPredictor(
  { backend, network }: Model,
  experiment: GaussianExperiment,
  ofClass = 0,
): Predictor {
  return async (x, t) => {
    const input = backend.upload(new Float32Array(x));
    const { output, variance } = network.evaluate(
      input,
      levelAt(experiment.process.kernel(t), experiment.task.shape, ofClass),
    );
    try {
      const { skip, out } = scalingsAt(experiment, t);
      const reading = [output, ...(variance === null ? [] : [variance])].map((made) => backend.read(made));
      const [answer, v = null] = (await Promise.all(reading)) as [Float32Array, Float32Array?];
      const x0Hat = new Float64Array(x.length);
      // `map` takes five times as long.
      for (let i = 0; i < x.length; i++) x0Hat[i] = skip * x[i]! + out * answer[i]!;
      return { x0Hat, variance: v };
    } finally {
      for (const made of [input, output, variance]) if (made !== null) backend.release(made);
    }
  };
}
