import { expect, test } from 'vitest';
import { samplers } from '../../src/core/samplers/index.ts';
import { timeGrids } from '../../src/core/timeGrids/index.ts';
import { newStage, type StageConfig, viewOf } from '../../src/views/index.ts';

const textOf = (stage: StageConfig, nChain: number) => viewOf(stage).text(stage, nChain);

test('what tells most of a stage comes first', () => {
  const parameters = { rho: 3, sChurn: 20 };
  const heun = { ...newStage.reverse, sampler: 'heun', timeGrid: 'karras', parameters };
  expect(textOf(heun, 200)).toEqual({
    title: 'Reverse: Heun (EDM)',
    subtitle: ['20 steps', 'Karras', 'S churn = 20', 'ρ = 3'],
  });
  const guided = { ...newStage.score, ofClass: 2, guidance: 1.5 };
  expect(textOf(guided, 200).subtitle).toEqual(['class 2', 'w = 1.5', 'points to the data']);
});

test('a stage says that it encodes while it does', () => {
  const encoding = { ...newStage.reverse, direction: 'encode' } as const;
  expect(textOf(encoding, 200).title).toBe('Encode: DDIM');
  expect(textOf({ ...encoding, eta: 0.5 }, 200).title).toBe('Reverse: DDIM');
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
