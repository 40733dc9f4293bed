import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedFields, defaultConfig, field, fieldNames, invalidated } from '../../src/experiment/fields.ts';
import { applyPatch, validatePatch } from '../../src/experiment/patch.ts';
import {
  carriesExperiment,
  decodeConfig,
  encodeConfig,
  RESERVED_KEYS,
  reservedPart,
} from '../../src/experiment/url.ts';
import { configs } from './arbitraries.ts';

/** Any experiment that comes from a link must be one that a program could have asked for. */
const isValid = (config: typeof defaultConfig) =>
  expect(applyPatch(defaultConfig, validatePatch(config, config))).toEqual(config);

describe('links', () => {
  it('say nothing about the default', () => {
    expect(encodeConfig(defaultConfig)).toBe('');
    expect(decodeConfig('')).toEqual({ config: defaultConfig, warnings: [] });
    isValid(defaultConfig);
  });

  it('bring every valid experiment back as it was, without a warning', () => {
    fc.assert(
      fc.property(configs, (config) => {
        expect(decodeConfig(`?${encodeConfig(config)}`)).toEqual({ config, warnings: [] });
      }),
      { numRuns: 200 },
    );
  });

  it('of any text open a valid experiment', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom('NaN', '-1', '1e999', '%', '%E0'),
    );
    const key = fc.oneof(fc.constantFrom(...fieldNames.map((name) => field(name).urlKey)), text);
    const query = fc
      .array(fc.tuple(key, text), { maxLength: 12 })
      .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
    fc.assert(
      fc.property(fc.oneof(query, text), (search) => {
        isValid(decodeConfig(search).config);
      }),
      { numRuns: 500 },
    );
  });

  it('that were damaged open a valid experiment', () => {
    const damaged = fc
      .tuple(configs, fc.nat(), fc.string({ minLength: 1, maxLength: 3 }))
      .map(([config, at, junk]) => {
        const link = encodeConfig(config);
        const cut = at % (link.length + 1);
        return link.slice(0, cut) + junk + link.slice(cut + 1);
      });
    fc.assert(
      fc.property(damaged, (search) => {
        isValid(decodeConfig(search).config);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['T=5000', 'nChain', 1000, 'T = 5000 is above 1000; using 1000.'],
    ['T=abc', 'nChain', 200, 'T = abc is not a number; using 200.'],
    ['T=20.4', 'nChain', 20, 'T = 20.4 is not a whole number; using 20.'],
    ['T=', 'nChain', 200, 'T = (nothing) is not a number; using 200.'],
    ['w=-3', 'width', 8, 'Width = -3 is below 8; using 8.'],
    ['lr=NaN', 'learningRate', defaultConfig.learningRate, 'Learning rate = NaN is not a number'],
    ['lr=1e999', 'learningRate', defaultConfig.learningRate, 'is not a number'],
    ['d=atlantis', 'dataset', 'swiss-roll', 'Data set = atlantis is not one of swiss-roll, '],
    ['d=custom', 'dataset', 'swiss-roll', 'needs 3 different points or more; using swiss-roll.'],
    ['loop=perhaps', 'loop', true, 'Loop = perhaps is neither 0 nor 1'],
    ['bo=cosine~magic', 'overlays', ['cosine'], 'magic is not one of'],
    ['cl=1&d=dino', 'conditional', false, 'Class-conditional: dino has no classes; using off (0).'],
    ['d=custom&xy=!!', 'dataset', 'swiss-roll', 'Your points in the link cannot be read'],
    ['st=z_1', 'stages', defaultConfig.stages, 'none could be read'],
  ] as const)('%s is put right and told', (search, name, value, warning) => {
    const { config, warnings } = decodeConfig(search);
    expect(config[name]).toEqual(value);
    expect(warnings.join('\n')).toContain(warning);
  });

  it('name unknown keys, but not the page’s own and not those of other sites', () => {
    expect(decodeConfig('embed&utm_source=x&fbclid=1').warnings).toEqual([]);
    expect(decodeConfig('colour=red').warnings).toEqual(['colour in the link is not a setting; ignored.']);
    expect(decodeConfig('constructor=1&__proto__=2').config).toEqual(defaultConfig);
  });

  it('complain a bounded number of times', () => {
    const search = Array.from({ length: 500 }, (_, i) => `k${i}=1`).join('&');
    const { warnings } = decodeConfig(search);
    expect(warnings).toHaveLength(8);
    expect(warnings[7]).toBe('493 more settings of the link were changed or ignored.');
  });

  it.each([
    ['?T=20&T=30', 'T (T) is in the link more than once; using the first.'],
    ['?=5', '=5 in the link has no name; ignored.'],
    ['?=', '= in the link has no name; ignored.'],
    ['?bo=cosine~cosine', 'Overlaid schedules: cosine is listed twice; once is enough.'],
    ['?st=f_c_pp', 'Stage 1, layers = pp has a letter twice; once is enough.'],
    ['?st=r_heun_20_0_bt_karras_l_p_rho(3)rho(4)', 'Stage 1: rho is set twice; using the last.'],
  ])('say so where something is there twice or has no name: %s', (search, warning) => {
    expect(decodeConfig(search).warnings).toContain(warning);
  });

  it('say so of every key that is there twice', () => {
    for (const name of fieldNames) {
      const { urlKey } = field(name);
      expect(decodeConfig(`?${urlKey}=1&${urlKey}=1`).warnings.join(' ')).toContain(`${urlKey} (`);
    }
  });

  it('are read in no time, however long a value is and whatever it is made of', () => {
    for (const piece of ['9', 'a', '.', '-', '~', '_', '(', 'a(', ':', 'e9', ' ']) {
      const text = encodeURIComponent(piece.repeat(200_000));
      const search = `?${fieldNames.map((name) => `${field(name).urlKey}=${text}`).join('&')}&${text}=1`;
      const { config, warnings } = decodeConfig(search);
      expect(warnings.length).toBeGreaterThan(0);
      expect(Math.max(...warnings.map((warning) => warning.length))).toBeLessThan(600);
      expect(validatePatch(config, defaultConfig)).toEqual(config);
    }
  });

  it('keep the page’s own keys', () => {
    expect(reservedPart('?T=20&embed')).toBe('embed');
    expect(reservedPart('?embed=1&T=20')).toBe('embed=1');
    expect(reservedPart('')).toBe('');
  });

  it('of full drawings stay under 4.1 kB', () => {
    const customPoints = Array.from({ length: 2000 }, (_, i) => 3 * Math.sin(i));
    const patch = validatePatch({ dataset: 'custom', customPoints }, defaultConfig);
    expect(encodeConfig(applyPatch(defaultConfig, patch)).length).toBeLessThan(4100);
  });
});

describe('the table of fields', () => {
  it('has a key of its own for each field, which no page key takes', () => {
    const keys = [...fieldNames.map((name) => field(name).urlKey), ...RESERVED_KEYS];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says what a change throws away: the strongest of the changed fields', () => {
    const lost = (patch: object) => invalidated(defaultConfig, applyPatch(defaultConfig, patch));
    expect(lost({})).toBe('nothing');
    expect(lost({ time: 0.5, theme: 'dark' })).toBe('nothing');
    expect(lost({ backend: 'cpu', time: 0.2 })).toBe('engine');
    expect(lost({ nParticles: 100, backend: 'cpu' })).toBe('samples');
    expect(lost({ nParticles: 100, dataset: 'moons' })).toBe('model');
    expect(lost({ stages: defaultConfig.stages.slice(1) })).toBe('nothing');
  });

  it('sees equal values as equal, whatever object holds them', () => {
    fc.assert(
      fc.property(configs, (config) => {
        expect(changedFields(config, structuredClone(config))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a link carries an experiment', () => {
  it.each(['?d=moons', '?st=f', '?n=9000', '?seed=1&theme=dark'])('%s does', (search) => {
    expect(carriesExperiment(search)).toBe(true);
  });

  it.each(['', '?', '?theme=dark', '?panel=hidden&t=0.5', '?embed', '?utm_source=x'])(
    '%s does not',
    (search) => {
      expect(carriesExperiment(search)).toBe(false);
    },
  );
});
