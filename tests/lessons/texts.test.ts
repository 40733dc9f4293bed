import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { applyPatch } from '../../src/experiment/patch.ts';
import { experiments } from '../../src/lessons/experiments/index.ts';
import { EXPLANATION } from '../../src/lessons/explanation.ts';
import { GLOSSARY } from '../../src/lessons/glossary.ts';
import { termOf } from '../../src/lessons/lookUp.ts';
import { PAPERS } from '../../src/lessons/papers.ts';
import { partsOf } from '../../src/lessons/richText.ts';
import { TOUR } from '../../src/lessons/tour.ts';
import { mostSteps } from '../../src/views/reverse/mostSteps.ts';
import { stepsOf } from '../../src/views/reverse/parameters.ts';

const TEXTS = [
  ...EXPLANATION.flatMap(({ paragraphs }) => paragraphs),
  ...GLOSSARY.map(({ exact }) => exact),
].map((text) => [text] as const);

it.each(TEXTS)('all that is linked in “%s” is there', (text) => {
  for (const part of partsOf(text)) {
    switch (part.kind) {
      case 'words':
        expect(part.text).not.toMatch(/[$[\]]\(|\$/);
        break;
      case 'tex':
        expect(() => katex.renderToString(part.text, { strict: 'error' })).not.toThrow();
        break;
      case 'experiment':
        expect(experiments.has(part.id), part.id).toBe(true);
        break;
      case 'term':
        expect(termOf(part.id).id).toBe(part.id);
        break;
      case 'paper':
        expect(Object.keys(PAPERS)).toContain(part.id);
    }
  }
});

describe('the explanation', () => {
  const parts = EXPLANATION.flatMap(({ paragraphs }) => paragraphs).flatMap(partsOf);

  it('has 600 to 900 words', () => {
    const words = parts
      .filter(({ kind }) => kind !== 'tex')
      .flatMap(({ text }) => text.match(/[\p{L}’-]+/gu) ?? []);
    expect(words.length).toBeGreaterThan(600);
    expect(words.length).toBeLessThan(900);
  });

  it('sets the stages in at least fifteen ways', () => {
    const linked = parts.flatMap((part) => (part.kind === 'experiment' ? [part.id] : []));
    expect(new Set(linked).size).toBeGreaterThan(14);
  });
});

describe('pieces of a text', () => {
  it('are words, formulas and links', () => {
    expect(partsOf('a $x_0$ [b c](term:score).')).toEqual([
      { at: 0, kind: 'words', text: 'a ' },
      { at: 2, kind: 'tex', text: 'x_0' },
      { at: 7, kind: 'words', text: ' ' },
      { at: 8, kind: 'term', text: 'b c', id: 'score' },
      { at: 25, kind: 'words', text: '.' },
    ]);
  });
});

describe('the tour', () => {
  it('has six steps, each of two sentences at most, about something that is on the page', () => {
    expect(TOUR).toHaveLength(6);
    for (const { text, anchor, stages, times } of TOUR) {
      expect(text.match(/[.:?](\s|$)/g)!.length).toBeLessThanOrEqual(3);
      expect(text.match(/[.?](\s|$)/g)!.length).toBeLessThanOrEqual(2);
      const stage = /^stage-(\d)$/.exec(anchor);
      if (stage) expect(stages.length).toBeGreaterThanOrEqual(Number(stage[1]));
      else expect(anchor).toBe('experiments');
      for (const t of times) expect(t >= 0 && t <= 1).toBe(true);
    }
  });

  it.each([10, 200, 1000])('takes what a chain of %d steps has', (nChain) => {
    for (const { stages } of TOUR) {
      const config = applyPatch(applyPatch(defaultConfig, { nChain }), { stages });
      for (const stage of config.stages) {
        if (stage.kind === 'reverse')
          expect(stepsOf(stage, nChain)).toBeLessThanOrEqual(mostSteps(stage.sampler, nChain));
        if (stage.kind === 'reverse' && stage.sampler === 'ddpm') expect(stage.nSteps).toBe(nChain);
      }
    }
  });
});
