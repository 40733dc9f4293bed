import { expect, it } from 'vitest';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { betasOf } from '../../src/experiment/noise.ts';
import { momentValues, valueText } from '../../src/pages/lessons/momentValues.ts';

it('values of a chain are those of its step', () => {
  const betas = betasOf(defaultConfig);
  const left = (step: number) => betas.subarray(0, step).reduce((product, beta) => product * (1 - beta), 1);
  const at = momentValues(defaultConfig, defaultConfig.stages[1], true)(0.3);
  const beta = betas[59]!;
  expect(at.time).toBe(0.3);
  expect(at.beta).toBe(beta);
  expect(at.alpha).toBe(1 - beta);
  expect(at['alpha-bar']).toBeCloseTo(left(60), 10);
  expect(at['beta-tilde']).toBeCloseTo((beta * (1 - left(59))) / (1 - left(60)), 10);
  expect(at.snr).toBeCloseTo(left(60) / (1 - left(60)), 8);
  expect(at.sigma).toBeUndefined();
});

it('the data have no signal-to-noise ratio, and another process no β', () => {
  expect(momentValues(defaultConfig, undefined, false)(0)).toMatchObject({ 'alpha-bar': 1, sigma: 0 });
  expect(momentValues(defaultConfig, undefined, false)(0).snr).toBeUndefined();
  const flow = momentValues({ ...defaultConfig, process: 'rectified-flow' }, undefined, false)(0.25);
  expect(flow).toMatchObject({ alpha: 0.75, sigma: 0.25 });
  expect(flow.beta).toBeUndefined();
});

it.each([
  [0, '0'],
  [200, '200'],
  [0.4321, '0.43'],
  [-11.73, '-12'],
  [0.00004123, '4.1e-5'],
])('%d is written %s', (value, text) => {
  expect(valueText(value)).toBe(text);
});
