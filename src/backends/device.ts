import { BACKENDS, type BackendChoice, type BackendName, factsOfBackend } from '../experiment/backends.ts';
import { EngineError, isFetchFailure } from '../protocol/errors.ts';
import type { EngineInfo, Speeds, Trials } from '../protocol/protocol.ts';
import { type AdapterReport, findAdapter } from './adapter.ts';
import { candidates, contenders, reasonFor } from './choice.ts';
import { openGpu } from './gpu.ts';
import type { Task } from './task.ts';
import { type Trial, trainingSpeed } from './trial.ts';
import type { TrainerBackend } from './types.ts';
import { unsupported } from './wgsl/tile.ts';

/** A place to train and sample, ready for use. X of its points is the backend's own business. */
export interface OpenDevice {
  readonly backend: TrainerBackend<unknown>;
  readonly info: EngineInfo;
  /** Whether the same wish, for this task, would open the same. */
  suits(task: Task): boolean;
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
  const broken = new Set<BackendName>();
  for (const name of order) {
    try {
      const backend = await openBackend(name, report, trial.task, wish.onLost);
      return {
        backend,
        info: {
          engine: backend.engine,
          backend: name,
          adapter: factsOfBackend(name).onAdapter ? report.name : null,
          reason: reasonFor(name, choice, report, speeds, failures),
          trial: speeds && report.name ? { adapter: report.name, speeds } : null,
        },
        suits: (task) => able(task, report, order.slice(0, order.indexOf(name) + 1), broken) === name,
      };
    } catch (error) {
      failures.push(failureOf(name, error));
      if (!(error instanceof Unsupported)) broken.add(name);
    }
  }
  throw new EngineError({
    code: 'backend-failed',
    message: `Nothing to compute with could be started. ${failures.join(' ')}`,
    advice: 'Reload the page, or try a current version of Chrome, Edge, Firefox or Safari.',
  });
}

function failureOf(name: BackendName, error: unknown): string {
  const message = isFetchFailure(error)
    ? 'it could not be loaded (offline, or the page has been updated)'
    : error instanceof Error
      ? error.message
      : String(error);
  if (error instanceof Unsupported) return message;
  const subject = BACKENDS[name].phrase;
  return `${subject[0]!.toUpperCase()}${subject.slice(1)} could not be started (${message}).`;
}

/** What earlier trials on this adapter found, or a trial now where there is something to decide. */
async function speedsOf(
  { choice, trials = {}, trial, without = [] }: DeviceWish,
  report: AdapterReport,
): Promise<Speeds | null> {
  const names = contenders(choice, report).filter((name) => !without.includes(name));
  if (names.length < 2 || names.every((name) => refusal(name, trial.task, report) !== null)) return null;
  const known = trials[report.name ?? ''];
  if (known) return known;
  const speeds: { [name in BackendName]?: number } = {};
  for (const name of names) {
    try {
      const backend = await openBackend(name, report, trial.task, () => {});
      speeds[name] = await trainingSpeed(backend, trial);
      backend.dispose();
    } catch {
      // Who cannot even be tried is out; why is said if it is opened after all.
    }
  }
  return speeds;
}

/** The first that can do a task and has not failed to start. */
function able(
  task: Task,
  report: AdapterReport,
  order: readonly BackendName[],
  broken: ReadonlySet<BackendName>,
): BackendName | undefined {
  return order.find((name) => !broken.has(name) && refusal(name, task, report) === null);
}

/** Why a backend cannot do a task, in a sentence; null when it can. */
export function refusal(
  name: BackendName,
  { shape, objective }: Pick<Task, 'shape' | 'objective'>,
  { adapter }: AdapterReport,
): string | null {
  if (objective.slopeLoss && (name === 'wgsl' || name === 'simd')) {
    return `This loss needs the slope of the network, which is beyond the ${BACKENDS[name].phrase} here.`;
  }
  return name === 'wgsl' && adapter ? unsupported(shape, adapter.limits) : null;
}

/** @throws Error with the reason when it cannot be opened here */
export async function openBackend(
  name: BackendName,
  report: AdapterReport,
  task: Task,
  onLost: (message: string) => void,
): Promise<TrainerBackend<unknown>> {
  const refused = refusal(name, task, report);
  if (refused !== null) throw new Unsupported(refused);
  switch (name) {
    case 'wgsl': {
      if (!report.adapter) throw new Error('no adapter was found');
      const { device, close } = await openGpu(report.adapter, onLost);
      return (await import('./wgsl/backend.ts')).wgslBackend(device, close);
    }
    case 'simd':
      return (await import('./simd/backend.ts')).simdBackend();
    default:
      return openTfjs(name, report, onLost);
  }
}

async function openTfjs(
  name: Exclude<BackendName, 'wgsl' | 'simd'>,
  report: AdapterReport,
  onLost: (message: string) => void,
): Promise<TrainerBackend<unknown>> {
  const close = await prepareTfjs(name, report, onLost);
  try {
    // What all of these share comes after what is this one's own: browsers remember of a module that it could not be
    // fetched, and without a connection the others must still be there to be chosen later.
    const { setBackend, tfjsBackend } = await import('./tfjs/backend.ts');
    // A backend that cannot start makes setBackend resolve with false, while getBackend() already names it.
    if (await setBackend(name)) return tfjsBackend(close);
    throw new Error('its start was refused');
  } catch (error) {
    close();
    throw error;
  }
}

async function prepareTfjs(
  name: Exclude<BackendName, 'wgsl' | 'simd'>,
  { adapter }: AdapterReport,
  onLost: (message: string) => void,
): Promise<() => void> {
  switch (name) {
    case 'webgpu': {
      if (!adapter) throw new Error('no adapter was found');
      return (await import('./tfjs/backends/webgpu.ts')).prepare(adapter, onLost);
    }
    case 'wasm':
      await (await import('./tfjs/backends/wasm.ts')).prepare();
      break;
    case 'webgl':
      await (await import('./tfjs/backends/webgl.ts')).prepare();
      break;
    case 'cpu':
      await (await import('./tfjs/backends/cpu.ts')).prepare();
  }
  return () => {}; // these hold nothing worth closing, and importing them again would not register them again
}
