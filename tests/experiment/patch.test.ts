import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/experiment/errors.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { applyPatch, validatePatch } from '../../src/experiment/patch.ts';
import { newStage, type StageConfig } from '../../src/views/index.ts';
import type { ReverseStage } from '../../src/views/reverse/stage.ts';
import { configs } from './arbitraries.ts';

function refusal(patch: unknown): ConfigError {
  try {
    validatePatch(patch, defaultConfig);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('The patch was taken.');
}

const stepsIn = (stage: StageConfig) => (stage.kind === 'reverse' ? stage.nSteps : null);

describe('a patch', () => {
  it.each([
    [{ nChain: 5000 }, 'nChain', 'nChain = 5000 is above 1000; allowed: a whole number from 10 to 1000.'],
    [{ nChain: 10.5 }, 'nChain', 'is not a whole number'],
    [{ learningRate: Number.NaN }, 'learningRate', '= NaN is not a finite number'],
    [{ learningRate: 'fast' }, 'learningRate', '"fast" is not a finite number'],
    [{ noise: Number.POSITIVE_INFINITY }, 'noise', 'Infinity is not a finite number'],
    [{ loop: 1 }, 'loop', 'is not a boolean'],
    [{ dataset: 'atlantis' }, 'dataset', 'one of swiss-roll'],
    [{ dataset: 'custom' }, 'customPoints', 'too few different points'],
    [{ customPoints: [0, 1, 2, 3, 4, 5] }, 'customPoints', "goes with dataset 'custom'"],
    [{ dataset: 'custom', customPoints: [1, 2, 3] }, 'customPoints', 'odd count'],
    [{ dataset: 'custom', customPoints: [1, 2, 3, 99] }, 'customPoints[3]', 'not a number within ±8'],
    [{ dataset: 'custom', customPoints: 'abc' }, 'customPoints', 'is not a list'],
    [{ overlays: ['linear', 'magic'] }, 'overlays[1]', 'is unknown'],
    [{ stages: [] }, 'stages', '0 stages'],
    [{ stages: Array(7).fill(newStage.score) }, 'stages', '7 stages'],
    [{ stages: [{ kind: 'sideways' }] }, 'stages[0].kind', 'is unknown'],
    [{ stages: [{ ...newStage.reverse, eta: 2 }] }, 'stages[0].eta', 'is above 1'],
    [{ stages: [{ ...newStage.reverse, nSteps: 500 }] }, 'stages[0].nSteps', 'is above 2T = 400'],
    [{ stages: [{ ...newStage.reverse, sampler: 'magic' }] }, 'stages[0].sampler', 'is unknown'],
    [{ stages: [{ ...newStage.score, eta: 0 }] }, 'stages[0].eta', 'is not a setting of this stage'],
    [{ dataset: 'dino', conditional: true }, 'conditional', 'needs classes, and dino has none'],
    [{ stages: [{ ...newStage.score, ofClass: 1 }] }, 'stages[0].ofClass', '= 1, and no class is taught'],
    [
      { conditional: true, stages: [{ ...newStage.reverse, ofClass: 3 }] },
      'stages[0].ofClass',
      '= 3, and the data have 2 classes; allowed: a whole number from 0 (any) to 2',
    ],
    [{ stages: [{ ...newStage.reverse, guidance: 9 }] }, 'stages[0].guidance', 'is above 5'],
    [{ stages: [null] }, 'stages[0]', 'is not an object'],
    [{ color: 'red' }, '"color"', 'is not a field'],
    [null, 'patch', 'is not an object'],
    [[1], 'patch', 'is not an object'],
    ['T=3', 'patch', 'is not an object'],
  ])('%j is refused by name', (patch, field, message) => {
    const error = refusal(patch);
    expect(error.field).toBe(field);
    expect(error.message).toContain(message);
    expect(error.message).toContain('allowed: ');
  });

  it('is taken when it asks for any valid experiment', () => {
    fc.assert(
      fc.property(configs, (config) => {
        // On a chain of its length: on another, stages that take all steps are meant to follow.
        const base = applyPatch(defaultConfig, { nChain: config.nChain });
        expect(applyPatch(base, validatePatch(config, base))).toEqual(config);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it('fills in the settings that a stage leaves out', () => {
    const patch = validatePatch({ stages: [{ kind: 'reverse', eta: 1 }] }, defaultConfig);
    expect(patch.stages).toEqual([{ ...newStage.reverse, eta: 1 }]);
  });

  it('brings the stages into agreement with a shorter chain', () => {
    const stepsOn = (nSteps: number) => {
      const { stages } = applyPatch({ ...defaultConfig, stages: stagesOf(nSteps) }, { nChain: 10 });
      return stages.map(stepsIn);
    };
    const [forward, whole, ddim] = defaultConfig.stages;
    const stagesOf = (nSteps: number) => [forward!, whole!, { ...(ddim as ReverseStage), nSteps }];
    expect(applyPatch(defaultConfig, { nChain: 10 }).stages.map(stepsIn)).toEqual([null, 10, 10]);
    // More than T are taken as far as they go.
    expect(stepsOn(400)).toEqual([null, 10, 20]);
  });

  it('leaves the objects of other fields as they are', () => {
    const next = applyPatch(defaultConfig, { time: 0.5 });
    expect(next.stages).toBe(defaultConfig.stages);
    expect(next.customPoints).toBe(defaultConfig.customPoints);
  });
});
