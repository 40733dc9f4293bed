import type { StageQuality } from '../protocol/protocol.ts';
import type { StageConfig } from '../views/index.ts';
import type { PlaygroundState } from './playgroundState.ts';
import { watchList } from './watchList.ts';

/** The reverse stages that ask the network for samples of any class, with the key of what they show. */
function learnedStages({
  config,
}: Pick<PlaygroundState, 'config'>): readonly (readonly [string, StageConfig])[] {
  const { stageKeys } = watchList(config);
  return config.stages.flatMap((stage, i) => {
    const key = stageKeys[i]?.[0];
    const isLearned =
      stage.kind === 'reverse' && stage.denoiser === 'learned' && stage.ofClass === 0 && stage.run === '';
    return isLearned && key ? [[key, stage] as const] : [];
  });
}

/** How good the samples of the first such stage are whose samples were measured; the stored object, null where none were. */
export function firstStageQuality(state: PlaygroundState): StageQuality | null {
  for (const [key] of learnedStages(state)) {
    const quality = state.stageQuality[key];
    if (quality) return quality;
  }
  return null;
}

/** The sampler of the stages that show this recording. */
export function samplerOfKey(state: Pick<PlaygroundState, 'config'>, key: string): string | null {
  const stage = learnedStages(state).find(([each]) => each === key)?.[1];
  return stage?.kind === 'reverse' ? stage.sampler : null;
}
