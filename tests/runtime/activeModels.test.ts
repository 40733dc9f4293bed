import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/experiment/fields.ts';
import type { ActiveModels } from '../../src/runtime/activeModels.ts';
import { parsePretrained } from '../../src/runtime/pretrained.ts';
import { smallConfig } from '../families/gaussian/smallExperiment.ts';
import { openModelsOnCpu } from './modelsOnCpu.ts';

const file = new URL('../../public/pretrained/default.json', import.meta.url);
const standIn = parsePretrained(JSON.parse(readFileSync(file, 'utf8')));
const config = { ...defaultConfig, batchSize: 1 };

/** What is said to be shown, and is what one gets to draw with. */
function shownBy(models: ActiveModels): string {
  const { source, step } = models.shown();
  const { model, release } = models.acquire('shown');
  release();
  expect(model).toMatchObject({ source, step });
  return source;
}

describe('the own model is shown', () => {
  it('once it has been measured as good as the stand-in, and from then on', async () => {
    const { models, learn } = await openModelsOnCpu(config, standIn);
    expect(models.shown()).toEqual({ source: 'pretrained', step: standIn.step });
    await learn(1);
    models.measured('own', 0.15); // good, but nobody knows whether the stand-in is better
    expect(shownBy(models)).toBe('pretrained');
    models.measured('own', 0.21);
    models.measured('pretrained', 0.2);
    expect(shownBy(models)).toBe('pretrained');
    models.measured('own', 0.2);
    expect(models.shown()).toEqual({ source: 'own', step: 1 });
    models.measured('own', 0.3);
    expect(shownBy(models)).toBe('own');
  });

  it('once it has had twice the steps, whatever was measured', async () => {
    const { models, learn } = await openModelsOnCpu(config, standIn, 2 * standIn.step - 2);
    models.measured('pretrained', 0.1);
    models.measured('own', 10);
    expect(shownBy(models)).toBe('pretrained');
    await learn(1);
    expect(shownBy(models)).toBe('pretrained');
    await learn(1);
    expect(shownBy(models)).toBe('own');
    await learn(1);
    expect(shownBy(models)).toBe('own');
  });

  it('from the start where the stand-in is of another experiment', async () => {
    const { models } = await openModelsOnCpu(smallConfig, standIn);
    expect(models.shown()).toEqual({ source: 'own', step: 0 });
    expect(shownBy(models)).toBe('own');
  });
});

it('the own model can be borrowed while the stand-in is shown', async () => {
  const { models, learn } = await openModelsOnCpu(config, standIn);
  await learn(1);
  const { model, release } = models.acquire('own');
  release();
  expect(model).toMatchObject({ source: 'own', step: 1 });
});
