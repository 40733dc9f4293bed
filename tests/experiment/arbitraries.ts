import * as fc from 'fast-check';
import { hasArea } from '../../src/core/guidance/index.ts';
import type { Codec, NumberCodec } from '../../src/experiment/codecs.ts';
import { CONDITION } from '../../src/experiment/conditions/check.ts';
import { conditionCodec } from '../../src/experiment/conditions/codec.ts';
import {
  CLASS_WAYS,
  FACTOR_WAYS,
  KNOWN_WAYS,
  MOST_VERTICES,
  REGION_WAYS,
} from '../../src/experiment/conditions/types.ts';
import { CURVE_LEVELS, curveCodec, MAX_CURVE_POINTS } from '../../src/experiment/curveCodec.ts';
import { dataKeyCodec } from '../../src/experiment/dataKeyCodec.ts';
import type { FieldName } from '../../src/experiment/field.ts';
import { CUSTOM_DATASET, defaultConfig, field, fieldNames } from '../../src/experiment/fields.ts';
import { normalizeConfig } from '../../src/experiment/normalize.ts';
import { keepAtHand, keyed } from '../../src/experiment/ownData.ts';
import { parameterCodecs, parametersCodec } from '../../src/experiment/parametersCodec.ts';
import { pointsCodec } from '../../src/experiment/pointsCodec.ts';
import { PLAIN_TABLE, pointsTableCodec } from '../../src/experiment/pointsTableCodec.ts';
import { MAX_STAGES, stagesCodec } from '../../src/experiment/stagesCodec.ts';
import { comparisonTextsCodec, worldTextsCodec } from '../../src/experiment/textsCodec.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { ASKED_CLASS } from '../../src/views/classes.ts';
import { type StageConfig, views } from '../../src/views/index.ts';
import { LAYERS } from '../../src/views/layers.ts';
import { stageNumberCodecs, stageNumbersCodec } from '../../src/views/reverse/parameters.ts';
import { tauCodec } from '../../src/views/reverse/tauCodec.ts';
import { SHOWN_RUN } from '../../src/views/shownRun.ts';
import type { Part } from '../../src/views/types.ts';

/** A generator of valid values, read off a codec itself, so that a new field is tested unasked. */
export function valuesOf(codec: Codec<never>, fallback: unknown): fc.Arbitrary<unknown> {
  if (Object.is(codec, stagesCodec)) return fc.array(stages, { minLength: 1, maxLength: MAX_STAGES });
  if (Object.is(codec, pointsCodec)) {
    return fc.array(fc.tuple(coordinate, coordinate), { maxLength: 1000 }).map((points) => points.flat());
  }
  if (Object.is(codec, pointsTableCodec)) return tables;
  if (Object.is(codec, dataKeyCodec)) return fc.constantFrom('', KEPT.key);
  if (Object.is(codec, parametersCodec)) return parameters;
  if (Object.is(codec, curveCodec)) return curves;
  if ('min' in codec && 'max' in codec) {
    const { min, max, integer } = codec as unknown as { min: number; max: number; integer: boolean };
    return integer ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
  }
  if ('ordered' in codec) return fc.shuffledSubarray([...(codec.ordered as readonly string[])]);
  if ('choices' in codec) {
    const choices = codec.choices as readonly string[];
    return Array.isArray(fallback) ? fc.subarray([...choices]) : fc.constantFrom(...choices);
  }
  return fc.boolean();
}

const parameters = fc.record(
  Object.fromEntries(
    Array.from(parameterCodecs, ([key, { min, max, integer }]) => [
      key,
      integer ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true }),
    ]),
  ),
  { requiredKeys: [] },
);

const levels = (n: number) =>
  fc.uniqueArray(fc.integer({ min: 1, max: CURVE_LEVELS - 1 }), { minLength: n, maxLength: n });

/** Falling curves on the lattice that end at t = 1. */
const curves = fc
  .integer({ min: 1, max: MAX_CURVE_POINTS })
  .chain((n) => fc.tuple(levels(n - 1), levels(n)))
  .map(([times, values]) => {
    times.sort((a, b) => a - b).push(CURVE_LEVELS);
    values.sort((a, b) => b - a);
    return times.flatMap((time, k) => [time / CURVE_LEVELS, values[k]! / CURVE_LEVELS]);
  });

/** Data that are at hand, so that a key may stand for them. */
const KEPT = keepAtHand(keyed(Float64Array.of(0, 0, 1, 1, 2, 0), PLAIN_TABLE));

const plain = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0);
const positive = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
const word = fc.string({ maxLength: 20 });
const tables = fc
  .record({
    names: fc.tuple(word, word),
    centre: fc.tuple(plain, plain),
    scale: fc.tuple(positive, positive),
    classes: fc.oneof(fc.constant([]), fc.array(word, { minLength: 2, maxLength: 10 })),
    extra: fc.array(fc.nat(9), { maxLength: 30 }),
  })
  .map(({ extra, ...table }) => {
    const n = table.classes.length;
    const labels = n === 0 ? [] : [...table.classes.keys(), ...extra.map((label) => label % n)];
    return { ...table, labels };
  });

const coordinate = fc.double({ min: -8, max: 8, noNaN: true });

const askedClass = fc.integer({ min: 0, max: 8 });
const tau = fc
  .uniqueArray(fc.integer({ min: 1, max: 1000 }), { maxLength: 20 })
  .map((steps) => steps.sort((a, b) => a - b));
const stageNumbers = fc.record(
  Object.fromEntries(
    Array.from(stageNumberCodecs, ([name, { min, max, integer }]) => [
      name,
      integer ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true }),
    ]),
  ),
  { requiredKeys: [] },
);

const within = ({ min, max }: NumberCodec) => fc.double({ min, max, noNaN: true });
const pair = (codec: NumberCodec) => fc.tuple(within(codec), within(codec));
const conditions = fc.oneof(
  fc.constant(null),
  fc.record({
    kind: fc.constant('r'),
    centre: pair(CONDITION.coordinate),
    sd: pair(CONDITION.sd),
    angle: within(CONDITION.turn),
    way: fc.constantFrom(...FACTOR_WAYS),
  }),
  fc.record({
    kind: fc.constant('region'),
    outline: fc
      .array(pair(CONDITION.coordinate), { minLength: 3, maxLength: MOST_VERTICES })
      .map((outline) =>
        outline.map(
          (vertex) => vertex.map((value) => CONDITION.coordinate.check(value, '')) as [number, number],
        ),
      )
      .filter(hasArea),
    way: fc.constantFrom(...REGION_WAYS),
  }),
  fc.record({
    kind: fc.constant('known'),
    angle: within(CONDITION.angle),
    value: within(CONDITION.coordinate),
    way: fc.constantFrom(...KNOWN_WAYS),
    repeats: fc.integer({ min: 1, max: 10 }),
  }),
  fc.record({
    kind: fc.constant('class'),
    index: fc.integer({ min: 1, max: 8 }),
    scale: within(CONDITION.scale),
    way: fc.constantFrom(...CLASS_WAYS),
    algorithm: fc.constantFrom(1, 2),
    at: fc.constantFrom('mean', 'x'),
  }),
);

/** Valid values of a setting of a stage, read off its codec. */
function settingOf({ codec, fallback }: Part<unknown>): fc.Arbitrary<unknown> {
  if (Object.is(codec, tauCodec)) return tau;
  if (Object.is(codec, conditionCodec)) return conditions;
  if (Object.is(codec, stageNumbersCodec)) return stageNumbers;
  if (Object.is(codec, SHOWN_RUN.run.codec)) return word;
  if (Object.is(codec, ASKED_CLASS.ofClass.codec)) return askedClass;
  if (Array.isArray(fallback)) return fc.subarray(Object.keys(LAYERS));
  return valuesOf(codec as Codec<never>, fallback);
}

/** Stages of every view, a new one too. */
const stages = fc.oneof(
  ...views.map(({ kind, parts }) =>
    fc.record({
      kind: fc.constant(kind),
      ...Object.fromEntries(
        Object.entries<Part<unknown>>(parts).map(([name, part]) => [name, settingOf(part)]),
      ),
    }),
  ),
) as fc.Arbitrary<unknown> as fc.Arbitrary<StageConfig>;

/** Settings of a world, as links carry them. */
const worldTexts = fc.dictionary(
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,11}$/),
  fc.string({ maxLength: 30 }),
  {
    maxKeys: 4,
  },
);

/** Valid values of one field. */
export function fieldValues<K extends FieldName>(name: K): fc.Arbitrary<ExperimentConfig[K]> {
  const { codec, default: fallback } = field(name);
  const isTexts = Object.is(codec, worldTextsCodec) || Object.is(codec, comparisonTextsCodec);
  const values: fc.Arbitrary<unknown> = isTexts
    ? worldTexts
    : valuesOf(codec as unknown as Codec<never>, fallback);
  return values.map((value) => codec.check(value, name));
}

/** Valid experiments, some of them with custom points. */
export const configs: fc.Arbitrary<ExperimentConfig> = fc
  .tuple(
    fc.record(Object.fromEntries(fieldNames.map((name) => [name, fieldValues(name)]))),
    fc.subarray([...fieldNames]),
    fc.boolean(),
  )
  .map(([values, changed, custom]) => {
    const patch = Object.fromEntries(changed.map((name) => [name, values[name]]));
    const data = custom
      ? { dataset: CUSTOM_DATASET, customPoints: values.customPoints, customTable: values.customTable }
      : {};
    return normalizeConfig({ ...defaultConfig, ...patch, ...data } as ExperimentConfig).config;
  });
