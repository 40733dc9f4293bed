import { newStage } from '../config/stagesCodec.ts';
import type { StageConfig } from '../config/types.ts';

type StageKind = StageConfig['kind'];
/** What a place of the row showed last, by kind. */
type Shown = Readonly<Partial<Record<StageKind, StageConfig>>>;

/** What each place of the row of stages showed before it showed another kind. Links do not carry it. */
export interface StageMemory {
  /** What a place shows when it is switched to a kind: what it last showed of it, or a new stage. */
  recall(index: number, kind: StageKind): StageConfig;
  remember(index: number, stage: StageConfig): void;
  /** Does with the places what is done with the row. */
  rearrange(edit: <T>(row: readonly T[]) => readonly T[]): void;
  /** Adds or drops places at the right end. */
  resize(nPlaces: number): void;
}

export function createStageMemory(): StageMemory {
  let places: readonly Shown[] = [];
  return {
    recall: (index, kind) => places[index]?.[kind] ?? newStage[kind],
    remember(index, stage) {
      places = places.map((shown, i) => (i === index ? { ...shown, [stage.kind]: stage } : shown));
    },
    rearrange(edit) {
      places = edit(places);
    },
    resize(nPlaces) {
      places = Array.from({ length: nPlaces }, (_, i) => places[i] ?? {});
    },
  };
}
