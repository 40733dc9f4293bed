import type { ReverseStage, StageConfig } from '../config/types.ts';
import { samplers } from '../core/samplers/index.ts';
import type { ModelSource, Trajectory } from '../engine/protocol.ts';

/** Steps that a reverse stage takes. */
export function stepsOf(stage: ReverseStage, nChain: number): number {
  return samplers.get(stage.sampler).everyStep ? nChain : Math.min(stage.nSteps, nChain);
}

/** A stage's title, and one line for a newcomer. */
export function stageText(stage: StageConfig, nChain: number): { title: string; subtitle: string } {
  switch (stage.kind) {
    case 'forward':
      return stage.mode === 'chain'
        ? { title: 'Forward chain', subtitle: `data to noise, ${nChain} steps` }
        : { title: 'Forward', subtitle: 'data to noise, one jump' };
    case 'reverse': {
      const { label } = samplers.get(stage.sampler);
      const oracle = stage.denoiser === 'exact' ? ', exact denoiser' : '';
      const steps = stepsOf(stage, nChain);
      const { uses } = samplers.get(stage.sampler);
      const eta = uses.includes('eta') ? `, η = ${stage.eta}` : '';
      const variance = uses.includes('variance') ? `, σ² = ${stage.variance === 'beta' ? 'β' : 'β̃'}` : '';
      return {
        title: `Reverse: ${label}`,
        subtitle: `${steps} ${steps === 1 ? 'step' : 'steps'}${eta}${variance}${oracle}`,
      };
    }
    case 'score':
      return {
        learned: { title: 'Score, learned', subtitle: 'where is more data?' },
        exact: { title: 'Score, exact', subtitle: 'what the network is after' },
        error: { title: 'Score error', subtitle: 'learned minus exact' },
      }[stage.source];
  }
}

/** Where a stage's picture came from. */
export function sourceText(source: Trajectory['source'] | ModelSource, modelStep: number): string {
  switch (source) {
    case 'data':
      return 'true data';
    case 'exact':
      return 'exact answer';
    case 'pretrained':
      return 'ready-made model';
    case 'own':
      return `your model, step ${formatCount(modelStep)}`;
  }
}

/** 12 340 with a thin space, as the page writes counts. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '\u202f');
}
