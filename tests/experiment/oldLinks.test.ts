import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/experiment/fields.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { decodeConfig } from '../../src/experiment/url.ts';
import { newStage } from '../../src/views/index.ts';
import old from '../golden/links.json' with { type: 'json' };

/** The row of then: a score stood beside that of today. */
const oldRow = [...defaultConfig.stages, newStage.score];

/** A link that names no stages, or none that can be read, has the row of today. */
const rowOf = (link: string, config: ExperimentConfig): ExperimentConfig => {
  const names = /^[frs]/.test(new URLSearchParams(link).get('st') ?? '');
  return names ? config : { ...config, stages: config.stages.slice(0, defaultConfig.stages.length) };
};

/** Stages had no ids; a setting that they had not is as in a new stage. */
const withoutIds = (config: ExperimentConfig) => ({
  ...config,
  stages: config.stages.map(({ id: _, ...stage }) => ({ ...newStage[stage.kind], id: 0, ...stage })),
});

/** Links made by earlier versions of the page, with the experiment that each opened, where it differs from the default. */
describe('a link of an earlier version', () => {
  it.each(old)('opens as it did: $link', ({ link, config, warnings }) => {
    const now = decodeConfig(link);
    const then = rowOf(link, { ...defaultConfig, stages: oldRow, ...config } as ExperimentConfig);
    expect(withoutIds(now.config)).toEqual(withoutIds(then));
    expect(now.warnings).toEqual(warnings);
  });
});
