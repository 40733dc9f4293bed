import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { formatNumber } from '../../src/experiment/numberText.ts';
import { isUnfit } from '../../src/experiment/unfitOutput.ts';
import { decodeConfig } from '../../src/experiment/url.ts';
import { addNotice, endNotices } from '../../src/store/notices.ts';
import { cure, hasFailed, verdict } from '../../src/store/verdict.ts';

const measured = (distance: number, strays = 0.02, step = 3000) => ({
  step,
  source: 'own' as const,
  slicedW2: { value: distance, error: 0.01, perfect: 0.1 },
  strays: { value: strays, error: 0.01, perfect: 0.01 },
});

describe('a model', () => {
  it('did not work when its samples left the data, or are no numbers; whatever its loss', () => {
    for (const distance of [1, 50, 3.72e29, Number.POSITIVE_INFINITY, Number.NaN]) {
      expect(hasFailed(measured(distance))).toBe(true);
    }
    expect(hasFailed(measured(0.3, 0.9))).toBe(true);
    expect(hasFailed(measured(0.13))).toBe(false);
    expect(hasFailed(measured(0.56, 0.2))).toBe(false);
    expect(hasFailed({ ...measured(50), source: 'pretrained' })).toBe(false);
  });

  it.each([
    ['?out=mu&lr=0.1&wt=variational&T=1000&n=2000', /learning rate of 0\.1 is high/],
    ['?lr=0.1&act=relu&l=6&out=mu&n=400', /learning rate of 0\.1 is high/],
    ['?zt=1&out=eps', /Predict v or x₀/],
  ])('that blew up by %s is told of, with the likely cure', (search, advice) => {
    const { config } = decodeConfig(search);
    const said = verdict(measured(3.7e30), config, isUnfit(config.output, config));
    expect(said).toMatchObject({ tone: 'error', advice: expect.stringMatching(advice) });
    expect(said?.remedies?.length).toBeGreaterThan(0);
    expect(verdict(measured(0.12), config, true)).toBeNull();
  });

  it.each([
    ['?lr=0.1&ls=sliced&n=1000', 0.4, 0.15, /learning rate of 0\.1 is high/],
    ['?zt=1&out=eps&n=2500', 0.03, 0.93, /ε says nothing about the data/],
  ])('that is far from done by %s is told what stands in its way', (search, strays, distance, advice) => {
    const { config } = decodeConfig(search);
    const said = verdict(measured(distance, strays), config, isUnfit(config.output, config));
    expect(said).toMatchObject({ tone: 'warning', advice: expect.stringMatching(advice) });
    expect(verdict(measured(distance, strays), defaultConfig, false)).toBeNull();
  });

  it('of a few steps is not judged, unless it left all numbers or something stands in its way', () => {
    const few = (distance: number) => measured(distance, 0.9, 50);
    expect(verdict(measured(1.5, 0.9), defaultConfig, false)).toMatchObject({ tone: 'error' });
    expect(verdict(few(1.5), defaultConfig, false)).toBeNull();
    expect(verdict(few(Number.NaN), defaultConfig, false)).toMatchObject({ tone: 'error' });
    expect(verdict(few(1.5), { ...defaultConfig, learningRate: 0.1 }, false)).toMatchObject({
      tone: 'error',
    });
  });

  it('whose loss diverged is offered what would cure it, one press for each cause', () => {
    const remediesOf = (search: string) => cure(decodeConfig(search).config, false)?.remedies;
    expect(remediesOf('?p=edm&out=mu&n=2000')).toEqual(['predict-v', 'predict-x0']);
    expect(remediesOf('?p=ve&out=mu&lr=0.1')).toEqual(['lower-rate', 'predict-v', 'predict-x0']);
    expect(remediesOf('')).toBeUndefined();
  });
});

it('ε, the score and μ are unfit where nothing of the signal is left, and only there', () => {
  const zeroSnr = { ...defaultConfig, zeroTerminalSnr: true };
  for (const output of ['eps', 'score', 'mu']) {
    expect(isUnfit(output, zeroSnr)).toBe(true);
    expect(isUnfit(output, defaultConfig)).toBe(false);
    expect(isUnfit(output, { ...defaultConfig, process: 'rectified-flow' })).toBe(true);
  }
  for (const output of ['v', 'x0']) expect(isUnfit(output, zeroSnr)).toBe(false);
});

it('a number is never printed raw', () => {
  const texts = [3.7217e30, 12.345, 0.0712, 1e-6, -5.1, 1234.5, Number.NaN, Number.POSITIVE_INFINITY];
  expect(texts.map((value) => formatNumber(value, 3))).toEqual([
    '3.7·10³⁰',
    '12.345',
    '0.071',
    '1.0·10⁻⁶',
    '−5.100',
    '1234.5',
    'unknown',
    '∞',
  ]);
  for (let power = -320; power < 309; power++) {
    const text = formatNumber(Number(`7.123456789e${power}`), 1);
    expect(text.length).toBeLessThan(11);
    expect(text).not.toMatch(/e/);
  }
});

it('a notice ends when what it is about does, and others stay', () => {
  const lost = { tone: 'error' as const, message: 'lost', advice: '', about: 'engine' as const };
  const info = { tone: 'info' as const, message: 'hello', advice: '' };
  const notices = addNotice(addNotice([], lost), info);
  expect(endNotices(notices, 'model')).toBe(notices);
  expect(endNotices(notices, 'engine').map(({ message }) => message)).toEqual(['hello']);
});
