import { describe, expect, it } from 'vitest';
import { chartIds } from '../../src/experiment/charts.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { charts } from '../../src/pages/charts/index.ts';
import { newStage, requestsOf, views } from '../../src/views/index.ts';
import { LAYERS, type Layer } from '../../src/views/layers.ts';
import { pictureOf } from '../../src/views/pictures.ts';
import { recorderOf } from '../../src/views/recorders.ts';
import { runNameOf } from '../../src/views/runRequest.ts';
import { settingsFor } from '../../src/views/settings.ts';

const row = { stages: defaultConfig.stages, nChain: defaultConfig.nChain };
const distinct = (list: readonly string[]) => expect(new Set(list).size).toBe(list.length);

describe('views', () => {
  it('have a kind, a letter and a label of their own', () => {
    distinct(views.map(({ kind }) => kind));
    distinct(views.map(({ letter }) => letter));
    distinct(views.map(({ label }) => label));
    distinct(Object.values(LAYERS).map(({ letter }) => letter));
  });

  describe.each(views)('$kind', (view) => {
    const stage = newStage[view.kind];

    it('names each of its settings in a link once', () => {
      distinct(Object.values(view.parts).map(({ word }) => word));
    });

    it('offers the layers that a new stage has, and those that fit anywhere', () => {
      expect(view.layers).toEqual(expect.arrayContaining([...stage.layers, 'data', 'contours']));
    });

    it('says what it is, in words and as an equation', () => {
      const { title, subtitle } = view.text(stage, 200);
      expect(title.length).toBeGreaterThan(3);
      expect(subtitle.length).toBeGreaterThan(0);
      expect(view.name(stage).length).toBeGreaterThan(3);
      expect(view.formula(stage, defaultConfig).lines.length).toBeGreaterThan(0);
    });

    it('shows a kept run in all that it and its layers record, and says so', () => {
      const ofRun = { ...stage, layers: view.layers as readonly Layer[], run: 'kept' };
      for (const request of requestsOf(ofRun, row)) expect(runNameOf(request), request.kind).toBe('kept');
      expect(view.text(ofRun, 200).subtitle).toContain('run “kept”');
      for (const request of requestsOf({ ...ofRun, run: '' }, row)) expect(runNameOf(request)).toBeNull();
    });

    it('is recorded, drawn and set', () => {
      const all = { ...stage, layers: view.layers as readonly Layer[] };
      const requests = requestsOf(all, row);
      expect(requests.length).toBeGreaterThan(view.requests(stage, row).length);
      for (const request of requests) expect(recorderOf(request).cost(request, 200)).toBeGreaterThan(0);
      const scene = {
        config: stage,
        layers: stage.layers,
        recordings: [],
        data: new Float32Array(0),
        paths: [],
        shrunkBy: null,
        view: { centre: [0, 0], halfWidth: 3 },
      } as const;
      expect(pictureOf(stage).describe(scene, 0.5)).toMatch(/waiting|not yet/);
      expect(pictureOf(stage).readout(scene, 0.5)[0]).toContain('t = 0.50');
      expect(settingsFor(stage)).toBeTypeOf('function');
    });
  });
});

it('every chart is shown by a component of its own', () => {
  expect(Object.keys(charts)).toEqual(chartIds);
  distinct(Object.values(charts).map((component) => component.name));
});
