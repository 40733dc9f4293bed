import { expect, it } from 'vitest';
import { defaultConfig, FIELDS } from '../../src/experiment/fields.ts';
import { applyPatch, validatePatch } from '../../src/experiment/patch.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { changeOfProcess } from '../../src/experiment/usualSettings.ts';

const after = (config: ExperimentConfig, process: string) =>
  applyPatch(config, validatePatch(changeOfProcess(config, process), config));

it.each(FIELDS.process.codec.choices)('a change to %s and back changes nothing', (process) => {
  const there = after(defaultConfig, process);
  expect(there.process).toBe(process);
  expect(after(there, defaultConfig.process)).toEqual(defaultConfig);
});

it('EDM brings its own teaching and grid, but not in place of what a person chose', () => {
  expect(after(defaultConfig, 'edm')).toMatchObject({
    output: 'edm',
    weighting: 'edm',
    timeSampling: 'log-normal',
  });
  const chosen = { ...defaultConfig, output: 'x0' };
  expect(after(chosen, 'edm').output).toBe('x0');
  expect(after(after(chosen, 'edm'), 'vp')).toEqual(chosen);
});
