import type { BackendChoice } from '../config/types.ts';
import { type AdapterReport, findAdapter } from './adapter.ts';
import { BACKEND_NAMES, candidates, contenders, reasonFor } from './choice.ts';
import { type Trial, trainingSpeed } from './contest.ts';
import { EngineError } from './errors.ts';
import { openGpu } from './gpu.ts';
import type { BackendName, EngineInfo, Speeds, Trials } from './protocol.ts';
import type { NetworkShape } from './trainers/network.ts';
import type { TrainerBackend } from './trainers/types.ts';
import { unsupported } from './trainers/wgsl/tile.ts';

/** A place to train and sample, ready for use. X of its points is the backend's own business. */
export interface OpenDevice {
  readonly backend: TrainerBackend<unknown>;
  readonly info: EngineInfo;
  /** Whether the same wish, for a network of this shape, would open the same. */
  suits(shape: NetworkShape): boolean;
}

export interface DeviceWish {
  readonly choice: BackendChoice;
  /** What will be trained: not every backend can do every shape, and trials are made with it. */
  readonly trial: Trial;
  /** Speeds measured on earlier visits; what is measured now is added to `EngineInfo`. */
  readonly trials?: Trials;
  /** Backends that failed before and are not to be tried again. */
  readonly without?: readonly BackendName[];
  /** The device is gone, with all that was on it. */
  onLost(message: string): void;
}

/** A backend that cannot do the network asked for, in a sentence for people. */
class Unsupported extends Error {}

/**
 * Opens the best device, or the one asked for; where that fails, the next best, with the reason in words.
 * @throws EngineError 'backend-failed' when none can be opened
 */
export async function openDevice(wish: DeviceWish): Promise<OpenDevice> {
  const { choice, without = [], trial } = wish;
  const report = await findAdapter();
  const speeds = await speedsOf(wish, report);
  const order = candidates(choice, report, speeds).filter((name) => !without.includes(name));
  const failures: string[] = [];
  for (const name of order) {
    try {
      const backend = await openBackend(name, report, trial.task.shape, wish.onLost);
      return {
        backend,
        info: {
          engine: backend.engine,
          backend: name,
          adapter: name === 'webgpu' || name === 'wgsl' ? report.name : null,
          reason: reasonFor(name, choice, report, speeds, failures),
          trial: speeds && report.name ? { adapter: report.name, speeds } : null,
        },
        suits: (shape) => failures.length === 0 && refusal(name, shape, report) === null,
      };
    } catch (error) {
      failures.push(failureOf(name, error));
    }
  }
  throw new EngineError({
    code: 'backend-failed',
    message: `Nothing to compute with could be started. ${failures.join(' ')}`,
    advice: 'Reload the page, or try a current version of Chrome, Edge, Firefox or Safari.',
  });
}

function failureOf(name: BackendName, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Unsupported) return message;
  const subject = BACKEND_NAMES[name];
  return `${subject[0]!.toUpperCase()}${subject.slice(1)} could not be started (${message}).`;
}

/** What earlier trials on this adapter found, or a trial now where there is something to decide. */
async function speedsOf(
  { choice, trials = {}, trial, without = [] }: DeviceWish,
  report: AdapterReport,
): Promise<Speeds | null> {
  const names = contenders(choice, report).filter((name) => !without.includes(name));
  if (names.length < 2) return null;
  const known = trials[report.name ?? ''];
  if (known) return known;
  const speeds: { [name in BackendName]?: number } = {};
  for (const name of names) {
    try {
      const backend = await openBackend(name, report, trial.task.shape, () => {});
      speeds[name] = await trainingSpeed(backend, trial);
      backend.dispose();
    } catch {
      // Who cannot even be tried is out; why is said if it is opened after all.
    }
  }
  return speeds;
}

/** Why a backend cannot do a network of this shape, in a sentence; null when it can. */
function refusal(name: BackendName, shape: NetworkShape, { adapter }: AdapterReport): string | null {
  return name === 'wgsl' && adapter ? unsupported(shape, adapter.limits) : null;
}

async function openBackend(
  name: BackendName,
  report: AdapterReport,
  shape: NetworkShape,
  onLost: (message: string) => void,
): Promise<TrainerBackend<unknown>> {
  const refused = refusal(name, shape, report);
  if (refused !== null) throw new Unsupported(refused);
  switch (name) {
    case 'wgsl': {
      if (!report.adapter) throw new Error('no adapter was found');
      const { device, close } = await openGpu(report.adapter, onLost);
      return (await import('./trainers/wgsl/backend.ts')).wgslBackend(device, close);
    }
    case 'simd':
      return (await import('./trainers/simd/backend.ts')).simdBackend();
    default:
      return openTfjs(name, report, onLost);
  }
}

async function openTfjs(
  name: Exclude<BackendName, 'wgsl' | 'simd'>,
  report: AdapterReport,
  onLost: (message: string) => void,
): Promise<TrainerBackend<unknown>> {
  const { setBackend, tfjsBackend } = await import('./trainers/tfjs/backend.ts');
  const close = await prepareTfjs(name, report, onLost);
  // A backend that cannot start makes setBackend resolve with false, while getBackend() already names it.
  if (await setBackend(name)) return tfjsBackend(close);
  close();
  throw new Error('its start was refused');
}

async function prepareTfjs(
  name: Exclude<BackendName, 'wgsl' | 'simd'>,
  { adapter }: AdapterReport,
  onLost: (message: string) => void,
): Promise<() => void> {
  switch (name) {
    case 'webgpu': {
      if (!adapter) throw new Error('no adapter was found');
      return (await import('./trainers/tfjs/backends/webgpu.ts')).prepare(adapter, onLost);
    }
    case 'wasm':
      await (await import('./trainers/tfjs/backends/wasm.ts')).prepare();
      break;
    case 'webgl':
      await (await import('./trainers/tfjs/backends/webgl.ts')).prepare();
      break;
    case 'cpu':
      await (await import('./trainers/tfjs/backends/cpu.ts')).prepare();
  }
  return () => {}; // these hold nothing worth closing, and importing them again would not register them again
}
