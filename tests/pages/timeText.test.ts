import { describe, expect, it } from 'vitest';
import { timeText } from '../../src/pages/timeText.ts';
import { newStage } from '../../src/views/index.ts';
import type { ReverseStage } from '../../src/views/reverse/stage.ts';

const langevin: ReverseStage = { ...newStage.reverse, sampler: 'langevin', nSteps: 50 };

describe('the time axis', () => {
  it('says t and the step of the chain', () => {
    const { ends, words } = timeText([newStage.forward, newStage.reverse], 200, 'vp');
    expect(ends).toEqual(['data', 'noise']);
    expect(words(0.2)).toBe('t = 0.20 (step 40 of 200)');
  });

  it('counts no steps of a chain where there is none', () => {
    const { words } = timeText([newStage.forward, newStage.reverse], 200, 'rectified-flow');
    expect(words(0.2)).toBe('t = 0.20');
  });

  it('counts the steps of samplers that stay at one t, and does not pretend that t moves', () => {
    const { ends, words } = timeText([{ ...langevin, parameters: { fixedTime: 0.05 } }], 200, 'vp');
    expect(ends).toEqual(['last step', 'start']);
    expect(words(1)).toBe('step 0 of 50 at t = 0.05');
    expect(words(0.2)).toBe('step 40 of 50 at t = 0.05');
    expect(words(0)).toBe('step 50 of 50 at t = 0.05');
  });

  it('says both where both are on the page', () => {
    const { ends, words } = timeText([newStage.score, langevin], 200, 'vp');
    expect(ends).toEqual(['data', 'noise']);
    expect(words(0.2)).toBe('t = 0.20; Langevin step 40 of 50');
  });
});
