import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { samplers } from '../../src/core/samplers/index.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { initialState, type PlaygroundState } from '../../src/store/playgroundState.ts';
import {
  exactRequest,
  samplerErrorKey,
  samplerErrs,
  watchSamplerErrors,
} from '../../src/store/samplerErrors.ts';
import { newStage } from '../../src/views/index.ts';

const strays = { value: 0.25, error: 0.01, perfect: 0.01 };
const ddim = { ...newStage.reverse, sampler: 'ddim', nSteps: 20 };
const answer = { step: 0, source: 'exact' as const, samples: 2000, strays, missed: strays, slicedW2: strays };

function rowOf(config = { ...defaultConfig, stages: [newStage.forward, ddim] }) {
  const store = createStore<PlaygroundState>(() => initialState(config));
  const quality = vi.fn(async () => answer);
  const stop = watchSamplerErrors({ quality }, store);
  return { store, quality, stop };
}

describe('the sampler of a stage by itself', () => {
  it('is asked about with the exact denoiser, at few steps only', () => {
    for (const { id } of samplers.entries) {
      const request = exactRequest({ ...ddim, sampler: id }, 200);
      if (request) expect(request).toMatchObject({ sampler: id, nSteps: 20, denoiser: 'exact' });
    }
    expect(exactRequest(ddim, 200)).not.toBeNull();
    expect(exactRequest({ ...ddim, nSteps: 150 }, 200)).toBeNull();
    expect(exactRequest({ ...ddim, direction: 'encode' }, 200)).toBeNull();
    expect(exactRequest(newStage.forward, 200)).toBeNull();
  });

  it('asks the same of stages that differ only in what they show', () => {
    const key = (stage: typeof ddim) => samplerErrorKey(exactRequest(stage, 200)!);
    expect(key({ ...ddim, layers: ['trails'], denoiser: 'exact' })).toBe(key(ddim));
    expect(key({ ...ddim, timeGrid: 'quadratic' })).not.toBe(key(ddim));
    expect(key({ ...ddim, eta: 1 })).not.toBe(key(ddim));
  });

  it('is measured once, when the model rests, and forgotten with the model', async () => {
    const { store, quality, stop } = rowOf();
    store.setState({ phase: 'training' });
    expect(quality).not.toHaveBeenCalled();
    store.setState({ phase: 'converged' });
    await vi.waitFor(() => expect(Object.values(store.getState().samplerErrors)).toEqual([strays]));
    store.setState({ step: 5 });
    expect(quality).toHaveBeenCalledTimes(1);
    store.setState({ samplerErrors: {} });
    await vi.waitFor(() => expect(quality).toHaveBeenCalledTimes(2));
    stop();
  });

  it('is not believed of an experiment that changed meanwhile', async () => {
    const { store, quality, stop } = rowOf();
    let finish = (_: typeof answer) => {};
    quality.mockImplementationOnce(() => new Promise((resolve) => (finish = resolve)));
    store.setState({ phase: 'converged' });
    store.setState({ phase: 'training', config: { ...store.getState().config, dataset: 'rings' } });
    finish(answer);
    await Promise.resolve();
    expect(store.getState().samplerErrors).toEqual({});
    stop();
  });

  it('errs only beyond chance and what true draws have', () => {
    expect(samplerErrs(strays)).toBe(true);
    expect(samplerErrs({ value: 0.015, error: 0.003, perfect: 0.01 })).toBe(false);
    expect(samplerErrs({ value: 0.035, error: 0.004, perfect: 0.01 })).toBe(false);
  });
});
