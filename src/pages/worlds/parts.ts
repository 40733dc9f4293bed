import type { ComponentType } from 'react';
import type { WorldFrame } from '../../canvas/WorldCanvas.tsx';
import type { CommonSettings } from '../../worlds/world.ts';

/** How a stage of a world is shown. `Data` is what its worker records under the stage's kind. */
export interface StagePart<S, Data> {
  /** One line below its title: phrases, most telling first. */
  readonly subtitle: (settings: S) => readonly string[];
  readonly draw: (frame: WorldFrame, data: Data, settings: S) => void;
  /** The picture in words. */
  readonly words: (data: Data, time: number, settings: S) => string;
  /** What counts on the picture, in few words. */
  readonly readout: (data: Data, settings: S) => string;
  /** Whether it follows training, and says of which step it is. */
  readonly learned: boolean;
}

/** A card of the row of charts. */
export interface WorldChart<S = CommonSettings> {
  /** By which an embed asks for it. */
  readonly name: string;
  /** For people: what is missing where it cannot be drawn. */
  readonly what: string;
  readonly Card: ComponentType;
  /** Whether it is shown; always where it is left out. */
  suits?(settings: S): boolean;
  /** Whether it has a row for itself, below the others. */
  readonly wide?: true;
}

/** How a world looks: a stage for each of its kinds, its charts and its settings. */
export interface WorldParts {
  readonly stages: Readonly<Record<string, StagePart<CommonSettings, unknown>>>;
  /**
   * Of t in 0…1: what is left of the data, 1…0, which is drawn in the track of time and falls evenly as it plays. `forward` is the
   * noising as it was recorded, null before.
   */
  readonly signal: (settings: CommonSettings, time: number, forward: unknown) => number;
  /** T */
  readonly steps: (settings: CommonSettings) => number;
  /** How training stands, in a sentence. */
  readonly Sentence: ComponentType;
  /** The row of charts, beside that of the loss. */
  readonly charts: readonly WorldChart[];
  readonly Settings: ComponentType;
  /** The choice of data, where there is one. */
  readonly Data?: ComponentType;
}

/** Parts of one world, whose settings and recordings it knows; the page passes them on and looks into none. */
export const partsOf = <S extends CommonSettings>(
  parts: Omit<WorldParts, 'stages' | 'signal' | 'steps' | 'charts'> & {
    readonly stages: { readonly [kind: string]: StagePart<S, never> };
    readonly signal: (settings: S, time: number, forward: never) => number;
    readonly steps: (settings: S) => number;
    readonly charts: readonly WorldChart<S>[];
  },
): WorldParts => parts as unknown as WorldParts;
