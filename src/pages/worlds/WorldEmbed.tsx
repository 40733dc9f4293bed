import { useMemo } from 'react';
import { useWorld, useWorldState } from '../../store/worlds/react.ts';
import { EmbedFrame } from '../embed/EmbedFrame.tsx';
import { usePlaybackKeys } from '../usePlaybackKeys.ts';
import type { WorldParts } from './parts.ts';
import { WorldCharts, worldChartNames } from './WorldCharts.tsx';
import { WorldStages } from './WorldStages.tsx';
import { WorldTransport } from './WorldTransport.tsx';

/** A world in an iframe. */
export function WorldEmbed({ parts }: { readonly parts: WorldParts }) {
  const world = useWorld();
  const phase = useWorldState((state) => state.phase);
  const step = useWorldState((state) => state.step);
  const settings = useWorldState((state) => state.settings);
  const chartNames = useMemo(() => worldChartNames(parts), [parts]);
  usePlaybackKeys(parts.steps(settings));
  const training = useMemo(
    () => ({
      ready: world.settled(),
      isTraining: () => world.store.getState().phase === 'training',
      toggle: () => void world.toggle(),
    }),
    [world],
  );
  return (
    <EmbedFrame
      heading={`Diffusion Playground: ${world.world.name}`}
      stages={<WorldStages parts={parts} selectable={false} />}
      transport={<WorldTransport parts={parts} />}
      chartNames={chartNames}
      charts={(chosen) => <WorldCharts parts={parts} chosen={chosen} />}
      training={training}
      isTraining={phase === 'training'}
      step={step}
      start="Train"
      data={parts.Data ? <parts.Data /> : null}
      name={world.world.name}
    />
  );
}
