import { chartLetters, firstCharts } from './charts.ts';
import { booleanCodec, choiceCodec, numberCodec } from './codecs.ts';
import type { Field, FieldName } from './field.ts';
import { letterListCodec } from './letterCodecs.ts';
import { OWN_TABLE, tableIds } from './tables.ts';
import { comparisonTextsCodec } from './textsCodec.ts';
import type { ExperimentConfig } from './types.ts';
import { workspaceIds } from './workspaces.ts';

/** The fields that the page alone reads: playback, what stands below the stages, and the look. */
export const PAGE_FIELDS = {
  time: {
    name: 'Time t',
    urlKey: 't',
    default: 1,
    invalidates: 'nothing',
    pageOnly: true,
    codec: numberCodec(0, 1, { decimals: 4 }),
  },
  speed: {
    name: 'Speed',
    basic: true,
    urlKey: 'v',
    default: 1,
    invalidates: 'nothing',
    pageOnly: true,
    codec: numberCodec(0.1, 10, { logarithmic: true, decimals: 3 }),
  },
  loop: {
    name: 'Loop',
    basic: true,
    urlKey: 'loop',
    default: true,
    invalidates: 'nothing',
    pageOnly: true,
    codec: booleanCodec,
  },
  plays: {
    name: 'Plays',
    urlKey: 'dir',
    default: 'both',
    invalidates: 'nothing',
    pageOnly: true,
    codec: choiceCodec(['both', 'forward', 'reverse']),
  },

  charts: {
    name: 'Charts',
    basic: true,
    urlKey: 'ch',
    default: firstCharts,
    invalidates: 'nothing',
    pageOnly: true,
    codec: letterListCodec(chartLetters),
  },

  compare: {
    name: 'Comparison',
    basic: true,
    urlKey: 'cmp',
    default: 'none',
    invalidates: 'nothing',
    pageOnly: true,
    codec: choiceCodec(['none', ...workspaceIds]),
  },
  table: {
    name: 'Table',
    urlKey: 'tbl',
    default: 'ddim-steps',
    invalidates: 'nothing',
    pageOnly: true,
    codec: choiceCodec([...tableIds, OWN_TABLE]),
  },
  comparison: {
    name: 'Choices of comparisons',
    urlKey: 'cs',
    default: {},
    invalidates: 'nothing',
    pageOnly: true,
    codec: comparisonTextsCodec,
  },

  theme: {
    name: 'Theme',
    basic: true,
    urlKey: 'theme',
    default: 'system',
    invalidates: 'nothing',
    pageOnly: true,
    codec: choiceCodec(['system', 'light', 'dark', 'projector']),
  },
  level: {
    name: 'Settings shown',
    urlKey: 'level',
    default: 'basic',
    invalidates: 'nothing',
    pageOnly: true,
    codec: choiceCodec(['basic', 'all']),
  },
  panel: {
    name: 'Panel',
    urlKey: 'panel',
    default: 'hidden',
    invalidates: 'nothing',
    pageOnly: true,
    codec: choiceCodec(['data', 'noise', 'model', 'sampler', 'view', 'hidden']),
  },
} as const satisfies { readonly [K in FieldName]?: Field<ExperimentConfig[K]> };
