import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { WorkspaceId } from '../../experiment/workspaces.ts';

/** What each workspace shows, loaded when it is opened: one line each. */
export const workspaces: Readonly<Record<WorkspaceId, LazyExoticComponent<ComponentType>>> = {
  budget: lazy(() => import('./budget/BudgetWorkspace.tsx')),
  'round-trip': lazy(() => import('./roundTrip/RoundTripWorkspace.tsx')),
  race: lazy(() => import('./race/RaceWorkspace.tsx')),
  runs: lazy(() => import('./runs/RunsWorkspace.tsx')),
  table: lazy(() => import('./table/TableWorkspace.tsx')),
};
