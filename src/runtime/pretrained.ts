import * as v from 'valibot';
import { parameterCount } from '../backends/network.ts';
import type { FieldName } from '../experiment/field.ts';
import { changedFields, defaultConfig, field } from '../experiment/fields.ts';
import type { ExperimentConfig } from '../experiment/types.ts';

/** The fields that decide what a network has learned to do: with others, its weights mean nothing. */
const FIELDS = [
  'dataset',
  'noise',
  'process',
  'schedule',
  'nChain',
  'rescale',
  'output',
  'weighting',
  'timeSampling',
  'learnedVariance',
  'width',
  'depth',
  'activation',
] as const satisfies readonly (keyof ExperimentConfig)[];

const fileSchema = v.object({
  format: v.literal('diffusion-playground-weights-1'),
  config: v.object({
    dataset: v.string(),
    noise: v.number(),
    process: v.string(),
    schedule: v.string(),
    nChain: v.pipe(v.number(), v.integer(), v.minValue(1)),
    rescale: v.boolean(),
    output: v.string(),
    weighting: v.string(),
    timeSampling: v.string(),
    learnedVariance: v.boolean(),
    width: v.pipe(v.number(), v.integer(), v.minValue(1)),
    depth: v.pipe(v.number(), v.integer(), v.minValue(1)),
    activation: v.picklist(['silu', 'gelu', 'relu', 'tanh']),
  }),
  step: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** base64 of the little-endian float32 averaged weights, in the layout of `network.ts`. */
  weights: v.pipe(v.string(), v.base64()),
});

export interface Pretrained {
  readonly config: Pick<ExperimentConfig, (typeof FIELDS)[number]>;
  readonly step: number;
  readonly weights: Float32Array;
}

/** @throws Error when the file is not one of ours, or its weights do not fit its config */
export function parsePretrained(json: unknown): Pretrained {
  const { config, step, weights } = v.parse(fileSchema, json);
  const bytes = Uint8Array.from(atob(weights), (character) => character.charCodeAt(0));
  const expected = parameterCount({ ...config, outputs: config.learnedVariance ? 4 : 2 });
  if (bytes.length !== 4 * expected) {
    throw new Error(`The file holds ${bytes.length / 4} weights; its network has ${expected}.`);
  }
  const values = new Float32Array(bytes.buffer);
  if (!values.every(Number.isFinite)) throw new Error('The file holds weights that are not finite.');
  return { config, step, weights: values };
}

/** The file's content, for the script that makes it. */
export function formatPretrained({ config, step, weights }: Pretrained): string {
  const bytes = new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength);
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const kept = Object.fromEntries(FIELDS.map((name) => [name, config[name]]));
  return JSON.stringify({ format: 'diffusion-playground-weights-1', config: kept, step, weights: base64 });
}

/** Fields that make another model, which means the same. */
const SAME_MEANING: readonly FieldName[] = ['seed', 'nPoints'];

/**
 * Whether the file's network can stand in for an untrained one of this experiment: nothing that throws a model away
 * differs. What the file does not say is the default.
 */
export function fits({ config }: Pretrained, experiment: ExperimentConfig): boolean {
  return changedFields({ ...defaultConfig, ...config }, experiment).every(
    (name) => field(name).invalidates !== 'model' || SAME_MEANING.includes(name),
  );
}

/** Fetches and reads the file; null when it cannot be had, which only makes the first pictures plainer. */
export async function loadPretrained(url: string): Promise<Pretrained | null> {
  try {
    const response = await fetch(url);
    return response.ok ? parsePretrained(await response.json()) : null;
  } catch {
    return null;
  }
}
