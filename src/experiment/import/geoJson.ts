import type { Cell } from './cells.ts';
import { PointsFileError } from './pointsFileError.ts';

type Value = Cell | readonly Value[] | { readonly [key: string]: Value };
type Item = { readonly [key: string]: Value };

const KINDS = ['FeatureCollection', 'Feature', 'GeometryCollection', 'Point', 'MultiPoint'];
const asList = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);
const asItem = (value: Value | undefined): Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Item) : {};

/** Whether an object is GeoJSON (RFC 7946) that may hold points. */
export const isGeoJson = (value: Item): boolean => KINDS.includes(String(value.type));

/**
 * Longitude, latitude and the plain properties of every point.
 * @throws PointsFileError when there is none
 */
export function geoPoints(value: Item, fileName: string): readonly Item[] {
  const points: Item[] = [];
  collect(value, {}, points);
  if (points.length > 0) return points;
  throw new PointsFileError(`${fileName} is GeoJSON without points.`, 'Give Point or MultiPoint geometries.');
}

function collect(value: Item, properties: Item, points: Item[]): void {
  const add = (position: Value) => {
    const [longitude, latitude] = asList(position);
    points.push({ longitude: longitude ?? null, latitude: latitude ?? null, ...properties });
  };
  if (value.type === 'FeatureCollection') {
    for (const feature of asList(value.features)) collect(asItem(feature), {}, points);
  } else if (value.type === 'Feature') collect(asItem(value.geometry), asItem(value.properties), points);
  else if (value.type === 'GeometryCollection') {
    for (const geometry of asList(value.geometries)) collect(asItem(geometry), properties, points);
  } else if (value.type === 'Point') add(value.coordinates ?? null);
  else if (value.type === 'MultiPoint') for (const position of asList(value.coordinates)) add(position);
}
