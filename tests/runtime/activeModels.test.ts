import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/experiment/fields.ts';
import type { Workshop } from '../../src/runtime/activeModels.ts';
import { parsePretrained } from '../../src/runtime/pretrained.ts';
import { smallConfig } from '../families/gaussian/smallExperiment.ts';
import { openWorkshopOnCpu } from './modelsOnCpu.ts';

const file = new URL('../../public/pretrained/default.json', import.meta.url);
const standIn = parsePretrained(JSON.parse(readFileSync(file, 'utf8')));
const config = { ...defaultConfig, batchSize: 1 };

/** What is said to be shown, and is what one gets to draw with. */
function shownBy(shop: Workshop): string {
  const { source, step } = shop.shown();
  const { model, done } = shop.borrow('shown');
  done();
  expect(model).toMatchObject({ source, step });
  return source;
}

describe('the own model is shown', () => {
  it('once it has been measured as good as the stand-in, and from then on', async () => {
    const { shop, learn } = await openWorkshopOnCpu(config, standIn);
    expect(shop.shown()).toEqual({ source: 'pretrained', step: standIn.step });
    await learn(1);
    shop.measured('own', 0.15); // good, but nobody knows whether the stand-in is better
    expect(shownBy(shop)).toBe('pretrained');
    shop.measured('own', 0.21);
    shop.measured('pretrained', 0.2);
    expect(shownBy(shop)).toBe('pretrained');
    shop.measured('own', 0.2);
    expect(shop.shown()).toEqual({ source: 'own', step: 1 });
    shop.measured('own', 0.3);
    expect(shownBy(shop)).toBe('own');
  });

  it('once it has had twice the steps, whatever was measured', async () => {
    const { shop, learn } = await openWorkshopOnCpu(config, standIn, 2 * standIn.step - 2);
    shop.measured('pretrained', 0.1);
    shop.measured('own', 10);
    expect(shownBy(shop)).toBe('pretrained');
    await learn(1);
    expect(shownBy(shop)).toBe('pretrained');
    await learn(1);
    expect(shownBy(shop)).toBe('own');
    await learn(1);
    expect(shownBy(shop)).toBe('own');
  });

  it('from the start where the stand-in is of another experiment', async () => {
    const { shop } = await openWorkshopOnCpu(smallConfig, standIn);
    expect(shop.shown()).toEqual({ source: 'own', step: 0 });
    expect(shownBy(shop)).toBe('own');
  });
});

it('the own model can be borrowed while the stand-in is shown', async () => {
  const { shop, learn } = await openWorkshopOnCpu(config, standIn);
  await learn(1);
  const { model, done } = shop.borrow('own');
  done();
  expect(model).toMatchObject({ source: 'own', step: 1 });
});
