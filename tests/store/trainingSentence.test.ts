import { describe, expect, it } from 'vitest';
import type { TrainingPhase } from '../../src/protocol/protocol.ts';
import { type TrainingFacts, trainingSentence } from '../../src/store/trainingSentence.ts';

const share = (value: number, error = 0.001) => ({ value, error, perfect: 0.01 });
const quality = {
  step: 9000,
  samples: 32_000,
  slicedW2: { value: 0.1, error: 0.005, perfect: 0.1 },
  strays: share(0.011),
  missed: { value: 0.032, error: 0.001, perfect: 0.031 },
};
const seen = {
  sampler: 'DDPM',
  samples: 4000,
  strays: share(0.39),
  slicedW2: { value: 0.3, error: 0.01, perfect: 0.1 },
};

const say = (facts: Partial<TrainingFacts>) =>
  trainingSentence({
    phase: 'idle',
    step: 0,
    source: 'own',
    seen: null,
    quality: null,
    failure: null,
    conditioned: false,
    isFine: false,
    ...facts,
  });

const PHASES: readonly TrainingPhase[] = [
  'starting',
  'idle',
  'training',
  'paused',
  'converged',
  'diverged',
  'failed',
];

it('is one sentence in every phase, whatever is known', () => {
  for (const phase of PHASES) {
    for (const source of ['own', 'pretrained', null] as const) {
      for (const known of [{}, { seen }, { quality }, { seen, quality, step: 9000 }]) {
        expect(say({ phase, source, ...known })).toMatch(/^(✓ )?[A-Z][^.]*(\d\.\d[^.]*)*\.$/);
      }
    }
  }
});

describe('says', () => {
  it.each<[string, Partial<TrainingFacts>]>([
    ['The engine is being started.', { phase: 'starting' }],
    ['Untrained: the network knows nothing yet.', {}],
    ['Ready-made model: train to see your own learn.', { source: 'pretrained' }],
    ['Learning begins.', { phase: 'training' }],
    ['Learning: 1 step so far.', { phase: 'training', step: 1 }],
    ['Learning: DDPM puts 61 % on the data.', { phase: 'training', step: 320, seen }],
    [
      'Learning: RK45 puts 61 % on the data.',
      { phase: 'training', step: 320, seen: { ...seen, sampler: 'RK45 (PF ODE)' } },
    ],
    [
      'Learning: DDPM puts 61 % on data finer than a dot.',
      { phase: 'training', step: 320, seen, isFine: true },
    ],
    ['Paused after 1 200 steps.', { phase: 'paused', step: 1200 }],
    [
      'Trained; its samples are being measured.',
      { phase: 'converged', step: 9000, quality: { ...quality, step: 8800 } },
    ],
    ['✓ Trained: as good as true draws.', { phase: 'converged', step: 9000, quality }],
    [
      '✓ Trained: as good as true draws.',
      { phase: 'converged', step: 9000, quality, seen: { ...seen, ...quality } },
    ],
    ['✓ Trained: as true draws by a finer sampler.', { phase: 'converged', step: 9000, quality, seen }],
    [
      'Trained: DDPM puts 61 % on the data; true draws 99 %.',
      { phase: 'converged', step: 9000, quality: { ...quality, strays: share(0.07) }, seen },
    ],
    [
      '✓ Trained: unconditionally as true draws.',
      { phase: 'converged', step: 9000, quality, conditioned: true },
    ],
    [
      'Trained: 93 % on the data; true draws 99 %.',
      { phase: 'converged', step: 9000, quality: { ...quality, strays: share(0.07) } },
    ],
    [
      'Trained: 2.0 times as far off as true draws.',
      {
        phase: 'converged',
        step: 9000,
        quality: { ...quality, slicedW2: { ...quality.slicedW2, value: 0.2 } },
      },
    ],
    ['Did not work: the loss grew without end.', { phase: 'diverged', step: 40 }],
    ['The engine has stopped: start it again.', { phase: 'failed' }],
  ])('“%s”', (sentence, facts) => {
    expect(say(facts).replaceAll('\u202f', ' ')).toBe(sentence);
  });
});

it('never calls a model trained that failed, however good the numbers are', () => {
  for (const phase of PHASES) {
    expect(say({ phase, step: 9000, quality, failure: 'its samples lie far from the data.' })).not.toMatch(
      phase === 'converged' ? /Trained/ : /as good as true draws/,
    );
  }
});
