import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { datasets } from '../../src/core/datasets/index.ts';
import { trainedLosses } from '../../src/core/losses/trained.ts';
import { parameterizations } from '../../src/core/parameterizations/index.ts';
import type { Parameter } from '../../src/core/parameters.ts';
import { processes } from '../../src/core/processes/index.ts';
import { clips } from '../../src/core/samplers/clips.ts';
import { samplers } from '../../src/core/samplers/index.ts';
import { timeGrids } from '../../src/core/timeGrids/index.ts';
import { timeSamplings } from '../../src/core/timeSampling/index.ts';
import { weightings } from '../../src/core/weightings/index.ts';
import { CHARTS } from '../../src/experiment/charts.ts';
import { defaultConfig, field, fieldNames } from '../../src/experiment/fields.ts';
import { scheduleChoices } from '../../src/experiment/noise.ts';
import { GLOSSARY } from '../../src/lessons/glossary.ts';
import { symbolsIn, termOfLabel, termsIn } from '../../src/lessons/lookUp.ts';
import { PAPERS } from '../../src/lessons/papers.ts';
import { newStage, viewOf, views } from '../../src/views/index.ts';
import { LAYERS } from '../../src/views/layers.ts';

const SOURCES = resolve(import.meta.dirname, '../../src');
const sources = (folders: readonly string[]) =>
  readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && folders.some((folder) => name.startsWith(folder)))
    .map((name) => readFileSync(join(SOURCES, name), 'utf8'));

/** Labels that say what they do in plain words. */
const PLAIN = [
  'Activation',
  'Charts',
  'Family',
  'Loop',
  'None',
  'Panel',
  'Parameters',
  'Plays',
  'Quantity',
  'Settings',
  'Settings shown',
  'Shows',
  'Speed',
  'Stage',
  'Stages',
  'Settings of the world',
  'Theme',
  'World',
];

const isExplained = (label: string, kind = ''): boolean =>
  termOfLabel(label, kind) !== null || termsIn(label).length > 0 || PLAIN.includes(label);
const unexplained = (labels: readonly string[], kind = '') =>
  labels.filter((label) => !isExplained(label, kind));

interface Entry {
  readonly label: string;
  readonly parameters?: readonly Parameter[];
}
const REGISTRIES: Readonly<Record<string, readonly Entry[]>> = {
  sampler: samplers.entries,
  schedule: scheduleChoices,
  process: processes.entries,
  'time grid': timeGrids.entries,
  'time sampling': timeSamplings.entries,
  weighting: weightings.entries,
  output: parameterizations.entries,
  loss: trainedLosses.entries,
  clip: clips.entries,
  'data set': datasets.entries,
};

describe('every word on the page has a term:', () => {
  it('fields', () => {
    expect(unexplained(fieldNames.map((name) => field(name).name))).toEqual([]);
  });

  it('labels of controls', () => {
    const labels = sources(['pages/panel', 'pages/charts', 'views'])
      .flatMap((code) => [
        ...code.matchAll(
          /<(?:Slider|Select|Toggle|Segmented|CheckGroup|FieldSlider)\s[^<]*?\blabel="([^"]+)"/g,
        ),
      ])
      .map(([, label]) => label!);
    expect(labels.length).toBeGreaterThan(20);
    expect(unexplained(labels)).toEqual([]);
  });

  it.each(Object.entries(REGISTRIES))('entries of the registry %s, and their numbers', (kind, entries) => {
    expect(
      unexplained(
        entries.map(({ label }) => label),
        kind,
      ),
    ).toEqual([]);
    expect(
      unexplained(entries.flatMap(({ parameters = [] }) => parameters.map(({ label }) => label))),
    ).toEqual([]);
  });

  it('layers and charts, with their titles', () => {
    expect(unexplained(Object.values(LAYERS).map(({ label }) => label))).toEqual([]);
    expect(unexplained(Object.values(CHARTS).map(({ label }) => label))).toEqual([]);
    const titles = sources(['charts'])
      .flatMap((code) => [...code.matchAll(/\btitle: '([^']+)'/g)])
      .map(([, title]) => title!);
    expect(titles.length).toBeGreaterThan(4);
    expect(unexplained(titles)).toEqual([]);
  });

  it('titles and lines of stages of every kind', () => {
    for (const { kind } of views) {
      const { title, subtitle } = viewOf(newStage[kind]).text(newStage[kind], defaultConfig.nChain);
      expect(unexplained([title, ...subtitle]), kind).toEqual([]);
    }
  });

  it('what first-time users asked about', () => {
    const asked = [
      ...['DDPM', 'DDIM', 'NFE', 'σ² = β̃', 'η = 0', 'ᾱ', 'β', 'SNR', 'W₂', 'perfect', 'ε̂', 'MSE', 'bits/dim'],
      ...['L₀', 'L_T', 'PF ODE', 'Entropy', 'ready-made model', 'WebAssembly', 'strays', 'missed', 'x̂₀', 'v'],
      ...['EMA', 'batch', 'score', 'guidance', 'class-conditional', 'Langevin'],
    ];
    expect(unexplained(asked)).toEqual([]);
  });
});

const EQUATION = /String\.raw`([^`]*)`|(?:equation|marginal|tex): '([^']*)'/g;

it('every symbol of every equation has a term', () => {
  const equations = sources(['core', 'experiment', 'views', 'pages/panel'])
    .flatMap((code) => [...code.matchAll(EQUATION)])
    .map(([, raw, plain]) => raw ?? plain!.replaceAll('\\\\', '\\'))
    .filter((tex) => !/^[^\\]*$/.test(tex) || tex.includes('='));
  expect(equations.length).toBeGreaterThan(50);
  const unknown = equations.flatMap((tex) =>
    symbolsIn(tex).flatMap(({ tex: token, term }) => (term === null ? [`${token} in ${tex}`] : [])),
  );
  expect(unknown).toEqual([]);
});

describe.each(GLOSSARY)('$id', ({ id, term, symbol, plain, exact, paper }) => {
  it('is plain, exact and can be set', () => {
    expect(id).toMatch(/^[a-z0-9-]+$/);
    expect(term.length).toBeGreaterThan(0);
    for (const text of [plain, exact]) expect(text, text).toMatch(/[.)]$/);
    expect(plain).not.toContain('$');
    const formulas = exact.split('$').filter((_, i) => i % 2 === 1);
    expect(exact.split('$').length % 2).toBe(1);
    for (const tex of [...formulas, ...(symbol ? [symbol] : [])]) {
      expect(() => katex.renderToString(tex, { strict: 'error' }), tex).not.toThrow();
    }
    if (paper) expect(Object.keys(PAPERS)).toContain(paper);
  });
});

it('no id, word or symbol is explained twice', () => {
  for (const key of ['words', 'symbols'] as const) {
    const all = GLOSSARY.flatMap((term) => term[key] ?? []);
    expect(all.filter((each, i) => all.indexOf(each) !== i)).toEqual([]);
  }
  expect(new Set(GLOSSARY.map(({ id }) => id)).size).toBe(GLOSSARY.length);
});
