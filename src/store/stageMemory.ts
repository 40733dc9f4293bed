import { newStage, type StageConfig, type StageKind } from '../views/index.ts';

/** What a stage showed last, by kind. */
type Shown = Readonly<Partial<Record<StageKind, StageConfig>>>;

/** What each stage showed before it showed another kind, by the stage's id. Links do not carry it. */
export interface StageMemory {
  /** What a stage becomes when it is switched to a kind: what it last showed of it, or a new one. */
  recall(id: number, kind: StageKind): StageConfig;
  remember(stage: StageConfig): void;
  /** A copy remembers what its original does. */
  copy(from: number, to: number): void;
  /** Forgets all stages but these. */
  retain(ids: readonly number[]): void;
}

export function createStageMemory(): StageMemory {
  const shown = new Map<number, Shown>();
  return {
    recall: (id, kind) => ({ ...(shown.get(id)?.[kind] ?? newStage[kind]), id }),
    remember(stage) {
      shown.set(stage.id, { ...shown.get(stage.id), [stage.kind]: stage });
    },
    copy(from, to) {
      shown.set(to, shown.get(from) ?? {});
    },
    retain(ids) {
      for (const id of [...shown.keys()]) if (!ids.includes(id)) shown.delete(id);
    },
  };
}
