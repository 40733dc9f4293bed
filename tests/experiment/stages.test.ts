import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samplers } from '../../src/core/samplers/index.ts';
import { agreeOnStage, surroundingsOf } from '../../src/experiment/agreeOnStage.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { normalizeConfig } from '../../src/experiment/normalize.ts';
import { applyPatch, validatePatch } from '../../src/experiment/patch.ts';
import { stagesCodec } from '../../src/experiment/stagesCodec.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { decodeConfig, encodeConfig } from '../../src/experiment/url.ts';
import { changeStage } from '../../src/store/stageActions.ts';
import type { StageConfig } from '../../src/views/index.ts';
import { newStage, views } from '../../src/views/index.ts';
import { samplerOf, shapingNumbers, stageNumbersCodec, stepsOf } from '../../src/views/reverse/parameters.ts';
import { isEncoding } from '../../src/views/reverse/rules.ts';
import type { ReverseStage } from '../../src/views/reverse/stage.ts';
import { readSteps, tauCodec } from '../../src/views/reverse/tauCodec.ts';
import { configs } from './arbitraries.ts';

const reverse = (patch: Partial<ReverseStage>): ReverseStage => ({ ...newStage.reverse, ...patch });
const parsed = (text: string) => stagesCodec.parse(text, 'Stages', defaultConfig.stages);
const around = {
  ...defaultConfig,
  nChain: 100,
  process: 'vp',
  learnedVariance: false,
  dataset: 'moons',
  conditional: false,
};
const agreed = (stage: StageConfig, surroundings = around) => {
  const warnings: string[] = [];
  return {
    stage: agreeOnStage(stage, surroundingsOf(surroundings), (message) => warnings.push(message)),
    warnings,
  };
};

describe('a stage in a link', () => {
  it('is its view alone when nothing is set', () => {
    expect(stagesCodec.format(views.map(({ kind }) => newStage[kind]))).toBe(
      views.map(({ letter }) => letter).join('~'),
    );
    for (const { kind, letter } of views) expect(parsed(letter).value).toEqual([newStage[kind]]);
    expect(parsed('r_ddim_20_0_bt_linear_l_p').value).toEqual([newStage.reverse]);
  });

  it('names what is set, in any order', () => {
    const stage = reverse({
      sampler: 'heun',
      timeGrid: 'karras',
      clip: 'limit',
      tweedie: false,
      direction: 'encode',
      parameters: { rho: 3, sChurn: 0, limit: 2 },
    });
    const text = 'r_sampler(heun)grid(karras)clip(limit)tweedie(0)direction(encode)sChurn(0)rho(3)limit(2)';
    expect(stagesCodec.format([stage])).toBe(text);
    expect(encodeURIComponent(text)).toBe(text);
    const mixed = 'r_heun_20_0_bt_karras_l_p_rho(3)limit(2)direction(encode)sChurn(0)tweedie(0)clip(limit)';
    expect(parsed(mixed)).toEqual({ value: [stage], warnings: [] });
  });

  it('names the class that it asks for', () => {
    const text = 'r_class(2)guidance(-0.5)~s_class(1)';
    const stages = [reverse({ ofClass: 2, guidance: -0.5 }), { ...newStage.score, ofClass: 1 }];
    expect(stagesCodec.format(stages)).toBe(text);
    expect(encodeURIComponent(text)).toBe(text);
    expect(parsed(text)).toEqual({ value: stages, warnings: [] });
  });

  it.each([
    ['r_ddim_20_0_bt_linear_l_p_colour(3)', /colour is not a setting; left out/],
    ['r_ddim_20_0_bt_linear_l_p_eta', /eta cannot be read; left out/],
    ['r_heun_20_0_bt_linear_l_p_sChurn(400)', /sChurn = 400 is above 100; using 100/],
    ['r_heun_20_0_bt_linear_l_p_sChurn(x)', /sChurn = x is not a number; left out/],
    [
      'r_ddim_20_0_bt_list_l_p_tau(5-1-x)',
      /listed steps = 5-1-x is not increasing whole numbers.*; using 1, 5/,
    ],
    [
      'r_ddim_20_0_bt_linear_l_p_clip(hard)',
      /clipping = hard is not one of none, limit, dynamic; using none/,
    ],
    ['f_c_p_rho(3)', /rho\(3\) cannot be read; left out/],
  ])('%s is put right and told', (text, warning) => {
    expect(parsed(text).warnings.join('\n')).toMatch(warning);
  });
});

describe('a list of steps', () => {
  it.each([
    [[3, 2], /must increase; 2 comes after 3/],
    [[0, 2], /has 0, which is not from 1 to 1000/],
    [[1.5], /has 1.5, which is not a whole number/],
    [['1'], /has "1"; allowed: increasing whole numbers/],
    ['1,2', /is not a list/],
  ])('%j is refused with a reason', (value, message) => {
    expect(() => tauCodec.check(value, 'tau')).toThrow(message);
  });

  it('is read as people write it', () => {
    expect(readSteps(' 1, 5 20;80,', 100)).toEqual({ steps: [1, 5, 20, 80] });
    expect(readSteps('', 100)).toEqual({
      problem: expect.stringContaining('such as 1, 5, 20, from 1 to 100'),
    });
    expect(readSteps('5, 3', 100)).toEqual({ problem: 'The list must increase; 3 comes after 5.' });
    expect(readSteps('5, x', 100)).toEqual({ problem: 'The list has NaN, which is not a whole number.' });
    expect(readSteps('5, 120', 100)).toEqual({ problem: 'The list has 120, and the chain only 100 steps.' });
  });

  it('may not go beyond the chain', () => {
    const stages = [reverse({ timeGrid: 'list', tau: [1, 500] })];
    expect(() => validatePatch({ stages }, defaultConfig)).toThrow(/stages\[0\].tau has 500, above T = 200/);
    const config = applyPatch({ ...defaultConfig, nChain: 1000, stages }, { nChain: 100 });
    expect(config.stages[0]).toMatchObject({ tau: [1] });
  });
});

describe('a stage agrees with itself and the rest', () => {
  it('by keeping the numbers that change something', () => {
    const parameters = { sChurn: 5, sNoise: 1, rho: 3, limit: 2, snr: 0.2 };
    expect(shapingNumbers(reverse({ sampler: 'heun', timeGrid: 'karras', parameters }))).toEqual({
      sChurn: 5,
      rho: 3,
    });
    expect(shapingNumbers(reverse({ clip: 'dynamic', parameters }))).toEqual({ limit: 2 });
    expect(agreed(reverse({ parameters })).stage).toEqual(newStage.reverse);
  });

  it('by keeping what another sampler, grid or clipping was given, which old links do not have', () => {
    const link = 'r_heun_20_0_bt_karras_l_p_sChurn(20)rho(3)';
    const old = parsed(link).value[0] as ReverseStage;
    const around = { ...defaultConfig, stages: [old] };
    const chosen = (stage: ReverseStage, patch: Partial<ReverseStage>) => {
      const changed = validatePatch({ stages: changeStage([stage], 0, patch) }, around);
      return applyPatch(around, changed).stages[0] as ReverseStage;
    };
    const adaptive = chosen(old, { sampler: 'rk45' });
    const away = chosen(adaptive, { parameters: { ...adaptive.parameters, digits: 5 } });
    expect(away.parameters).not.toHaveProperty('sChurn');
    expect(away.nSteps).toBe(20);
    const text = stagesCodec.format([away]);
    expect(parsed(text)).toEqual({ value: [{ ...away, id: 0 }], warnings: [] });
    expect(encodeURIComponent(text)).toBe(text);
    const back = chosen(away, { sampler: 'heun' });
    expect(shapingNumbers(back)).toEqual(shapingNumbers(old));
    expect(stagesCodec.format([chosen(old, { sampler: 'ddim' })])).toBe(
      'r_grid(karras)rho(3)heun.sChurn(20)',
    );
  });

  it('by each sampler keeping its own of the numbers that share a name', () => {
    const stages = [reverse({ sampler: 'annealed-langevin', parameters: { snr: 0.05 } })];
    const [other] = changeStage(stages, 0, { sampler: 'predictor-corrector' }) as ReverseStage[];
    const settled = agreed(other!).stage as ReverseStage;
    expect(shapingNumbers(settled)).toEqual({});
    const [back] = changeStage([settled], 0, { sampler: 'annealed-langevin' }) as ReverseStage[];
    expect(agreed(back!).stage).toEqual(stages[0]);
  });

  it('by learned variance only where one is learned', () => {
    const wish = reverse({ sampler: 'ddpm', nSteps: 100, variance: 'learned' });
    expect(agreed(wish).stage).toMatchObject({ variance: 'beta-tilde' });
    expect(agreed(wish).warnings).toEqual(['no variance is learned for it; using β̃.']);
    const learning = { ...around, learnedVariance: true };
    expect(agreed(wish, learning).stage).toBe(wish);
    expect(agreed({ ...wish, denoiser: 'exact' }, learning).stage).toMatchObject({ variance: 'beta-tilde' });
    expect(agreed(wish, { ...learning, process: 've' }).stage).toMatchObject({ variance: 'beta-tilde' });
  });

  it('by asking only for classes that are taught', () => {
    for (const wish of [reverse({ ofClass: 2, guidance: 1.5 }), { ...newStage.score, ofClass: 2 }]) {
      expect(agreed(wish).stage).toEqual({ ...wish, ofClass: 0 });
      expect(agreed(wish).warnings).toEqual(['no class is taught; using any.']);
      const taught = { ...around, conditional: true };
      expect(agreed(wish, taught).stage).toBe(wish);
      expect(agreed({ ...wish, ofClass: 3 }, taught).warnings).toEqual(['class 3 is above 2; using any.']);
      expect(agreed(wish, { ...taught, dataset: 'custom' }).stage).toMatchObject({ ofClass: 0 });
    }
  });

  it('by encoding only without noise', () => {
    const wish = reverse({ direction: 'encode' });
    const noisy = [
      { ...wish, eta: 0.5 },
      { ...wish, sampler: 'heun', parameters: { sChurn: 3 } },
    ];
    expect(isEncoding(wish, 200)).toBe(true);
    expect(isEncoding(reverse({}), 200)).toBe(false);
    for (const stage of noisy) {
      expect(agreed(stage)).toEqual({ stage, warnings: [] });
      expect(isEncoding(stage, 200)).toBe(false);
    }
  });

  it('by encoding again when every sampler that adds noise has been tried', () => {
    for (const { id: sampler } of samplers.entries) {
      const wish = [reverse({ direction: 'encode' })];
      const there = applyPatch(
        defaultConfig,
        validatePatch({ stages: changeStage(wish, 0, { sampler }) }, defaultConfig),
      );
      const link = stagesCodec.parse(stagesCodec.format(there.stages), 'Stages', []).value;
      const back = changeStage(link, 0, { sampler: 'ddim' });
      const { stages } = applyPatch(there, validatePatch({ stages: back }, there));
      expect(isEncoding(stages[0] as ReverseStage, 200)).toBe(true);
    }
  });

  it('takes as many steps as its rule says', () => {
    expect(stepsOf(reverse({ nSteps: 30 }), 10)).toBe(20);
    expect(stepsOf(reverse({ sampler: 'ddpm', nSteps: 30 }), 10)).toBe(10);
    expect(stepsOf(reverse({ sampler: 'ddpm', nSteps: 20 }), 50)).toBe(20);
    expect(stepsOf(reverse({ timeGrid: 'list', tau: [1, 5, 50] }), 50)).toBe(3);
    expect(stepsOf(reverse({ timeGrid: 'list', tau: [1, 5] }), 50)).toBe(3);
    expect(stepsOf(reverse({ sampler: 'langevin', timeGrid: 'list' }), 50)).toBe(20);
    expect(stepsOf(reverse({ sampler: 'rk45' }), 50)).toBe(1);
  });

  describe('of DDPM, made for the whole chain', () => {
    const stepsIn = (config: ExperimentConfig): readonly number[] =>
      config.stages.flatMap((stage) =>
        stage.kind === 'reverse' && stage.sampler === 'ddpm' ? [stage.nSteps] : [],
      );

    it.each([
      ['', [200]],
      ['T=1000', [1000]],
      ['T=50', [50]],
      ['st=r_ddpm&T=100', [100]],
      ['st=r_ddpm_10_0_b_quadratic', [10]],
    ])('takes all steps of the link "%s" that says none', (link, steps) => {
      const { config, warnings } = decodeConfig(link);
      expect(stepsIn(config)).toEqual(steps);
      expect(warnings).toEqual([]);
      expect(decodeConfig(encodeConfig(config)).config).toEqual(config);
    });

    it('goes on to take all when the chain changes, and fewer when told', () => {
      const [all, some] = ['', 'st=r_ddpm_10'].map((link) => decodeConfig(link).config);
      for (const nChain of [50, 1000]) {
        expect(stepsIn(applyPatch(all!, { nChain }))).toEqual([nChain]);
        expect(stepsIn(applyPatch(some!, { nChain }))).toEqual([10]);
        const again = validatePatch({ ...all, nChain }, all!);
        expect(stepsIn(applyPatch(all!, again))).toEqual([nChain]);
      }
      const patch = validatePatch({ stages: [{ kind: 'reverse', sampler: 'ddpm' }], nChain: 60 }, all!);
      expect(stepsIn(applyPatch(all!, patch))).toEqual([60]);
      const tooMany = { stages: [{ kind: 'reverse', sampler: 'ddpm', nSteps: 300 }] };
      expect(() => validatePatch(tooMany, all!)).toThrow(/nSteps = 300 is above T = 200/);
    });
  });

  it('once and for all, and can then be built', () => {
    fc.assert(
      fc.property(configs, (config) => {
        expect(normalizeConfig(config)).toEqual({ config, warnings: [] });
        for (const stage of config.stages) {
          if (stage.kind === 'reverse') expect(samplerOf(stage, config.nChain).id).toBe(stage.sampler);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('numbers of stages', () => {
  it('are known for every sampler, in its own range', () => {
    for (const { parameters = [] } of samplers.entries) {
      for (const { name, low, high } of parameters) {
        expect(stageNumbersCodec.check({ [name]: high }, 'parameters')).toEqual({ [name]: high });
        expect(() => stageNumbersCodec.check({ [name]: high + 1 }, 'parameters')).toThrow(/is above/);
        expect(() => stageNumbersCodec.check({ [name]: low - 1 }, 'parameters')).toThrow(/is below/);
      }
    }
    expect(() => stageNumbersCodec.check({ magic: 1 }, 'parameters')).toThrow(/parameters.magic is unknown/);
    expect(() => stageNumbersCodec.check([1], 'parameters')).toThrow(/is not an object/);
  });
});
