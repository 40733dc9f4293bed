import * as v from 'valibot';
import { parameterizations } from '../../core/parameterizations/index.ts';
import type { FieldName } from '../../experiment/field.ts';
import { changedFields, defaultConfig, field } from '../../experiment/fields.ts';
import { formatCount } from '../../experiment/numberText.ts';
import { applyPatch } from '../../experiment/patch.ts';
import type { ExperimentConfig } from '../../experiment/types.ts';
import { decodeConfig, encodeConfig } from '../../experiment/url.ts';

/** A trained model that was kept: its experiment, its averaged weights, and how good it was. */
export interface Run {
  readonly id: string;
  /** Made from what differs from the default: "cosine · T 50 · ε". */
  readonly name: string;
  /** The fields that shaped it, those that differ from the default, as a link says them. */
  readonly link: string;
  readonly step: number;
  /** [weights] in the layout of `network.ts`. */
  readonly weights: Float32Array;
  /** The latest training loss; null where none was heard. */
  readonly loss: number | null;
  /** Sliced W₂ of its samples and what true draws have, data units; null where it was not measured. */
  readonly w2: number | null;
  readonly perfect: number | null;
  /** Share of its samples that lie where the data are not, 0…1. */
  readonly strays: number | null;
  /** −log₂ p by the probability flow, bits per dimension. */
  readonly bits: number | null;
  /** Of training, without what it waited; null where nobody has counted. */
  readonly seconds: number | null;
  readonly curve: { readonly steps: readonly number[]; readonly losses: readonly number[] };
  /** When it was kept, milliseconds since 1970. */
  readonly kept: number;
}

/** What is told of a run, without what is large. */
export type RunSummary = Omit<Run, 'weights' | 'curve'>;

export const summaryOf = ({ weights: _, curve: __, ...summary }: Run): RunSummary => summary;

/** Fields that do not shape what is learned, but how. */
const OF_TRAINING: readonly FieldName[] = ['learningRate', 'batchSize', 'emaDecay', 'budgetSteps'];

const shapes = (name: FieldName): boolean =>
  field(name).invalidates === 'model' || OF_TRAINING.includes(name);

/** Those of an experiment's fields that a run keeps, and that differ from another's. */
const ownOf = (config: ExperimentConfig, other: ExperimentConfig): Partial<ExperimentConfig> =>
  Object.assign(
    {},
    ...changedFields(other, config)
      .filter(shapes)
      .map((name) => ({ [name]: config[name] })),
  );

/** An experiment with a run's own fields, and what is the page's (stages, charts, theme) as it was, made to agree. */
export function configOfRun({ link }: Pick<Run, 'link'>, page: ExperimentConfig): ExperimentConfig {
  return applyPatch(page, ownOf(decodeConfig(link).config, page));
}

/** The part of an experiment that a run keeps, as a link that can be followed to the letter. */
export function linkOfRun(config: ExperimentConfig): string {
  return encodeConfig(applyPatch(defaultConfig, ownOf(config, defaultConfig)));
}

/** Values that say themselves what they are of. */
const SELF_EVIDENT: readonly FieldName[] = [
  'dataset',
  'process',
  'schedule',
  'loss',
  'weighting',
  'timeSampling',
];
/** Fields that are said in another way than by name and value. */
const SAID: { readonly [K in FieldName]?: (value: ExperimentConfig[K]) => string } = {
  // The label without what stands in brackets: "ε (noise)".
  output: (id) => parameterizations.get(id).label.replace(/ \(.*/, ''),
  budgetSteps: (count) => `${formatCount(count)} steps`,
};
const UNSAID: readonly FieldName[] = ['customPoints', 'customTable', 'customData'];

/** A run's name from what differs from the default, told apart from those that there are. */
export function nameOfRun(config: ExperimentConfig, taken: readonly string[]): string {
  const parts = changedFields(defaultConfig, config)
    .filter((name) => shapes(name) && !UNSAID.includes(name))
    .map((name) => partOf(name, config));
  const name = parts.length === 0 ? 'default' : parts.join(' · ');
  return untaken(name, taken);
}

/** A name that no other run has, by which stages and links can tell it apart. */
export function untaken(name: string, taken: readonly string[]): string {
  for (let k = 1; ; k++) {
    const told = k === 1 ? name : `${name} (${k})`;
    if (!taken.includes(told)) return told;
  }
}

const MOST_LETTERS = 100;

/** @throws Error where it is no name */
export function requireName(name: unknown): string {
  const trimmed = typeof name === 'string' ? name.trim() : '';
  if (trimmed !== '' && trimmed.length <= MOST_LETTERS) return trimmed;
  throw new Error(
    `The name of a run is a text of 1 to ${MOST_LETTERS} letters; leave it out to have one made.`,
  );
}

function partOf<K extends FieldName>(name: K, config: ExperimentConfig): string {
  const { name: label, codec } = field(name);
  const value = config[name];
  const said = SAID[name];
  if (said) return said(value);
  if (typeof value === 'boolean') return value ? label : `no ${label}`;
  const text = codec.format(value);
  return SELF_EVIDENT.includes(name) ? text : `${label} ${text}`;
}

const number = v.pipe(v.number(), v.finite());
/** Far beyond what anybody trains for. */
const MOST_STEPS = 1e9;
const fileSchema = v.object({
  format: v.literal('diffusion-playground-run-1'),
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2 * MOST_LETTERS)),
  link: v.string(),
  step: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_STEPS)),
  loss: v.nullable(number),
  w2: v.nullable(number),
  perfect: v.nullable(number),
  strays: v.nullable(number),
  bits: v.nullable(number),
  /** Files of earlier versions say nothing of it. */
  seconds: v.optional(v.nullable(number), null),
  curve: v.pipe(
    v.object({ steps: v.array(number), losses: v.array(number) }),
    v.check(({ steps, losses }) => steps.length === losses.length),
  ),
  /** base64 of the little-endian float32 averaged weights. */
  weights: v.pipe(v.string(), v.base64()),
});

export function formatRun({ id: _, kept: __, weights, ...rest }: Run): string {
  const bytes = new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength);
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return JSON.stringify({ format: 'diffusion-playground-run-1', ...rest, weights: base64 });
}

/** @throws Error with a sentence that says what is wrong with the file */
export function parseRun(text: string): Omit<Run, 'id' | 'kept'> {
  const file = v.safeParse(fileSchema, readJson(text));
  if (!file.success) {
    const [issue] = file.issues;
    const where = v.getDotPath(issue) ?? 'format';
    throw new Error(`This is not the file of a run: its ${where} is missing or not as it should be.`);
  }
  const { format: _, weights, ...rest } = file.output;
  const { warnings, config } = decodeConfig(rest.link);
  if (config.world !== 'points') throw new Error('This run is of another world than Points.');
  if (warnings.length > 0) throw new Error(`The experiment of this run cannot be read: ${warnings[0]}`);
  const bytes = Uint8Array.from(atob(weights), (character) => character.charCodeAt(0));
  if (bytes.length === 0 || bytes.length % 4 !== 0) throw new Error('The weights of this run are cut off.');
  const values = new Float32Array(bytes.buffer);
  if (!values.every(Number.isFinite)) throw new Error('The weights of this run are not all finite numbers.');
  return { ...rest, weights: values };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('This is not the file of a run: it is not JSON, or was cut off.');
  }
}
