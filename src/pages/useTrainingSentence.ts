import { samplers } from '../core/samplers/index.ts';
import { recentQuality } from '../store/qualityHistory.ts';
import { usePlayground } from '../store/react.ts';
import { firstStageQuality, samplerOfKey } from '../store/stageNumbers.ts';
import { type TrainingFacts, trainingSentence } from '../store/trainingSentence.ts';
import type { StageConfig } from '../views/index.ts';
import type { ReverseStage } from '../views/reverse/stage.ts';
import { useIsFine } from './useIsFine.ts';
import { useVerdict } from './useVerdict.ts';

/** How training stands, in one sentence that is true now. */
export function useTrainingSentence(): string {
  const phase = usePlayground((state) => state.phase);
  const step = usePlayground((state) => state.step);
  const source = usePlayground((state) => state.modelSource);
  const seen = usePlayground(firstStageQuality);
  const sampler = usePlayground((state) => (seen ? samplerOfKey(state, seen.key) : null));
  const own = usePlayground((state) => state.ownQuality);
  const conditioned = usePlayground(({ config }) => isConditioned(config.stages));
  const isFine = useIsFine();
  const verdict = useVerdict();
  const facts: TrainingFacts = {
    phase,
    step,
    source,
    seen: seen?.source === 'own' && sampler ? { ...seen, sampler: samplers.get(sampler).label } : null,
    quality: recentQuality(own),
    conditioned,
    isFine,
    failure: verdict?.tone === 'error' ? FAILED : null,
  };
  return trainingSentence(facts);
}

/** Whether each sampler of the model is asked for a class or under a condition. */
function isConditioned(stages: readonly StageConfig[]): boolean {
  const sampling = stages.filter((stage) => stage.kind === 'reverse' && stage.denoiser === 'learned');
  return sampling.length > 0 && sampling.every((stage) => stage.kind === 'reverse' && asks(stage));
}

const asks = ({ condition, ofClass }: ReverseStage) => condition !== null || ofClass > 0;

const FAILED = 'its samples lie far from the data.';
