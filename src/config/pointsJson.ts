import * as v from 'valibot';
import { POINTS_FORMATS, PointsFileError, rejectRows } from './pointsFileError.ts';

const PairList = v.array(v.tuple([v.pipe(v.number(), v.finite()), v.pipe(v.number(), v.finite())]));
const XyList = v.array(v.object({ x: v.pipe(v.number(), v.finite()), y: v.pipe(v.number(), v.finite()) }));
const PointsObject = v.object({ points: v.array(v.unknown()) });

/**
 * [[x, y], …], [{"x": …, "y": …}, …] or {"points": either}, interleaved.
 * @throws PointsFileError naming the point, or the line of a syntax error
 */
export function readPointsJson(content: string, fileName: string): number[] {
  const parsed = parseJson(content, fileName);
  const wrapped = v.safeParse(PointsObject, parsed);
  const list = wrapped.success ? wrapped.output.points : parsed;
  if (!Array.isArray(list)) {
    throw new PointsFileError(`${fileName} holds no list of points.`, POINTS_FORMATS);
  }
  if (list.length === 0) throw new PointsFileError(`${fileName} is empty.`, POINTS_FORMATS);
  rejectRows(list.length, fileName);
  const first: unknown = list[0];
  if (Array.isArray(first)) return readItems(PairList, list, fileName).flat();
  return readItems(XyList, list, fileName).flatMap(({ x, y }) => [x, y]);
}

function readItems<Item>(schema: v.GenericSchema<unknown, Item[]>, list: unknown, fileName: string): Item[] {
  const result = v.safeParse(schema, list, { abortEarly: true });
  if (result.success) return result.output;
  const key = result.issues[0].path?.[0]?.key;
  const place = typeof key === 'number' ? `${fileName}, point ${key + 1}` : fileName;
  throw new PointsFileError(`${place}: not two finite numbers (x, y).`, POINTS_FORMATS);
}

function parseJson(content: string, fileName: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not JSON';
    const position = /position (\d+)/.exec(reason)?.[1];
    const line = position === undefined ? null : content.slice(0, Number(position)).split('\n').length;
    const place = line === null ? fileName : `${fileName}, line ${line}`;
    throw new PointsFileError(`${place}: the JSON cannot be read (${reason}).`, POINTS_FORMATS);
  }
}
