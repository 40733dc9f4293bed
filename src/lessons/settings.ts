import { defaultConfig } from '../experiment/fields.ts';
import type { ConfigPatch } from '../experiment/patch.ts';
import { changeOfProcess } from '../experiment/usualSettings.ts';
import { newStage, type StageConfig } from '../views/index.ts';

type Settings<K extends StageConfig['kind']> = Partial<Extract<StageConfig, { kind: K }>>;

export const forward = (settings: Settings<'forward'> = {}): StageConfig => ({
  ...newStage.forward,
  ...settings,
});

/** A sampler with the network's answers. */
export const sampler = (id: string, nSteps: number, settings: Settings<'reverse'> = {}): StageConfig => ({
  ...newStage.reverse,
  sampler: id,
  nSteps,
  ...settings,
});

/** A sampler with the exact answers, so that all that is seen is its own. */
export const exact = (id: string, nSteps: number, settings: Settings<'reverse'> = {}): StageConfig =>
  sampler(id, nSteps, { denoiser: 'exact', ...settings });

export const score = (settings: Settings<'score'> = {}): StageConfig => ({ ...newStage.score, ...settings });

export const density = (settings: Settings<'density'> = {}): StageConfig => ({
  ...newStage.density,
  ...settings,
});

/** A network that answers with this, where the chain ends in nothing but noise; ten DDIM steps, fifty, and ten with the exact answer. */
export const predicting = (output: string): ConfigPatch => ({
  zeroTerminalSnr: true,
  output,
  stages: [
    sampler('ddim', 10, { timeGrid: 'quadratic' }),
    sampler('ddim', 50, { timeGrid: 'quadratic' }),
    exact('ddim', 10, { timeGrid: 'quadratic' }),
  ],
});

/** Another process, with what usually goes with it; the stages are the experiment's own. */
export function withProcess(id: string): ConfigPatch {
  const { stages: _, ...rest } = changeOfProcess(defaultConfig, id);
  return rest;
}
