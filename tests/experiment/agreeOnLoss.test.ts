import { describe, expect, it } from 'vitest';
import { needsSlope } from '../../src/core/losses/trained.ts';
import { excludedBy, lossConflicts } from '../../src/experiment/agreeOnLoss.ts';
import { defaultConfig, FIELDS } from '../../src/experiment/fields.ts';
import { normalizeConfig } from '../../src/experiment/normalize.ts';
import { applyPatch, validatePatch } from '../../src/experiment/patch.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { decodeConfig } from '../../src/experiment/url.ts';

const sloped = FIELDS.loss.codec.choices.filter(needsSlope);
const awkward: Partial<ExperimentConfig> = {
  activation: 'relu',
  learnedVariance: true,
  timeSampling: 'importance',
};

describe.each(sloped)('with the loss %s', (loss) => {
  it('what it cannot do with is as usual, and a link is told so', () => {
    const { config, warnings } = normalizeConfig({ ...defaultConfig, ...awkward, loss });
    expect(config).toEqual({ ...defaultConfig, loss });
    expect(warnings.map(({ field }) => field).sort()).toEqual(Object.keys(awkward).sort());
    expect(normalizeConfig(config).config).toEqual(config);
    const read = decodeConfig(`ls=${loss}&act=relu`);
    expect(read.config.activation).toBe('silu');
    expect(read.warnings.join()).toMatch(/needs an activation without kinks; using Activation = silu/);
  });

  it('a program that asks for both is told what is allowed', () => {
    for (const [name, value] of Object.entries(awkward)) {
      expect(() => validatePatch({ loss, [name]: value }, defaultConfig), name).toThrow(/allowed/);
    }
    const patch = validatePatch({ loss }, { ...defaultConfig, activation: 'relu' });
    expect(applyPatch({ ...defaultConfig, activation: 'relu' }, patch).activation).toBe('silu');
  });
});

it('denoising goes with everything', () => {
  expect(lossConflicts({ ...defaultConfig, ...awkward })).toEqual([]);
  expect(excludedBy('denoising', 'activation', 'relu')).toBe(false);
});
