import { hasArea } from '../../core/guidance/index.ts';
import { type Codec, clip, type Reading } from '../codecs.ts';
import { CONDITION, CONDITION_WORDS, checkCondition, NEW_CONDITION } from './check.ts';
import {
  type ClassCondition,
  type Condition,
  type FactorCondition,
  type KnownCondition,
  MOST_VERTICES,
} from './types.ts';

type OrNull = Condition | null;

/** A condition of a stage: `r_0.4_-0.2_0.25_0.25_0_exact` in a link; nothing for none. */
export const conditionCodec: Codec<OrNull> = {
  allowed: `null, or ${CONDITION_WORDS}`,
  format: (condition) => (condition === null ? '' : textsOf(condition).join('_')),
  parse(text, name): Reading<OrNull> {
    if (text === '') return { value: null, warnings: [] };
    const [kind, ...texts] = text.split('_');
    const warnings: string[] = [];
    const read: Read = (codec, at, what, fallback) => {
      const reading = codec.parse(texts[at] ?? '', `${name}, ${what}`, fallback);
      warnings.push(...reading.warnings);
      return reading.value;
    };
    if (kind === 'r') return { value: readFactor(read), warnings };
    if (kind === 'known') return { value: readKnown(read), warnings };
    if (kind === 'class') return { value: readClass(read), warnings };
    if (kind === 'region') return readRegion(texts, name, read, warnings);
    return {
      value: null,
      warnings: [`${name} = ${clip(text)} is none of r, known, class and region; left out.`],
    };
  },
  check: (value, path) => (value === null ? null : rounded(checkCondition(value, path))),
};

type Read = <T>(codec: Codec<T>, at: number, what: string, fallback: T) => T;

/** In the order in which they are read below. */
function textsOf(condition: Condition): readonly string[] {
  const { coordinate, sd, turn, angle, scale } = CONDITION;
  switch (condition.kind) {
    case 'r':
      return [
        'r',
        ...condition.centre.map(coordinate.format),
        ...condition.sd.map(sd.format),
        turn.format(condition.angle),
        condition.way,
      ];
    case 'known': {
      const { value, way, repeats } = condition;
      return ['known', angle.format(condition.angle), coordinate.format(value), way, String(repeats)];
    }
    case 'region':
      return ['region', ...condition.outline.flat().map(coordinate.format), condition.way];
    case 'class': {
      const { index, way, algorithm, at } = condition;
      return ['class', String(index), scale.format(condition.scale), way, String(algorithm), at];
    }
  }
}

function readRegion(
  texts: readonly string[],
  name: string,
  read: Read,
  warnings: readonly string[],
): Reading<OrNull> {
  const n = Math.floor((texts.length - 1) / 2);
  const outline = Array.from(
    { length: n },
    (_, k) =>
      [
        read(CONDITION.coordinate, 2 * k, `x of vertex ${k + 1}`, 0),
        read(CONDITION.coordinate, 2 * k + 1, `y of vertex ${k + 1}`, 0),
      ] as const,
  );
  const way = read(CONDITION.region, 2 * n, 'way', NEW_CONDITION.region.way);
  if (n >= 3 && n <= MOST_VERTICES && hasArea(outline))
    return { value: { kind: 'region', outline, way }, warnings };
  const problem = `${name}: an outline needs 3 to ${MOST_VERTICES} vertices around an area; left out.`;
  return { value: null, warnings: [...warnings, problem] };
}

function readFactor(read: Read): FactorCondition {
  const { centre, sd, angle, way } = NEW_CONDITION.r;
  return {
    kind: 'r',
    centre: [
      read(CONDITION.coordinate, 0, 'centre x', centre[0]),
      read(CONDITION.coordinate, 1, 'centre y', centre[1]),
    ],
    sd: [read(CONDITION.sd, 2, 'deviation', sd[0]), read(CONDITION.sd, 3, 'second deviation', sd[1])],
    angle: read(CONDITION.turn, 4, 'angle', angle),
    way: read(CONDITION.r, 5, 'way', way),
  };
}

function readKnown(read: Read): KnownCondition {
  const { angle, value, way, repeats } = NEW_CONDITION.known;
  return {
    kind: 'known',
    angle: read(CONDITION.angle, 0, 'angle', angle),
    value: read(CONDITION.coordinate, 1, 'known value', value),
    way: read(CONDITION.known, 2, 'way', way),
    repeats: read(CONDITION.repeats, 3, 'repeats U', repeats),
  };
}

function readClass(read: Read): ClassCondition {
  const { index, scale, way, algorithm, at } = NEW_CONDITION.class;
  return {
    kind: 'class',
    index: read(CONDITION.index, 0, 'class', index),
    scale: read(CONDITION.scale, 1, 'scale', scale),
    way: read(CONDITION.class, 2, 'way', way),
    algorithm: read(CONDITION.algorithm, 3, 'algorithm', String(algorithm) as '2') === '1' ? 1 : 2,
    at: read(CONDITION.at, 4, 'gradient at', at),
  };
}

/** As a link carries it. */
function rounded(condition: Condition): Condition {
  return conditionCodec.parse(conditionCodec.format(condition), '', null).value ?? condition;
}
