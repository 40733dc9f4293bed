import { useMemo } from 'react';
import { isUnfit } from '../experiment/unfitOutput.ts';
import type { NewNotice } from '../store/notices.ts';
import { usePlayground } from '../store/react.ts';
import { verdict } from '../store/verdict.ts';
import { useShownNoise } from './useShownNoise.ts';

/** What is wrong with the model whose budget is spent; null while it learns or is paused, and of one that works. */
export function useVerdict(): NewNotice | null {
  const resting = usePlayground(({ phase }) => phase === 'converged');
  // What was measured on the way says nothing of the weights at rest.
  const quality = usePlayground((state) => (state.quality?.step === state.step ? state.quality : null));
  const learningRate = usePlayground(({ config }) => config.learningRate);
  const output = usePlayground(({ config }) => config.output);
  const weighting = usePlayground(({ config }) => config.weighting);
  const { config } = useShownNoise();
  return useMemo(
    () => (resting ? verdict(quality, { learningRate, output, weighting }, isUnfit(output, config)) : null),
    [resting, quality, learningRate, output, weighting, config],
  );
}
