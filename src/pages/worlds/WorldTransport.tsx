import { useEffect, useMemo } from 'react';
import { paceBy } from '../../canvas/pace.ts';
import { useWorldRecording, useWorldState } from '../../store/worlds/react.ts';
import { chainTimes } from '../chainTimes.ts';
import { useClock } from '../clockContext.ts';
import { TransportBar } from '../Transport.tsx';
import type { WorldParts } from './parts.ts';

const CURVE_NODES = 240;

/** The transport of a world: the page's own, with the world's steps and its signal in the track. */
export function WorldTransport({ parts }: { readonly parts: WorldParts }) {
  const clock = useClock();
  const settings = useWorldState((state) => state.settings);
  const T = parts.steps(settings);
  const times = useMemo(() => chainTimes(T), [T]);
  const forward = useWorldRecording('forward')?.data ?? null;
  const curve = useMemo(
    () =>
      Float64Array.from({ length: CURVE_NODES + 1 }, (_, k) =>
        parts.signal(settings, k / CURVE_NODES, forward),
      ),
    [parts, settings, forward],
  );
  const text = useMemo(
    () => ({
      ends: ['data', 'noise'] as const,
      words: (time: number) => `t = ${time.toFixed(2)} (step ${Math.round(time * T)} of ${T})`,
    }),
    [T],
  );
  useEffect(() => {
    clock.pace = paceBy(straightThrough(curve));
  }, [clock, curve]);
  return <TransportBar text={text} times={times} curve={curve} />;
}

/** A curve at every time of 0…1, straight between its nodes. */
const straightThrough = (curve: Float64Array) => (time: number) => {
  const place = time * CURVE_NODES;
  const k = Math.min(CURVE_NODES - 1, Math.floor(place));
  return curve[k]! + (place - k) * (curve[k + 1]! - curve[k]!);
};
