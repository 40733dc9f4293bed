import { samplers } from '../core/samplers/index.ts';
import { recentQuality } from '../store/qualityHistory.ts';
import { usePlayground } from '../store/react.ts';
import { firstStageQuality, samplerOfKey } from '../store/stageNumbers.ts';
import { type TrainingFacts, trainingSentence } from '../store/trainingSentence.ts';
import { useVerdict } from './useVerdict.ts';

/** How training stands, in one sentence that is true now. */
export function useTrainingSentence(): string {
  const phase = usePlayground((state) => state.phase);
  const step = usePlayground((state) => state.step);
  const source = usePlayground((state) => state.modelSource);
  const seen = usePlayground(firstStageQuality);
  const sampler = usePlayground((state) => (seen ? samplerOfKey(state, seen.key) : null));
  const own = usePlayground((state) => state.ownQuality);
  const verdict = useVerdict();
  const facts: TrainingFacts = {
    phase,
    step,
    source,
    seen: seen?.source === 'own' && sampler ? { ...seen, sampler: samplers.get(sampler).label } : null,
    quality: recentQuality(own),
    failure: verdict?.tone === 'error' ? FAILED : null,
  };
  return trainingSentence(facts);
}

const FAILED = 'its samples lie far from the data.';
