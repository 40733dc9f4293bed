import { describe, expect, it } from 'vitest';
import { type AdapterReport, describeAdapter } from '../../src/engine/adapter.ts';
import { candidates, reasonFor } from '../../src/engine/device.ts';

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
  it('prefers a real GPU, and anything to an imitated one', () => {
    expect(candidates('auto', real)[0]).toBe('webgpu');
    expect(candidates('auto', software)).toEqual(['wasm', 'webgl', 'cpu']);
    expect(candidates('auto', none)).toEqual(['wasm', 'webgl', 'cpu']);
  });

  it('honours a wish first, and each backend once', () => {
    expect(candidates('webgpu', software)).toEqual(['webgpu', 'wasm', 'webgl', 'cpu']);
    expect(candidates('cpu', real)).toEqual(['cpu', 'webgpu', 'wasm', 'webgl']);
  });

  it('is explained in words', () => {
    expect(reasonFor('webgpu', 'auto', real, [])).toContain('nvidia ampere');
    expect(reasonFor('wasm', 'auto', software, [])).toContain('swiftshader');
    expect(reasonFor('wasm', 'auto', none, [])).toMatch(/^No GPU adapter/);
    expect(reasonFor('webgpu', 'webgpu', software, [])).toContain('slow');
    expect(reasonFor('wasm', 'webgpu', none, ['WebGPU could not be started (no adapter).'])).toContain(
      'no adapter',
    );
  });
});
