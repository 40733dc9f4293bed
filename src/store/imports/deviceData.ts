import { createStore, delMany, entries, get, set } from 'idb-keyval';
import * as v from 'valibot';
import { FIELDS } from '../../experiment/fields.ts';
import { isDataKey, keepAtHand, keyed, type OwnData, ownData } from '../../experiment/ownData.ts';
import { pointsTableCodec } from '../../experiment/pointsTableCodec.ts';

/** Data sets kept on the device; the oldest give way. */
const MAX_KEPT = 30;
/** A device that does not answer must not keep the page from starting, */
const PATIENCE_MS = 1500;
/** and what it has not kept by now it does not keep. */
const KEEPING_MS = 5000;

const Kept = v.object({ points: v.instance(Float64Array), table: v.unknown(), kept: v.number() });

/** Opened at the first use: where storage is blocked, opening throws. */
const open = () => createStore('diffusion-playground', 'data');

/**
 * Keeps data on this device, so that links with their key open again after the page was closed.
 * @throws an Error where storage is blocked, full, or does not answer
 */
export function keepOnDevice(data: OwnData): Promise<void> {
  const late = new Promise<void>((_, reject) => {
    setTimeout(reject, KEEPING_MS, new Error('The storage of this browser does not answer.'));
  });
  return Promise.race([put(data), late]);
}

async function put({ key, points, table }: OwnData): Promise<void> {
  const store = open();
  await set(key, { points, table, kept: Date.now() }, store);
  const all = await entries<string, { readonly kept: number }>(store);
  const oldest = all.toSorted(([, a], [, b]) => b.kept - a.kept).slice(MAX_KEPT);
  await delMany(
    oldest.map(([old]) => old),
    store,
  );
}

/** The key of own data in a link; null where it names none. */
export function dataKeyOf(search: string): string | null {
  const key = new URLSearchParams(search).get(FIELDS.customData.urlKey);
  return key !== null && isDataKey(key) ? key : null;
}

/** Whether a link names no data, or such as are at hand. */
export function dataIsAtHand(search: string): boolean {
  const key = dataKeyOf(search);
  return key === null || ownData(key) !== null;
}

/** Brings the data that a link names to hand, if this device has them; resolves whatever happens. */
export async function fetchLinkedData(search: string): Promise<void> {
  const key = dataKeyOf(search);
  if (key === null || ownData(key) !== null) return;
  const late = new Promise<void>((resolve) => {
    setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([fetchFromDevice(key), late]);
}

async function fetchFromDevice(key: string): Promise<void> {
  try {
    const kept = v.safeParse(Kept, await get(key, open()));
    if (!kept.success) return;
    const data = keyed(kept.output.points, pointsTableCodec.check(kept.output.table, 'table'));
    if (data.key === key) keepAtHand(data);
  } catch {
    // Storage is blocked: the link's own warning says that the data are not here.
  }
}
