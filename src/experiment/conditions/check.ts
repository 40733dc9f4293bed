import { hasArea } from '../../core/guidance/index.ts';
import { type ChoiceCodec, choiceCodec, integerCodec, type NumberCodec, numberCodec } from '../codecs.ts';
import { ConfigError, show } from '../errors.ts';
import { MAX_CLASSES } from '../pointsTableCodec.ts';
import {
  CLASS_WAYS,
  type ClassCondition,
  type Condition,
  ellipseOf,
  FACTOR_WAYS,
  type FactorCondition,
  KNOWN_WAYS,
  type KnownCondition,
  MOST_VERTICES,
  REGION_WAYS,
  type RegionCondition,
} from './types.ts';

/** What each number and choice of a condition takes: for links, programs and controls. */
export const CONDITION = {
  coordinate: numberCodec(-100, 100, { decimals: 3 }),
  sd: numberCodec(0.01, 100, { decimals: 3, logarithmic: true }),
  /** Of an ellipse. */
  turn: numberCodec(0, 180, { decimals: 2 }),
  /** Of a direction. */
  angle: numberCodec(0, 360, { decimals: 2 }),
  repeats: integerCodec(1, 10),
  index: integerCodec(1, MAX_CLASSES),
  scale: numberCodec(0, 10, { decimals: 2 }),
  algorithm: choiceCodec(['1', '2']),
  at: choiceCodec(['mean', 'x']),
  r: choiceCodec(FACTOR_WAYS),
  known: choiceCodec(KNOWN_WAYS),
  class: choiceCodec(CLASS_WAYS),
  region: choiceCodec(REGION_WAYS),
} as const satisfies Readonly<Record<string, NumberCodec | ChoiceCodec<string>>>;

/** What a condition begins as, before a person changes it. */
export const NEW_CONDITION = {
  r: { kind: 'r', centre: [0, 0], sd: [0.5, 0.5], angle: 0, way: 'exact' },
  known: { kind: 'known', angle: 0, value: 0, way: 'exact', repeats: 5 },
  class: { kind: 'class', index: 1, scale: 1, way: 'exact', algorithm: 2, at: 'mean' },
  region: {
    kind: 'region',
    outline: [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ],
    way: 'exact',
  },
} as const satisfies { readonly [K in Condition['kind']]: Extract<Condition, { kind: K }> };

export const CONDITION_WORDS =
  "{ kind: 'r', centre, sd | covariance }, { kind: 'known', direction: [ux, uy], value }, { kind: 'class', index, scale } or { kind: 'region', outline: [[x, y], …] }, each with its way";

type Given = Readonly<Record<string, unknown>>;

/**
 * A condition that a program gives, with what it leaves out filled in and directions and covariances as angles and axes.
 * @throws ConfigError naming the number at fault
 */
export function checkCondition(value: unknown, path = 'condition'): Condition {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ConfigError(path, `= ${show(value)} is not an object`, CONDITION_WORDS);
  }
  const given: Given = Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
  switch (given.kind) {
    case 'r':
      return checkFactor(given, path);
    case 'known':
      return checkKnown(given, path);
    case 'class':
      return checkClass(given, path);
    case 'region':
      return checkRegion(given, path);
    default:
      throw new ConfigError(
        `${path}.kind`,
        `= ${show(given.kind)} is unknown`,
        'one of r, known, class, region',
      );
  }
}

function checkFactor(given: Given, path: string): FactorCondition {
  allowOnly(given, path, ['kind', 'centre', 'sd', 'covariance', 'angle', 'way']);
  const centre = checkPair(given.centre, `${path}.centre`, CONDITION.coordinate);
  return { kind: 'r', centre, ...checkEllipse(given, path), way: wayOf(given, path, CONDITION.r) };
}

function checkEllipse(given: Given, path: string): Pick<FactorCondition, 'sd' | 'angle'> {
  const { sd, covariance, angle } = given;
  if ((sd === undefined) === (covariance === undefined)) {
    throw new ConfigError(
      path,
      'needs one of sd and covariance',
      'sd, a number or two, or covariance: [xx, xy, yy]',
    );
  }
  if (covariance !== undefined) return checkCovariance(covariance, `${path}.covariance`);
  const turn = angle === undefined ? 0 : CONDITION.turn.check(angle, `${path}.angle`);
  if (Array.isArray(sd)) return { sd: checkPair(sd, `${path}.sd`, CONDITION.sd), angle: turn };
  const both = CONDITION.sd.check(sd, `${path}.sd`);
  return { sd: [both, both], angle: turn };
}

function checkCovariance(value: unknown, path: string): Pick<FactorCondition, 'sd' | 'angle'> {
  const allowed = `[xx, xy, yy] of a positive definite matrix, with deviations from ${CONDITION.sd.min} to ${CONDITION.sd.max}`;
  const flat: unknown = isMatrix(value) ? [value[0][0], value[0][1], value[1][1]] : value;
  if (!Array.isArray(flat) || flat.length !== 3 || !flat.every(Number.isFinite)) {
    throw new ConfigError(path, `= ${show(value)} is not a covariance`, allowed);
  }
  const ellipse = ellipseOf(flat as unknown as readonly [number, number, number]);
  const { min, max } = CONDITION.sd;
  if (!ellipse.sd.every((sd) => sd >= min && sd <= max)) {
    throw new ConfigError(path, `= [${flat.join(', ')}] is singular, or too small or large`, allowed);
  }
  return { sd: ellipse.sd, angle: ellipse.angle };
}

/** [[xx, xy], [xy, yy]] */
function isMatrix(
  value: unknown,
): value is readonly [readonly [unknown, unknown], readonly [unknown, unknown]] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((row) => Array.isArray(row) && row.length === 2) &&
    value[0][1] === value[1][0]
  );
}

function checkKnown(given: Given, path: string): KnownCondition {
  allowOnly(given, path, ['kind', 'direction', 'angle', 'value', 'way', 'repeats']);
  const { repeats = NEW_CONDITION.known.repeats } = given;
  return {
    kind: 'known',
    angle: checkDirection(given, path),
    value: CONDITION.coordinate.check(given.value, `${path}.value`),
    way: wayOf(given, path, CONDITION.known),
    repeats: CONDITION.repeats.check(repeats, `${path}.repeats`),
  };
}

function checkDirection({ direction, angle }: Given, path: string): number {
  if (direction !== undefined && angle !== undefined) {
    throw new ConfigError(
      path,
      'has both direction and angle',
      'one of them: direction [ux, uy], or angle in degrees',
    );
  }
  if (direction === undefined) return CONDITION.angle.check(angle ?? 0, `${path}.angle`);
  const [ux, uy] = checkPair(direction, `${path}.direction`, CONDITION.coordinate);
  if (Math.abs(Math.hypot(ux, uy) - 1) > 0.01) {
    throw new ConfigError(
      `${path}.direction`,
      `= [${ux}, ${uy}] is no unit vector`,
      '[ux, uy] of length 1, such as [1, 0] for x',
    );
  }
  const raw = direction as readonly [number, number];
  return ((Math.atan2(raw[1], raw[0]) * 180) / Math.PI + 360) % 360;
}

function checkClass(given: Given, path: string): ClassCondition {
  allowOnly(given, path, ['kind', 'index', 'scale', 'way', 'algorithm', 'at']);
  const { scale = 1, algorithm = 2, at = 'mean' } = given;
  return {
    kind: 'class',
    index: CONDITION.index.check(given.index, `${path}.index`),
    scale: CONDITION.scale.check(scale, `${path}.scale`),
    way: wayOf(given, path, CONDITION.class),
    algorithm: CONDITION.algorithm.check(String(algorithm), `${path}.algorithm`) === '1' ? 1 : 2,
    at: CONDITION.at.check(at, `${path}.at`),
  };
}

function checkRegion(given: Given, path: string): RegionCondition {
  allowOnly(given, path, ['kind', 'outline', 'way']);
  const { outline } = given;
  const allowed = `a list of 3 to ${MOST_VERTICES} points [x, y] around an area`;
  if (!Array.isArray(outline) || outline.length < 3 || outline.length > MOST_VERTICES) {
    const problem = Array.isArray(outline)
      ? `has ${outline.length} vertices`
      : `= ${show(outline)} is not a list`;
    throw new ConfigError(`${path}.outline`, problem, allowed);
  }
  const vertices = outline.map((vertex: unknown, k) =>
    checkPair(vertex, `${path}.outline[${k}]`, CONDITION.coordinate),
  );
  if (!hasArea(vertices)) throw new ConfigError(`${path}.outline`, 'has no area', allowed);
  return { kind: 'region', outline: vertices, way: wayOf(given, path, CONDITION.region) };
}

const wayOf = <W extends string>({ way }: Given, path: string, codec: ChoiceCodec<W>): W =>
  codec.check(way ?? codec.choices[0], `${path}.way`);

function allowOnly(given: Given, path: string, keys: readonly string[]): void {
  const unknown = Object.keys(given).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new ConfigError(`${path}.${unknown}`, 'is unknown', keys.join(', '));
}

function checkPair(value: unknown, path: string, codec: NumberCodec): readonly [number, number] {
  if (!Array.isArray(value) || value.length !== 2) {
    throw new ConfigError(path, `= ${show(value)} is not a pair`, `two of ${codec.allowed}`);
  }
  return [codec.check(value[0], `${path}[0]`), codec.check(value[1], `${path}[1]`)];
}
