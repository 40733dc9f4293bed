import { letterSetCodec } from '../experiment/letterCodecs.ts';
import { LAYERS, type Layer } from './layers.ts';
import type { Part } from './types.ts';

const ids = Object.keys(LAYERS) as Layer[];
const letters = Object.fromEntries(ids.map((id) => [id, LAYERS[id].letter])) as Record<Layer, string>;
const codec = letterSetCodec<Layer>(letters);

/** The layers of a stage, and those that a new one has. */
export const layersPart = (fallback: readonly Layer[]): Part<readonly Layer[]> => ({
  name: 'layers',
  word: 'layers',
  codec,
  fallback,
});
