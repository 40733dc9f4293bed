import { expect, test } from 'vitest';
import { parameterizations } from '../../src/core/parameterizations/index.ts';
import { samplers } from '../../src/core/samplers/index.ts';
import { timeGrids } from '../../src/core/timeGrids/index.ts';
import { tellingFirst } from '../../src/pages/stageText.ts';
import { newStage, type StageConfig, viewOf } from '../../src/views/index.ts';

const textOf = (stage: StageConfig, nChain: number) => viewOf(stage).text(stage, nChain);

test('what tells most of a stage comes first', () => {
  const parameters = { rho: 3, sChurn: 20 };
  const heun = { ...newStage.reverse, sampler: 'heun', timeGrid: 'karras', parameters };
  expect(textOf(heun, 200)).toEqual({
    title: 'Heun (EDM)',
    subtitle: ['20 steps', 'fresh noise in each', 'Karras', 'S churn = 20', 'ρ = 3'],
  });
  const guided = { ...newStage.score, ofClass: 2, guidance: 1.5 };
  expect(textOf(guided, 200).subtitle).toEqual(['class 2', 'w = 1.5', 'arrows to denser data']);
});

test('beside stages of the same name, what tells them apart comes first', () => {
  const ddim = { ...newStage.reverse, sampler: 'ddim', nSteps: 50 };
  const texts = [0, 0.5, 1].map((eta) => textOf({ ...ddim, eta }, 200).subtitle);
  const beside = (i: number) => tellingFirst(texts[i]!, texts.toSpliced(i, 1));
  expect(beside(0)).toEqual(['η = 0', 'no fresh noise', '50 steps']);
  expect(beside(1)).toEqual(['η = 0.5', 'some fresh noise in each', '50 steps']);
  expect(tellingFirst(texts[1]!, [])).toEqual(texts[1]);
});

test('a stage says that it encodes while it does', () => {
  const encoding = { ...newStage.reverse, direction: 'encode' } as const;
  expect(textOf(encoding, 200).title).toBe('DDIM, data → noise');
  expect(textOf({ ...encoding, eta: 0.5 }, 200).title).toBe('DDIM');
});

test('words come before symbols', () => {
  const ddpm = { ...newStage.reverse, sampler: 'ddpm', nSteps: 200 };
  expect(textOf(ddpm, 200).subtitle.slice(0, 2)).toEqual(['200 small steps', 'fresh noise in each']);
  expect(textOf(newStage.reverse, 200).subtitle.slice(0, 2)).toEqual(['20 steps', 'no fresh noise']);
  expect(textOf({ ...newStage.reverse, eta: 0.5 }, 200).subtitle[1]).toBe('some fresh noise in each');
  expect(textOf(newStage.forward, 200)).toEqual({
    title: 'Data → noise',
    subtitle: ['more and more noise'],
  });
});

test('no two samplers are called alike, whatever the order of the words, and none says twice what it does', () => {
  const names = samplers.entries.map(({ label }) =>
    label
      .toLowerCase()
      .match(/[\p{L}\d+]+/gu)!
      .toSorted()
      .join(' '),
  );
  expect(new Set(names).size).toBe(names.length);
  for (const { id: sampler } of samplers.entries) {
    expect(textOf({ ...newStage.reverse, sampler }, 200).title).not.toMatch(/(\b\w+\b).*\b\1\b/i);
  }
});

test('every output of a network has words beside its symbol', () => {
  for (const { label } of parameterizations.entries) expect(label).toMatch(/^\S+ \(\S.*\)$/);
});

test('every sampler on every grid has phrases, all different', () => {
  for (const { id: sampler } of samplers.entries) {
    for (const { id: timeGrid } of timeGrids.entries) {
      const { subtitle } = textOf({ ...newStage.reverse, sampler, timeGrid }, 200);
      expect(subtitle.length).toBeGreaterThan(0);
      expect(subtitle).not.toContain('');
      expect(new Set(subtitle).size).toBe(subtitle.length);
    }
  }
});
