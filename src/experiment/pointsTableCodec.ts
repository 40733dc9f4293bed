import * as v from 'valibot';
import type { Codec } from './codecs.ts';
import { ConfigError, show } from './errors.ts';

/** Classes that a network is taught at most. */
export const MAX_CLASSES = 10;
const MAX_NAME = 60;

/** What a file says of its points besides the points: data units = (file − centre)·scale on each axis. */
export interface PointsTable {
  /** The columns' names. */
  readonly names: readonly [x: string, y: string];
  readonly centre: readonly [number, number];
  /** Above 0. */
  readonly scale: readonly [number, number];
  /** Names of the classes, 2 to 10, or none. */
  readonly classes: readonly string[];
  /** [n] the class 0…C−1 of each point; empty without classes. */
  readonly labels: readonly number[];
}

/** Of points that came from no file: drawn ones, for example. */
export const PLAIN_TABLE: PointsTable = {
  names: ['', ''],
  centre: [0, 0],
  scale: [1, 1],
  classes: [],
  labels: [],
};

const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0));
const name = v.pipe(v.string(), v.maxLength(MAX_NAME));
const Table = v.pipe(
  v.object({
    names: v.tuple([name, name]),
    centre: v.tuple([finite, finite]),
    scale: v.tuple([positive, positive]),
    classes: v.pipe(v.array(name), v.maxLength(MAX_CLASSES)),
    labels: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
  }),
  v.check(({ classes, labels }) => classes.length !== 1 && (classes.length > 1 || labels.length === 0)),
  v.check(({ classes, labels }) => labels.every((label) => label < classes.length)),
  v.check(({ classes, labels }) => classes.every((_, y) => labels.includes(y))),
);

const allowed =
  'names, centre and scale of the axes x and y, and 2 to 10 classes with the label of each point, or none';

/** A table in a link: its numbers and names, then one digit a label. */
export const pointsTableCodec: Codec<PointsTable> = {
  allowed,
  format(table) {
    if (isPlain(table)) return '';
    const { names, centre, scale, classes, labels } = table;
    return [...names, ...centre.map(String), ...scale.map(String), labels.join(''), ...classes]
      .map((part) => part.replaceAll('!', '!e').replaceAll('~', '!t'))
      .join('~');
  },
  parse(text, field) {
    const [nameX = '', nameY = '', cx, cy, sx, sy, digits = '', ...classes] = text
      .split('~')
      .map((part) => part.replaceAll('!t', '~').replaceAll('!e', '!'));
    const result = v.safeParse(Table, {
      names: [nameX, nameY],
      centre: [Number(cx), Number(cy)],
      scale: [Number(sx), Number(sy)],
      classes,
      labels: [...digits].map(Number),
    });
    if (result.success) return { value: result.output, warnings: [] };
    return {
      value: PLAIN_TABLE,
      warnings: text === '' ? [] : [`${field} in the link cannot be read; using none.`],
    };
  },
  check(value, path) {
    const result = v.safeParse(Table, value);
    if (result.success) return result.output;
    throw new ConfigError(path, `= ${show(value)} is not what a file says of its points`, allowed);
  },
};

const isPlain = ({ names, centre, scale, classes }: PointsTable) =>
  classes.length === 0 &&
  [0, 1].every(
    (axis) => names[axis as 0 | 1] === '' && centre[axis as 0 | 1] === 0 && scale[axis as 0 | 1] === 1,
  );

/** A name short enough for a table. */
export const shortName = (text: string): string =>
  text.length <= MAX_NAME ? text : `${text.slice(0, MAX_NAME - 1)}…`;
