import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { CommonSettings } from '../../worlds/world.ts';
import type { WorldPlayground, WorldState } from './worldStore.ts';

/** The one file that ties a world's state to React. */
export const WorldContext = createContext<WorldPlayground | null>(null);

export function useWorld(): WorldPlayground {
  const world = useContext(WorldContext);
  if (world === null) throw new Error('This component needs a world around it.');
  return world;
}

/** A part of the world's state. Select what is stored, make nothing new. */
export function useWorldState<T>(selector: (state: WorldState) => T): T {
  return useStore(useWorld().store, selector);
}

/** The settings of the world that a component belongs to. */
export function useWorldSettings<S extends CommonSettings>(): S {
  return useWorldState(({ settings }) => settings) as S;
}

/** What the worker last recorded under a name; null before it has. */
export function useWorldRecording<T>(kind: string): { readonly step: number; readonly data: T } | null {
  return useWorldState(({ recordings }) => recordings[kind] ?? null) as { step: number; data: T } | null;
}
