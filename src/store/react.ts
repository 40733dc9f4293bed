import {
  createContext,
  createElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useSyncExternalStore,
} from 'react';
import { useStore } from 'zustand';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { Recording } from '../protocol/protocol.ts';
import type { LikelihoodEvent, PlaygroundState } from './playgroundState.ts';
import type { Playground, PlaygroundActions } from './playgroundStore.ts';

/** The one file that ties the page's state to React. */
const PlaygroundContext = createContext<Playground | null>(null);

export function PlaygroundProvider({
  playground,
  children,
}: {
  playground: Playground;
  children?: ReactNode;
}) {
  return createElement(PlaygroundContext, { value: playground }, children);
}

/** The playground around this component: recordings, engine and the store itself. */
export function usePlaygroundContext(): Playground {
  const playground = useContext(PlaygroundContext);
  if (playground === null) throw new Error('This component needs a PlaygroundProvider around it.');
  return playground;
}

/** A part of the state; the component renders again when it changes. Select what is stored, make nothing new. */
export function usePlayground<T>(selector: (state: PlaygroundState) => T): T {
  return useStore(usePlaygroundContext().store, selector);
}

/** How likely the model finds the data, measured as long as this component is there; null before the first round. */
export function useLikelihood(): LikelihoodEvent | null {
  const { wantLikelihood } = usePlaygroundContext();
  useEffect(wantLikelihood, [wantLikelihood]);
  return usePlayground(({ likelihood }) => likelihood);
}

/** One field of the experiment. */
export function useField<K extends keyof ExperimentConfig>(name: K): ExperimentConfig[K] {
  return usePlayground(({ config }) => config[name]);
}

export function usePlaygroundActions(): PlaygroundActions {
  return usePlaygroundContext().actions;
}

/** The latest recordings of some keys; renders again for each new one. Canvases subscribe in their frame loop instead. */
export function useRecordings(keys: readonly string[]): readonly (Recording | null)[] {
  const { recordings } = usePlaygroundContext();
  const latest = useRef<readonly (Recording | null)[]>([]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = keys.map((key) => recordings.subscribe(key, listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    [recordings, keys],
  );
  // The same array for as long as it holds the same recordings.
  const snapshot = () => {
    const now = keys.map((key) => recordings.get(key));
    const isSame =
      now.length === latest.current.length && now.every((recording, i) => recording === latest.current[i]);
    if (!isSame) latest.current = now;
    return latest.current;
  };
  return useSyncExternalStore(subscribe, snapshot);
}

/** Whether the recording of a key is of an experiment that has changed since. */
export function useIsStale(key = ''): boolean {
  const { recordings } = usePlaygroundContext();
  const subscribe = useCallback(
    (listener: () => void) => recordings.subscribe(key, listener),
    [recordings, key],
  );
  return useSyncExternalStore(subscribe, () => recordings.isStale(key));
}
