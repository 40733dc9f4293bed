import type { ColourScale } from './colourScale.ts';
import type { StageFrame } from './frame.ts';
import type { StagePalette, StageScene } from './types.ts';

/** What a part of a picture is drawn as, what it is, and its number at the moment. */
export interface PictureKey {
  readonly mark: 'disc' | 'dots' | 'cross' | 'shade' | 'line' | 'dashed' | 'dotted';
  readonly colour: string;
  readonly name: string;
  readonly value?: string;
}

/** The drawing side of a view: everything between the grid and what all stages have. */
export interface Picture<S> {
  draw(frame: StageFrame<S>): void;
  /** Whether it covers the background, so that ticks need a stronger colour. */
  readonly coversGround?: boolean;
  /** Where the stage is on its way, for the card's frame: "t = 0.42", "NFE 12 / 20". */
  readout(scene: StageScene<S>, time: number): readonly string[];
  /** What its colours stand for at this time, for the card's frame; null while there is nothing to see. */
  legend?(scene: StageScene<S>, time: number, palette: StagePalette): ColourScale | null;
  /** Its parts, for the card's frame: the same ones, in the same order, at all times. */
  keys?(scene: StageScene<S>, time: number, palette: StagePalette): readonly PictureKey[];
  /** What the picture shows, for those who cannot see it; follows the view's name. */
  describe(scene: StageScene<S>, time: number): string;
}
