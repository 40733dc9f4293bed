import type { Layer, StageConfig } from '../config/types.ts';
import type { ParticlePath, ScoreField, Trajectory } from '../engine/protocol.ts';

/** Everything a stage's picture is a function of, beside the canvas itself. */
export interface StageScene {
  readonly config: StageConfig;
  readonly layers: readonly Layer[];
  /** The recording drawn; null while there is none (the stage says so in words). */
  readonly trajectory: Trajectory | null;
  /** For score stages: the learned and the exact field, as far as they have arrived. */
  readonly learnedField: ScoreField | null;
  readonly exactField: ScoreField | null;
  /** A fixed draw of the data, drawn faintly by the layer 'data'; interleaved. */
  readonly data: Float32Array;
  /** Paths of the particle that the person dropped, under this stage's sampler. */
  readonly paths: readonly ParticlePath[];
  /** How much nearer to the centre points are drawn than they are, in words; null where they are where they are drawn. */
  readonly shrunkBy: string | null;
  /** Of data from a file: what its columns are called, and its own units, data units = (file − centre)·scale. */
  readonly fileAxes?: FileAxes;
  /** Half width of the square view, data units, about its centre. */
  readonly view: { readonly centre: readonly [number, number]; readonly halfWidth: number };
}

export interface FileAxes {
  readonly names: readonly [x: string, y: string];
  readonly centre: readonly [number, number];
  readonly scale: readonly [number, number];
}

/** Colours by meaning, read from the CSS tokens of the theme. */
export interface StagePalette {
  readonly background: string;
  readonly grid: string;
  readonly text: string;
  readonly muted: string;
  readonly data: string;
  readonly sample: string;
  readonly prediction: string;
  readonly trail: string;
  readonly accent: string;
  readonly dark: boolean;
  /** 1, or larger for a projector: multiplies point radii, line widths and text. */
  readonly emphasis: number;
}
