import { describe, expect, it } from 'vitest';
import { type AdapterReport, describeAdapter } from '../../src/backends/adapter.ts';
import { candidates, contenders, reasonFor } from '../../src/backends/choice.ts';
import { initialState } from '../../src/backends/state.ts';
import { trainingSpeed } from '../../src/backends/trial.ts';
import { defaultConfig, FIELDS } from '../../src/experiment/fields.ts';
import { createExperiment } from '../../src/families/gaussian/experiment.ts';
import { openCpu } from './tfjsOnCpu.ts';

const info = { vendor: '', architecture: '', device: '', description: '' };
const none: AdapterReport = { adapter: null, name: null, software: false };
// Only whether there is one matters here.
const adapter = {} as GPUAdapter;
const software: AdapterReport = { adapter, name: 'google swiftshader (software)', software: true };
const real: AdapterReport = { adapter, name: 'nvidia ampere', software: false };

describe('adapters', () => {
  it.each([
    [{ vendor: 'google', architecture: 'swiftshader' }, true, 'google swiftshader (software)'],
    [{ description: 'llvmpipe (LLVM 15)' }, true, 'llvmpipe (LLVM 15) (software)'],
    [{ vendor: 'amd', architecture: 'rdna-3', isFallbackAdapter: true }, true, 'amd rdna-3 (software)'],
    [{ vendor: 'nvidia', architecture: 'ampere' }, false, 'nvidia ampere'],
    [{}, false, 'GPU'],
  ])('%o', (fields, isSoftware, name) => {
    expect(describeAdapter({ ...info, ...fields })).toEqual({ name, software: isSoftware });
  });
});

describe('the choice of a backend', () => {
  it('prefers a real GPU, and SIMD to an imitated one', () => {
    expect(candidates('auto', real, null)[0]).toBe('wgsl');
    expect(candidates('auto', software, null)).toEqual(['simd', 'wasm', 'webgl', 'cpu']);
    expect(candidates('auto', none, null)).toEqual(['simd', 'wasm', 'webgl', 'cpu']);
  });

  it('follows a trial where there is something to decide', () => {
    expect(contenders('auto', real)).toEqual(['wgsl', 'simd']);
    expect(contenders('auto', software)).toEqual([]);
    expect(contenders('cpu', real)).toEqual([]);
    expect(candidates('auto', real, { wgsl: 900, simd: 400 })[0]).toBe('wgsl');
    expect(candidates('auto', real, { wgsl: 300, simd: 400 })[0]).toBe('simd');
    expect(candidates('auto', real, { simd: 400 })[0]).toBe('simd');
  });

  it('honours a wish first, and each backend once', () => {
    expect(candidates('webgpu', software, null)).toEqual(['webgpu', 'simd', 'wasm', 'webgl', 'cpu']);
    expect(candidates('wgsl', software, null).slice(0, 2)).toEqual(['wgsl', 'webgpu']);
    for (const choice of FIELDS.backend.codec.choices) {
      for (const report of [none, software, real]) {
        const order = candidates(choice, report, null);
        expect(new Set(order).size).toBe(order.length);
        if (choice !== 'auto') expect(order[0]).toBe(choice);
      }
    }
  });

  it('is explained in words', () => {
    expect(reasonFor('wgsl', 'auto', real, null, [])).toContain('nvidia ampere');
    expect(reasonFor('wgsl', 'auto', real, { wgsl: 912.4, simd: 400 }, [])).toContain('912 steps/s');
    expect(reasonFor('simd', 'auto', software, null, [])).toContain('swiftshader');
    expect(reasonFor('simd', 'auto', none, null, [])).toMatch(/^No GPU adapter/);
    expect(reasonFor('webgpu', 'webgpu', software, null, [])).toContain('slow');
    expect(reasonFor('wasm', 'webgpu', none, null, ['No adapter was found.'])).toContain('No adapter');
  });
});

it('a trial takes real steps and frees what it made', async () => {
  const { backend } = await openCpu();
  const experiment = createExperiment({ ...defaultConfig, nPoints: 50, width: 8, depth: 1, nChain: 20 });
  const before = backend.memory().tensors;
  let clock = 0;
  const speed = await trainingSpeed(
    backend,
    { task: experiment.task, state: initialState(experiment), batchSize: 8, rng: experiment.rng },
    () => (clock += 20),
  );
  // A clock that ticks 20 ms a look sees 1, 2, 4, … steps until 150 ms are over.
  expect(speed).toBeGreaterThan(100);
  expect(backend.memory().tensors).toBe(before);
});
