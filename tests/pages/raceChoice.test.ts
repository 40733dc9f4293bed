import { expect, it } from 'vitest';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { applyPatch } from '../../src/experiment/patch.ts';
import { readTexts, unknownLetters, withoutTexts, writeTexts } from '../../src/experiment/textSettings.ts';
import { decodeConfig, encodeConfig } from '../../src/experiment/url.ts';
import { RACE_FIELDS, type RaceChoice } from '../../src/pages/workspaces/race/choice.ts';
import { entrantsOf, requestOf } from '../../src/pages/workspaces/race/entrants.ts';
import { TABLE_FIELDS } from '../../src/store/ownTable.ts';

const choice: RaceChoice = {
  samplers: ['ddpm', 'heun'],
  ofStages: true,
  timeGrid: 'karras',
  nSteps: [3, 17],
  denoisers: ['exact'],
  n: 700,
  seed: 4,
};

it('a shared link asks for the same race', () => {
  const link = encodeConfig(applyPatch(defaultConfig, { comparison: writeTexts(RACE_FIELDS, choice) }));
  const { config, warnings } = decodeConfig(link);
  expect(warnings).toEqual([]);
  const read = readTexts(RACE_FIELDS, config.comparison);
  expect(read).toEqual({ settings: choice, warnings: [] });
  const entrants = entrantsOf(read.settings, config);
  expect(requestOf(read.settings, entrants, config)).toEqual(
    requestOf(choice, entrantsOf(choice, defaultConfig), defaultConfig),
  );
});

it('of the usual race nothing is written, and an empty list is kept', () => {
  const { settings: usual } = readTexts(RACE_FIELDS, {});
  expect(writeTexts(RACE_FIELDS, usual)).toEqual({});
  const nobody = { ...usual, samplers: [] };
  expect(readTexts(RACE_FIELDS, writeTexts(RACE_FIELDS, nobody)).settings.samplers).toEqual([]);
});

it('what cannot be read is left out, in a sentence', () => {
  const { settings, warnings } = readTexts(RACE_FIELDS, { rs: 'ddim_nobody', rk: '5', rn: '10_x' });
  expect(settings).toMatchObject({ samplers: ['ddim'], n: 100, nSteps: [10] });
  expect(warnings).toHaveLength(3);
  expect(warnings[0]).toMatch(/Samplers: nobody is not one of .*; left out/);
});

it('letters that no setting has are told of, those of another comparison are not', () => {
  const texts = { rs: 'ddim', rq: '7', tt: '500', zz: '1' };
  expect(unknownLetters(RACE_FIELDS, texts, 't', 'The race')).toEqual([
    'The race has no setting “rq”; left out.',
    'The race has no setting “zz”; left out.',
  ]);
  expect(Object.values(RACE_FIELDS).every(({ key }) => key.startsWith('r'))).toBe(true);
  expect(Object.values(TABLE_FIELDS).every(({ key }) => key.startsWith('t'))).toBe(true);
});

it('every comparison has letters of its own', () => {
  const keys = [...Object.values(RACE_FIELDS), ...Object.values(TABLE_FIELDS)].map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  const texts = { ...writeTexts(RACE_FIELDS, choice), tt: '500' };
  expect(withoutTexts(RACE_FIELDS, texts)).toEqual({ tt: '500' });
});
