import type { StageConfig } from '../views/index.ts';
import type { FrameBracket } from './frames.ts';
import type { StagePalette, StageScene } from './types.ts';
import type { StageSize, Viewport } from './view.ts';

/** What a layer draws from: one scene at one time on one canvas, in CSS pixels. */
export interface StageFrame<S = StageConfig> {
  readonly context: CanvasRenderingContext2D;
  readonly scene: StageScene<S>;
  readonly time: number;
  readonly palette: StagePalette;
  readonly size: StageSize;
  readonly view: Viewport;
  /** Multiplies radii and line widths: the theme's emphasis and the size of the stage. */
  readonly unit: number;
  /** Multiplies text, half as much as marks: words must still fit. */
  readonly textUnit: number;
}

/** A frame with positions in it. Borrowed buffers: valid until the next draw. */
export interface ParticleFrame extends StageFrame {
  /** Colour of the points by meaning: data that is noised, or samples. */
  readonly ink: string;
  readonly bracket: FrameBracket;
  readonly nParticles: number;
  readonly nMesh: number;
  /** [nParticles + nMesh²][2] positions x_t, data units. */
  readonly x: Float32Array;
  /** The same of x̂₀; empty where no layer needs it. */
  readonly x0Hat: Float32Array;
}
