import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { field, fieldNames } from '../../src/experiment/fields.ts';
import { decodeConfig } from '../../src/experiment/url.ts';

/** Tables without the spaces that align their columns. */
const api = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8').replaceAll(/ +\|/g, ' |');

it.each(fieldNames)('the documented link key and range of %s are the real ones', (name) => {
  const { urlKey, codec } = field(name);
  expect(api).toContain(`| \`${urlKey}\` | \`${name}\` | ${codec.allowed} |`);
});

it('the documented link opens without a warning', () => {
  const link = /`(\?d=moons[^`]*)`/.exec(api)![1]!;
  const { config, warnings } = decodeConfig(link);
  expect(warnings).toEqual([]);
  expect(config.stages[1]).toMatchObject({ kind: 'reverse', sampler: 'ddim', nSteps: 20, eta: 0.5 });
});
