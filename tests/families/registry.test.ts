import { expect, it } from 'vitest';
import { familyIds } from '../../src/experiment/families.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { validatePatch } from '../../src/experiment/patch.ts';
import { decodeConfig, encodeConfig } from '../../src/experiment/url.ts';
import { familyOf } from '../../src/families/index.ts';

it.each(familyIds)('the family %s is found by its id', (family) => {
  expect(familyOf({ family }).id).toBe(family);
});

it('the family is in links only when it is not the default', () => {
  expect(encodeConfig(defaultConfig)).not.toMatch(/(^|&)f=/);
  expect(decodeConfig('?f=gaussian')).toEqual({ config: defaultConfig, warnings: [] });
});

it('a family that is not there is refused, by programs in words and by links with the default', () => {
  expect(() => validatePatch({ family: 'bits' }, defaultConfig)).toThrow(
    'family = "bits" is unknown; allowed: one of gaussian.',
  );
  const { config, warnings } = decodeConfig('?f=bits');
  expect(config.family).toBe('gaussian');
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('Family');
});
