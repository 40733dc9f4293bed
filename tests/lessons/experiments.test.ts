import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultConfig, field } from '../../src/experiment/fields.ts';
import { validatePatch } from '../../src/experiment/patch.ts';
import { decodeConfig, encodeConfig } from '../../src/experiment/url.ts';
import { configOf, holds, QUESTIONS, type Question } from '../../src/lessons/experiment.ts';
import { experiments } from '../../src/lessons/experiments/index.ts';

const MOST_BYTES = 6 * 1024;
const picture = (id: string) => resolve(import.meta.dirname, `../../public/experiments/${id}.webp`);

describe.each(experiments.entries)('$id', ({ id, group, title, lookFor, settings }) => {
  const config = configOf({ settings });

  it('asks for nothing that must be repaired', () => {
    const asked = validatePatch(settings, defaultConfig);
    for (const name of Object.keys(asked) as (keyof typeof asked)[]) {
      expect(field(name).codec.format(config[name] as never), name).toBe(
        field(name).codec.format(asked[name] as never),
      );
    }
  });

  it('comes back from its link without a warning', () => {
    const { config: read, warnings } = decodeConfig(encodeConfig(config));
    expect(warnings).toEqual([]);
    expect(read).toEqual(config);
  });

  it('opens over the look of the page, and holds until what it is about changes', () => {
    const dark = configOf({ settings }, { ...defaultConfig, theme: 'dark', dataset: 'dino', width: 8 });
    expect(dark).toEqual({ ...config, theme: 'dark' });
    expect(holds({ settings }, { ...dark, time: 0.123, speed: 2 })).toBe(true);
    expect(holds({ settings }, { ...dark, stages: [...dark.stages, dark.stages[0]!] })).toBe(false);
  });

  it('says one sentence, and has a small picture', () => {
    expect(Object.keys(QUESTIONS)).toContain(group);
    expect(title.length).toBeLessThan(45);
    expect(lookFor).toMatch(/^[A-Z].*[^.]\.$/);
    expect(lookFor).not.toMatch(/\.\s/);
    expect(existsSync(picture(id)), picture(id)).toBe(true);
    expect(statSync(picture(id)).size).toBeLessThanOrEqual(MOST_BYTES);
  });
});

it('answers every question with at least two experiments, question by question', () => {
  const groups = experiments.entries.map(({ group }) => group);
  const order = Object.keys(QUESTIONS) as Question[];
  expect(groups).toEqual(order.flatMap((question) => groups.filter((group) => group === question)));
  for (const question of order)
    expect(groups.filter((group) => group === question).length).toBeGreaterThan(1);
});
