import type { PointsTable } from './pointsTableCodec.ts';

/** Points that are too many, or too far, for a link; known by a key that follows from what they are. */
export interface OwnData {
  readonly key: string;
  /** [n][2] data units. */
  readonly points: Float64Array;
  readonly table: PointsTable;
}

/**
 * The data that this page or worker has at hand. A key never stands for other points, so that an experiment can carry
 * the key alone through links, histories and messages.
 */
const atHand = new Map<string, OwnData>();

/** More than the way back of an afternoon; the page reads older ones from the device again. */
const MAX_AT_HAND = 32;

/** Makes data known by their key. */
export function keepAtHand(data: OwnData): OwnData {
  atHand.delete(data.key);
  atHand.set(data.key, data);
  if (atHand.size > MAX_AT_HAND) atHand.delete(atHand.keys().next().value!);
  return data;
}

/** The data of a key, or null where they are not at hand. */
export const ownData = (key: string): OwnData | null => atHand.get(key) ?? null;

/** A key is a hash of 64 bits in hexadecimal digits. */
export const isDataKey = (text: string): boolean => /^[0-9a-f]{16}$/.test(text);

/** Data with the key that belongs to them. */
export function keyed(points: Float64Array, table: PointsTable): OwnData {
  const { buffer, byteOffset, byteLength } = points;
  const text = new TextEncoder().encode(JSON.stringify(table));
  const parts = [new Uint8Array(buffer, byteOffset, byteLength), text];
  return { key: hash(parts, 0x811c9dc5) + hash(parts, 0x9747b28c), points, table };
}

/** 32 bits of the bytes (Appleby's Murmur mixing, a byte at a time), in hexadecimal. */
function hash(parts: readonly Uint8Array[], seed: number): string {
  let value = seed;
  for (const bytes of parts) {
    for (const byte of bytes) value = Math.imul(value ^ byte, 0x5bd1e995) ^ (value >>> 15);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return ((value ^ (value >>> 13)) >>> 0).toString(16).padStart(8, '0');
}
