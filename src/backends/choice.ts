import { BACKENDS, type BackendChoice, type BackendName, factsOfBackend } from '../experiment/backends.ts';
import type { Speeds } from '../protocol/protocol.ts';
import type { AdapterReport } from './adapter.ts';

/** A GPU that is one: an imitated one is slower than WebAssembly on the CPU that imitates it. */
const hasGpu = ({ adapter, software }: AdapterReport): boolean => adapter !== null && !software;

/** The engines that a trial has to decide between; the others are there for where these cannot run. */
export function contenders(choice: BackendChoice, report: AdapterReport): readonly BackendName[] {
  return choice === 'auto' && hasGpu(report) ? ['wgsl', 'simd'] : [];
}

/** Which backends to try, best first. @param speeds of a trial on this device */
export function candidates(
  choice: BackendChoice,
  report: AdapterReport,
  speeds: Speeds | null,
): readonly BackendName[] {
  const gpu: readonly BackendName[] = hasGpu(report) ? ['wgsl', 'webgpu'] : [];
  const simdIsFaster = (speeds?.simd ?? 0) > (speeds?.wgsl ?? 0);
  const automatic: readonly BackendName[] = simdIsFaster
    ? ['simd', ...gpu, 'wasm', 'webgl', 'cpu']
    : [...gpu, 'simd', 'wasm', 'webgl', 'cpu'];
  if (choice === 'auto') return automatic;
  // A shape that the fused kernels refuse is best done by TensorFlow.js on the same GPU.
  const first: readonly BackendName[] = choice === 'wgsl' ? ['wgsl', 'webgpu'] : [choice];
  return [...first, ...automatic.filter((name) => !first.includes(name))];
}

/** One sentence or two: why this backend. */
export function reasonFor(
  name: BackendName,
  choice: BackendChoice,
  report: AdapterReport,
  speeds: Speeds | null,
  failures: readonly string[],
): string {
  const used = BACKENDS[name].phrase;
  if (failures.length > 0) return `${failures.join(' ')} So ${used} will do the work.`;
  if (choice !== 'auto') {
    const slow =
      factsOfBackend(name).onAdapter && report.software ? ' This adapter is a software one, and slow.' : '';
    return `You chose ${used}.${slow}`;
  }
  if (speeds) {
    const results = Object.entries(speeds)
      .sort(([, a], [, b]) => b - a)
      .map(([id, speed]) => `${BACKENDS[id as BackendName].phrase} ${Math.round(speed)} steps/s`);
    return `In a short trial on this device: ${results.join(', ')}.`;
  }
  if (hasGpu(report)) return `A GPU was found: ${report.name}.`;
  if (report.software) {
    return `The only GPU adapter is imitated by the CPU (${report.name}); ${used} is faster.`;
  }
  return `No GPU adapter was found, so ${used} does the work.`;
}
