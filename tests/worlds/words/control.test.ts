import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { ATTRIBUTES, attributeValue } from '../../../src/core/words/attributes.ts';
import { bitsOf } from '../../../src/core/words/automaton.ts';
import { type Asked, fulfils } from '../../../src/core/words/control.ts';
import { LANGUAGE } from '../../../src/core/words/language.ts';
import type { DenoiserId } from '../../../src/families/discrete/requests.ts';
import { controlOf } from '../../../src/worlds/words/learning/controlRequest.ts';
import { guidanceOf } from '../../../src/worlds/words/learning/guidance.ts';

import type { ControlRequest } from '../../../src/worlds/words/settings.ts';
import { finished, type Trained, trained } from './training.ts';

const asked: Asked = { near: 'with' };

/** Share of samples that have what is asked. */
function success(
  { model, sample }: Trained,
  request: Partial<ControlRequest>,
  denoiser: DenoiserId = 'learned',
): number {
  const whole = { asked, way: 'learned' as const, scale: 1, ...request };
  const guidance = finished(guidanceOf(model, whole, denoiser));
  const sentences = sample(50, {}, { guidance, denoiser }).frames.at(-1)!;
  if (denoiser === 'exact')
    for (const sentence of sentences) expect(bitsOf(LANGUAGE, sentence)).toBeLessThan(Infinity);
  return sentences.filter((sentence) => fulfils(whole.asked, sentence)).length / sentences.length;
}

describe.each(['diffusion-lm', 'ssd-lm'] as const)('control of %s', (method) => {
  test('learned classifiers lead there, as does the exact one, and exact sentences have all that is asked', async () => {
    const found = await trained({ method, steps: 8 }, method === 'ssd-lm' ? 70 : 130);
    const chance = success(found, { way: 'none' });
    // p(y) = 0.35, if the network has learned the language.
    expect(chance).toBeLessThan(0.55);
    expect(success(found, {})).toBeGreaterThan(chance + 0.3);
    expect(success(found, { way: 'exact' })).toBeGreaterThan(chance + 0.3);
    const both = { number: 'plural', near: 'with' };
    expect(success(found, { asked: both, way: 'exact' }, 'exact')).toBe(1);
  });

  test('its classifiers know the attributes, and their slopes are those of ln p(y)', async () => {
    const { model } = await trained({ method }, 1);
    const { classifiers, process } = model;
    finished(classifiers!.learn(['number', 'object'], 1));
    const { inputs, sentences } = process.reading!.batch(400, createRng(5));
    const logits = classifiers!.logits('number', inputs, 400);
    const right = sentences.filter(
      (sentence, k) =>
        Number(logits[2 * k + 1]! > logits[2 * k]!) === attributeValue(ATTRIBUTES.number, sentence),
    );
    // Under noise of any share many cannot be known.
    expect(right.length / 400).toBeGreaterThan(method === 'ssd-lm' ? 0.95 : 0.7);

    const one = inputs.subarray(0, process.reading!.inputs);
    const logP = (row: Float32Array) => {
      let sum = 0;
      for (const [id, index] of [
        ['number', 1],
        ['object', 0],
      ] as const) {
        const values = Array.from(classifiers!.logits(id, row, 1));
        sum += values[index]! - Math.log(values.reduce((total, value) => total + Math.exp(value), 0));
      }
      return sum;
    };
    const slopes = classifiers!.slopes({ number: 'plural', object: 'none' }, Float32Array.from(one), 1);
    for (const k of [0, 7, 20, 50]) {
      const moved = (by: number) =>
        logP(Float32Array.from(one, (value, j) => (j === k ? value + by : value)));
      expect(slopes[k]!).toBeCloseTo((moved(0.02) - moved(-0.02)) / 0.04, 2);
    }
  });
});

test('a program asks for one attribute or several, and is told what cannot be', async () => {
  const { model, settings } = await trained({ method: 'diffusion-lm' }, 1);
  const of = (request: unknown) => controlOf(request, model, settings);
  expect(of({ attribute: 'number', value: 'plural', way: 'exact', scale: 3 })).toEqual({
    asked: { number: 'plural' },
    way: 'exact',
    scale: 3,
  });
  expect(
    of([
      { attribute: 'near', value: 'with' },
      { attribute: 'length', value: 'long' },
    ]),
  ).toEqual({
    asked: { near: 'with', length: 'long' },
    way: 'learned',
    scale: 1,
  });
  expect(() => of({ attribute: 'colour', value: 'red' })).toThrow(/"colour".*number, near, length, object/);
  expect(() => of({ attribute: 'number', value: 'dual' })).toThrow(
    /"dual" is unknown; allowed: singular, plural/,
  );
  expect(() => of({ value: 'plural' })).toThrow(/names no attribute/);
  expect(() => of({ attribute: 'number', value: 'plural', way: 'by hand' })).toThrow(/control.way/);
  expect(() =>
    of([
      { attribute: 'near', value: 'with' },
      { attribute: 'length', value: 'short' },
      { attribute: 'object', value: 'cats' },
    ]),
  ).toThrow(/what no sentence has/);
  const other = await trained({ method: 'any-order' }, 1);
  expect(() => controlOf({ attribute: 'number', value: 'plural' }, other.model, other.settings)).toThrow(
    /any-order cannot be controlled/,
  );
});
