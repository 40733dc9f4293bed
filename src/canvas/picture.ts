import type { StageFrame } from './frame.ts';
import type { StageScene } from './types.ts';

/** The drawing side of a view: everything between the grid and what all stages have. */
export interface Picture<S> {
  /** @returns draws what goes over everything else */
  draw(frame: StageFrame<S>): (() => void) | undefined;
  /** Whether it covers the background, so that ticks need a stronger colour. */
  readonly coversGround?: boolean;
  /** Where the stage is on its way, for the upper left corner: "t = 0.42", "NFE 12 / 20". */
  readout(scene: StageScene<S>, time: number): readonly string[];
  /** What the picture shows, for those who cannot see it; follows the view's name. */
  describe(scene: StageScene<S>, time: number): string;
}
