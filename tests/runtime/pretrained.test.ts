import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parameterCount } from '../../src/backends/network.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { fits, formatPretrained, parsePretrained } from '../../src/runtime/pretrained.ts';

const config = { ...defaultConfig, width: 8, depth: 1 };
const weights = Float32Array.from({ length: parameterCount({ ...config, outputs: 2 }) }, (_, i) =>
  Math.sin(i),
);

describe('pretrained weights', () => {
  it('are read as they were written', () => {
    const read = parsePretrained(JSON.parse(formatPretrained({ config, step: 7, weights })));
    expect(read.weights).toEqual(weights);
    expect(read.step).toBe(7);
    expect(fits(read, config)).toBe(true);
  });

  it('stand in only where they mean the same', () => {
    const file = { config, step: 1, weights };
    expect(fits(file, { ...config, seed: 9, learningRate: 1e-4, batchSize: 8 })).toBe(true);
    expect(fits(file, { ...config, nChain: config.nChain + 1 })).toBe(false);
    expect(fits(file, { ...config, dataset: 'moons' })).toBe(false);
    expect(fits(file, { ...config, zeroTerminalSnr: true })).toBe(false);
    expect(fits(file, { ...config, parameters: { 'weighting.p2.k': 2 } })).toBe(false);
  });

  it.each([
    ['no object', 3],
    ['another format', { format: 'x' }],
    [
      'weights that are too few',
      { ...JSON.parse(formatPretrained({ config, step: 1, weights })), weights: 'AAAA' },
    ],
    [
      'weights that are not numbers',
      JSON.parse(formatPretrained({ config, step: 1, weights: weights.map(() => Number.NaN) })),
    ],
  ])('are refused when they are %s', (_, json) => {
    expect(() => parsePretrained(json)).toThrow();
  });

  it('of the default experiment are up to date; if not, run scripts/pretrain.mjs', () => {
    const file = new URL('../../public/pretrained/default.json', import.meta.url);
    expect(fits(parsePretrained(JSON.parse(readFileSync(file, 'utf8'))), defaultConfig)).toBe(true);
  });
});
