import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { needsSlope } from '../../src/core/losses/trained.ts';
import { AGREEMENTS, excludes } from '../../src/experiment/agreements.ts';
import { defaultConfig, FIELDS, fieldNames } from '../../src/experiment/fields.ts';
import { normalizeConfig } from '../../src/experiment/normalize.ts';
import { applyPatch, validatePatch } from '../../src/experiment/patch.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { decodeConfig } from '../../src/experiment/url.ts';
import { fieldValues } from './arbitraries.ts';

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
  const config = { ...defaultConfig, ...awkward };
  expect(AGREEMENTS.map(({ broken }) => broken(config))).toEqual(AGREEMENTS.map(() => null));
  expect(excludes(defaultConfig, 'activation', 'relu')).toBe(false);
  expect(excludes({ ...defaultConfig, loss: sloped[0]! }, 'activation', 'relu')).toBe(true);
});

describe('agreements', () => {
  /** Any fields at all, as if nothing had made them agree. */
  const wild = fc
    .record(Object.fromEntries(fieldNames.map((name) => [name, fieldValues(name)])), { requiredKeys: [] })
    .map((fields) => ({ ...defaultConfig, ...fields }) as ExperimentConfig);

  it('hold after a repair, whatever was there', () => {
    fc.assert(
      fc.property(wild, (config) => {
        const repaired = normalizeConfig(config).config;
        for (const { field, broken } of AGREEMENTS) expect(broken(repaired), field).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  it('name a field that there is', () => {
    for (const { field } of AGREEMENTS) expect(fieldNames).toContain(field);
  });
});
