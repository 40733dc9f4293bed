import { useEffect, useMemo } from 'react';
import { evenPace } from '../../canvas/pace.ts';
import { useWorldState } from '../../store/worlds/react.ts';
import { chainTimes } from '../chainTimes.ts';
import { useClock } from '../clockContext.ts';
import { TransportBar } from '../Transport.tsx';
import type { WorldParts } from './parts.ts';

const CURVE_NODES = 120;

/** The transport of a world: the page's own, with the world's steps and its signal in the track. */
export function WorldTransport({ parts }: { readonly parts: WorldParts }) {
  const clock = useClock();
  const settings = useWorldState((state) => state.settings);
  const T = parts.steps(settings);
  const times = useMemo(() => chainTimes(T), [T]);
  const curve = useMemo(
    () => Float64Array.from({ length: CURVE_NODES + 1 }, (_, k) => parts.signal(settings, k / CURVE_NODES)),
    [parts, settings],
  );
  const text = useMemo(
    () => ({
      ends: ['data', 'noise'] as const,
      words: (time: number) => `t = ${time.toFixed(2)} (step ${Math.round(time * T)} of ${T})`,
    }),
    [T],
  );
  useEffect(() => {
    clock.pace = evenPace;
  }, [clock]);
  return <TransportBar text={text} times={times} curve={curve} />;
}
