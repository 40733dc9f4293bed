import { setBackend } from '@tensorflow/tfjs-core';
import type { BackendChoice } from '../config/types.ts';
import { type AdapterReport, findAdapter } from './adapter.ts';
import { EngineError } from './errors.ts';
import type { BackendName, EngineInfo } from './protocol.ts';
import { tfjsBackend } from './trainers/tfjs/backend.ts';
import type { TrainerBackend } from './trainers/types.ts';

/** A place to train and sample, ready for use. X of its points is the backend's own business. */
export interface OpenDevice {
  readonly backend: TrainerBackend<unknown>;
  readonly info: EngineInfo;
}

export interface DeviceWish {
  readonly choice: BackendChoice;
  /** Backends that failed before and are not to be tried again. */
  readonly without?: readonly BackendName[];
  /** The device is gone, with all that was on it. */
  onLost(message: string): void;
}

const NAMES: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly on the CPU',
  webgl: 'WebGL',
  cpu: 'plain JavaScript on the CPU',
};

/**
 * Opens the best device, or the one asked for; where that fails, the next best, with the reason in words.
 * @throws EngineError 'backend-failed' when none can be opened
 */
export async function openDevice({ choice, without = [], onLost }: DeviceWish): Promise<OpenDevice> {
  const report = await findAdapter();
  const order = candidates(choice, report).filter((name) => !without.includes(name));
  const failures: string[] = [];
  for (const name of order) {
    try {
      const close = await openBackend(name, report, onLost);
      return {
        backend: tfjsBackend(close),
        info: {
          engine: 'tfjs',
          backend: name,
          adapter: name === 'webgpu' ? report.name : null,
          reason: reasonFor(name, choice, report, failures),
        },
      };
    } catch (error) {
      failures.push(
        `${NAMES[name]} could not be started (${error instanceof Error ? error.message : error}).`,
      );
    }
  }
  throw new EngineError({
    code: 'backend-failed',
    message: `Nothing to compute with could be started. ${failures.join(' ')}`,
    advice: 'Reload the page, or try a current version of Chrome, Edge, Firefox or Safari.',
  });
}

/** Which backends to try, best first. */
export function candidates(choice: BackendChoice, report: AdapterReport): readonly BackendName[] {
  const useful = report.adapter !== null && !report.software;
  const automatic: readonly BackendName[] = useful
    ? ['webgpu', 'wasm', 'webgl', 'cpu']
    : ['wasm', 'webgl', 'cpu'];
  if (choice === 'auto') return automatic;
  return [choice, ...automatic.filter((name) => name !== choice)];
}

/** One sentence or two: why this backend. */
export function reasonFor(
  name: BackendName,
  choice: BackendChoice,
  report: AdapterReport,
  failures: readonly string[],
): string {
  if (failures.length > 0) return `${failures.join(' ')} So ${NAMES[name]} is used.`;
  if (choice !== 'auto') {
    const slow = name === 'webgpu' && report.software ? ' This adapter is a software one, and slow.' : '';
    return `${NAMES[name]}, as chosen.${slow}`;
  }
  if (name === 'webgpu') return `A GPU was found: ${report.name}.`;
  if (report.software) {
    return `The only GPU adapter is imitated by the CPU (${report.name}), so ${NAMES[name]} is faster and is used.`;
  }
  if (report.adapter) return `The GPU is not in use, so ${NAMES[name]} is used.`;
  return `No GPU adapter was found, so ${NAMES[name]} is used.`;
}

/** Sets tfjs's backend; returns what closes it again. */
async function openBackend(
  name: BackendName,
  report: AdapterReport,
  onLost: (message: string) => void,
): Promise<() => void> {
  const close = await prepareBackend(name, report, onLost);
  // A backend that cannot start makes setBackend resolve with false, while getBackend() already names it.
  if (await setBackend(name)) return close;
  close();
  throw new Error('its start was refused');
}

async function prepareBackend(
  name: BackendName,
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
