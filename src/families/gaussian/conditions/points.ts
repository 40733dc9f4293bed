import type { Model } from '../../../backends/model.ts';
import { arraySpace } from '../../../core/arraySpace.ts';
import type { Rng, Space, Vector } from '../../../core/types.ts';
import type { AskedClass } from '../../../views/types.ts';
import { type DeviceDenoiser, exactDeviceDenoiser, learnedDeviceDenoiser } from '../deviceDenoiser.ts';
import type { GaussianExperiment } from '../experiment.ts';

/** Points that are on their way: conditions need the numbers, and a device hands them out when it is done. */
export type Pending = Promise<Vector>;

/** The samplers' algebra in float64, each operation as soon as its points are there. */
export function pendingSpace(rng: Rng): Space<Pending> {
  const arrays = arraySpace(rng);
  return {
    async combine(...terms) {
      const points = await Promise.all(terms.map(([, x]) => x));
      return arrays.combine(...terms.map(([coefficient], k) => [coefficient, points[k]!] as const));
    },
    gaussian: async (like, key) => arrays.gaussian(await like, key),
    threshold: async (x, how) => arrays.threshold(await x, how),
    apply: async (of, ...xs) => of(...(await Promise.all(xs))),
    scope: (body) => body(),
    release() {},
  };
}

type PointDenoiser = DeviceDenoiser<Pending>;

/** The network or the exact answer, whose points are at hand between its evaluations. */
export function pointDenoiser(
  settings: AskedClass & { readonly denoiser: 'learned' | 'exact' },
  model: Model,
  experiment: GaussianExperiment,
  noise: Rng,
): PointDenoiser {
  const space = pendingSpace(noise);
  const rest = {
    space,
    upload: (points: Vector) => Promise.resolve(Float64Array.from(points)),
    read: async (x: Pending) => Float32Array.from(await x),
    settled: async (x: Pending) => void (await x),
  };
  if (settings.denoiser === 'exact') {
    const exact = exactDeviceDenoiser(experiment, noise, settings);
    return { ...rest, nfePerAnswer: exact.nfePerAnswer, denoise: async (x, t) => exact.denoise(await x, t) };
  }
  const device = learnedDeviceDenoiser(model.backend, model.network, experiment, noise, settings);
  return {
    ...rest,
    nfePerAnswer: device.nfePerAnswer,
    denoise: async (x, t) => onDevice(device, [await x], ([points]) => device.denoise(points, t)),
    ...(device.learnedNoise && {
      learnedNoise: async (x, t, bounds, z) =>
        onDevice(device, [await x, await z], ([points, noise]) =>
          device.learnedNoise!(points, t, bounds, noise),
        ),
    }),
  };
}

/** Carries points to the device, and the answer back. */
async function onDevice(
  { space, upload, read }: DeviceDenoiser<unknown>,
  points: readonly Vector[],
  answer: (uploaded: readonly unknown[]) => unknown,
): Promise<Vector> {
  const uploaded = points.map(upload);
  const made = space.scope(() => answer(uploaded));
  try {
    return Float64Array.from(await read(made));
  } finally {
    space.release([...uploaded, made]);
  }
}
