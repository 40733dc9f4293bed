import { describe, expect, it } from 'vitest';
import { describeStage } from '../../src/canvas/describe.ts';
import { newStage } from '../../src/views/index.ts';
import { constantField, ddim, lines, sceneOf } from './fixtures.ts';

describe('the text alternative of a stage', () => {
  it('says what is sampled, when, after how much work, and how far it is spread', () => {
    expect(describeStage(sceneOf({ recordings: [lines('reverse')] }), 0.5)).toBe(
      'Reverse DDIM: 2 particles at t = 0.50 after 10 of 20 network evaluations; spread 0.4 units.',
    );
    expect(describeStage(sceneOf({ config: { ...ddim, denoiser: 'exact' } }), 0.5)).toBe(
      'Reverse DDIM with the exact denoiser: waiting for the first samples.',
    );
  });

  it('says at which t a sampler stays, and how points are drawn that are elsewhere', () => {
    const config = { ...ddim, sampler: 'langevin', parameters: { fixedTime: 0.05 } };
    const shrunkBy = '÷ √(1+σ²)';
    expect(describeStage(sceneOf({ config, shrunkBy, recordings: [lines('reverse')] }), 0.5)).toBe(
      'Reverse Langevin, fixed t: 2 particles at t = 0.05 after 10 of 20 network evaluations; spread 0.4 units, drawn ÷ √(1+σ²).',
    );
  });

  it('names the forward process, which asks no network', () => {
    const config = { ...newStage.forward, mode: 'chain', layers: [] } as const;
    expect(describeStage(sceneOf({ config, recordings: [lines('forward')] }), 1)).toMatch(
      /^Forward chain: 2 particles at t = 1\.00; spread/,
    );
  });

  it('says which field is shown and whether it is there', () => {
    const config = { ...newStage.score, source: 'error' } as const;
    expect(describeStage(sceneOf({ config, recordings: [constantField([1])] }), 0.2)).toMatch(
      /not yet computed/,
    );
    const ready = sceneOf({
      config,
      recordings: [constantField([1]), { ...constantField([1]), source: 'exact' }],
    });
    expect(describeStage(ready, 0.2)).toMatch(/Error of the learned score field: at t = 0\.20/);
  });

  it('says whether it has the path of a dropped particle, or its place alone', () => {
    const mark = { times: Float32Array.of(0.2), points: new Float32Array(2), droppedAt: 0 };
    expect(describeStage(sceneOf({ paths: [mark] }), 0.5)).toMatch(
      /the place of a dropped particle is marked/,
    );
  });

  it('mentions a dropped particle', () => {
    const path = { times: new Float32Array([1, 0]), points: new Float32Array(4), droppedAt: 0 };
    expect(describeStage(sceneOf({ recordings: [lines('reverse')], paths: [path] }), 0)).toMatch(
      /dropped particle/,
    );
  });
});
