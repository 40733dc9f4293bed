import { describe, expect, it } from 'vitest';
import { arraySpace } from '../../src/core/arraySpace.ts';
import { exactDenoiser } from '../../src/core/exact.ts';
import { interpretProgram, type ProgramRequest, recordProgram } from '../../src/core/program.ts';
import { createRng } from '../../src/core/rng.ts';
import { noiseKeyOf, sample, samplingTimes } from '../../src/core/sample.ts';
import { samplers } from '../../src/core/samplers/index.ts';
import { thresholdedDenoiser } from '../../src/core/samplers/thresholding.ts';
import { timeGrids } from '../../src/core/timeGrids/index.ts';
import type { DensityComponent, Sampler, SamplerOptions, StepContext, Vector } from '../../src/core/types.ts';
import { exploding, linearVp, straight } from './samplerFixtures.ts';

const nChain = 40;
const density: readonly DensityComponent[] = [
  { kind: 'gaussian', weight: 0.3, mean: [1, -0.5], covariance: [0.2, 0.05, 0.1] },
  { kind: 'gaussian', weight: 0.7, mean: [-1, 0.4], covariance: [0.1, 0, 0.3] },
];
const processes = { vp: linearVp(0.1, 20), ve: exploding(20), straight };
const recordable = samplers.entries.filter(({ adaptive }) => !adaptive);

interface Setting {
  readonly sampler: Sampler;
  readonly options?: SamplerOptions;
  readonly process?: keyof typeof processes;
  readonly nSteps?: number;
  readonly request?: Partial<ProgramRequest>;
}

const plain: SamplerOptions = { eta: 0.5, variance: 'beta-tilde' };

/** A path by the sampling loop, and the same by a program, on equal noise. */
function both({ sampler, options = plain, process: id = 'vp', nSteps = 10, request = {} }: Setting) {
  const process = processes[id];
  const times =
    request.times ?? samplingTimes({ sampler, timeGrid: timeGrids.get('linear'), process, nSteps, nChain });
  const space = arraySpace(createRng(7));
  const exact = exactDenoiser(density, process);
  const learnedNoise: StepContext<Vector>['learnedNoise'] = (x, t, { logLow, logHigh }, z) =>
    z.map((value, i) => value * Math.exp((logLow + (logHigh - logLow) * (Math.sin(x[i]!) ** 2 * t)) / 2));
  const context: StepContext<Vector> = {
    space,
    process,
    denoise: thresholdedDenoiser(exact, space, request.threshold ?? null),
    learnedNoise,
    options,
    noiseKey: noiseKeyOf(nChain),
  };
  const rng = createRng(3);
  const start = Float64Array.from({ length: 24 }, () => rng.normal());
  const states = [...sample(sampler, context, times, start, request)];
  const program = recordProgram({
    sampler,
    process,
    options,
    noiseKey: context.noiseKey,
    times,
    learnsVariance: true,
    keeps: () => true,
    ...request,
  });
  const slots = interpretProgram(program, { ...context, denoise: exact }, start);
  return { states, program, slots };
}

describe('a recorded program', () => {
  for (const sampler of recordable) {
    for (const process of Object.keys(processes) as (keyof typeof processes)[]) {
      for (const nSteps of [1, 2, 7, nChain]) {
        it(`is ${sampler.label} on ${process} in ${nSteps} steps, bit for bit`, () => {
          const { states, program, slots } = both({ sampler, process, nSteps });
          expect(program.kept).toHaveLength(states.length);
          for (const [i, state] of states.entries()) {
            const kept = program.kept[i]!;
            expect({ t: kept.t, nfe: kept.nfe }).toEqual({ t: state.t, nfe: state.nfe });
            expect(slots[kept.x]).toEqual(state.x);
            const next = states[i + 1];
            if (next) expect(slots[kept.x0Hat!]).toEqual(next.x0Hat);
            else expect(kept.x0Hat).toBeNull();
          }
        });
      }
    }
  }

  it('needs few places, however long it is', () => {
    for (const sampler of recordable) {
      const few = both({ sampler, nSteps: 10 }).program;
      const many = both({ sampler, nSteps: nChain }).program;
      expect(many.nRegisters, sampler.label).toBeLessThanOrEqual(8);
      expect(many.nRegisters, sampler.label).toBeLessThanOrEqual(Math.max(8, few.nRegisters));
    }
  });

  it('keeps only the states asked for, and leaves out what they do not need', () => {
    const sampler = samplers.get('dpm-solver-pp-2m');
    const whole = both({ sampler });
    const { program, slots } = both({ sampler, request: { keeps: (state) => state === 10 } });
    expect(program.nSlots).toBe(1);
    expect(slots[program.kept[0]!.x]).toEqual(whole.states[10]!.x);
    const first = both({ sampler, request: { keeps: (state) => state === 0 } });
    expect(first.program.operations.filter(({ kind }) => kind === 'denoise')).toHaveLength(1);
  });

  it('may draw with a learned variance, threshold, end on Tweedie’s formula, and encode', () => {
    const cases: Setting[] = [
      { sampler: samplers.get('ddpm'), options: { eta: 1, variance: 'learned' } },
      { sampler: samplers.get('ddim'), request: { threshold: { kind: 'limit', limit: 0.7 } } },
      {
        sampler: samplers.get('heun'),
        request: { threshold: { kind: 'dynamic', limit: 0.5, quantile: 0.9 } },
      },
      { sampler: samplers.get('ddim'), request: { tweedie: true, times: [1, 0.6, 0.2] } },
      {
        sampler: samplers.get('heun'),
        options: { eta: 0, variance: 'beta' },
        request: { times: [0, 0.3, 1] },
      },
    ];
    for (const setting of cases) {
      const { states, program, slots } = both(setting);
      for (const [i, state] of states.entries()) expect(slots[program.kept[i]!.x]).toEqual(state.x);
    }
  });

  it('cannot be made of a sampler that looks where it is, and says so', () => {
    for (const sampler of samplers.entries.filter(({ adaptive }) => adaptive)) {
      expect(() => both({ sampler })).toThrow(/chooses its steps as it goes/);
    }
  });

  it('refuses times out of order and variances that were not learned', () => {
    const sampler = samplers.get('ddpm');
    expect(() => both({ sampler, request: { times: [0.2, 0.5, 0.1] } })).toThrow(RangeError);
    const options = { eta: 1, variance: 'learned' } as const;
    expect(() => both({ sampler, options, request: { learnsVariance: false } })).toThrow(
      /learned no variance/,
    );
  });
});
