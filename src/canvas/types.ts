import type { ParticlePath, Recording, Trajectory } from '../protocol/protocol.ts';
import type { StageConfig } from '../views/index.ts';
import type { Layer } from '../views/layers.ts';

/** Everything a stage's picture is a function of, beside the canvas itself. */
export interface StageScene<S = StageConfig> {
  readonly config: S;
  readonly layers: readonly Layer[];
  /** What the view asked to be recorded, in its order; null for what has not arrived. */
  readonly recordings: readonly (Recording | null)[];
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

/** The particles of a scene; null while there are none, or where the view has none. */
export function trajectoryOf({ recordings }: Pick<StageScene, 'recordings'>): Trajectory | null {
  const found = recordings.find((recording) => recording?.kind === 'trajectory');
  return found && found.times.length > 0 ? found : null;
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
