import { useRef } from 'react';
import { MAX_STAGES } from '../../experiment/stagesCodec.ts';
import { usePlaygroundActions, usePlaygroundContext } from '../../store/react.ts';
import type { ReverseStage } from '../../views/reverse/stage.ts';

/**
 * Shows a sampler's samples on a stage: at first on one more at the end of the row, later on that one again. A row that is full
 * has its last reverse stage changed.
 */
export function useShowOnStage(): (settings: Partial<Omit<ReverseStage, 'id' | 'kind' | 'layers'>>) => void {
  const { store } = usePlaygroundContext();
  const actions = usePlaygroundActions();
  const shownOn = useRef<number | null>(null);
  return (settings) => {
    const stages = () => store.getState().config.stages;
    let index = stages().findIndex(({ id, kind }) => id === shownOn.current && kind === 'reverse');
    if (index < 0 && stages().length < MAX_STAGES) {
      actions.addStage('reverse');
      index = stages().length - 1;
    }
    if (index < 0) index = stages().findLastIndex(({ kind }) => kind === 'reverse');
    const stage = stages()[index];
    if (!stage) return;
    shownOn.current = stage.id;
    actions.changeStage(index, settings);
    document.querySelectorAll('.stage')[index]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
}
