import { tileOf, unsupported } from '../../../../src/backends/wgsl/tile.ts';
import * as random from './random.ts';
import * as robustness from './robustness.ts';
import * as sampling from './sampling.ts';
import * as surveys from './surveys.ts';
import * as training from './training.ts';

/** What the spec asks of the GPU kernels, each answered in plain numbers. */
const harness = { ...random, ...robustness, ...sampling, ...surveys, ...training, tileOf, unsupported };

declare global {
  interface Window {
    kernels: typeof harness;
  }
}

window.kernels = harness;
