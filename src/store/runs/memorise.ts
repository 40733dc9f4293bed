import { integerCodec } from '../../experiment/codecs.ts';
import { ConfigError, show } from '../../experiment/errors.ts';
import { FIELDS } from '../../experiment/fields.ts';
import type { MemorisationRequest, MemorisationRow } from '../../protocol/studies.ts';
import { fieldsOf } from '../apiRequests.ts';
import type { Playground } from '../playgroundStore.ts';
import { runStudy, type StudyOptions } from '../studies.ts';
import type { Runs } from './runs.ts';

/** What is trained and measured, where nobody says otherwise. */
export const MEMORISATION: MemorisationRequest = {
  sizes: [5, 20, 100, 1000, 10_000],
  trainSteps: 3000,
  n: 1000,
  seed: 1,
};

const N_TRAINED = integerCodec(1, 100_000);
const N_SAMPLES = integerCodec(100, 10_000);
const MOST_SIZES = 20;

/** @throws ConfigError that names the field at fault */
export function checkMemorisation(request: unknown): MemorisationRequest {
  const fields = fieldsOf(request, 'memorise', Object.keys(MEMORISATION));
  const checked = <K extends 'trainSteps' | 'n' | 'seed'>(
    name: K,
    check: (value: unknown, path: string) => number,
  ) => (fields.has(name) ? check(fields.get(name), name) : MEMORISATION[name]);
  return {
    sizes: fields.has('sizes') ? sizesOf(fields.get('sizes')) : MEMORISATION.sizes,
    trainSteps: checked('trainSteps', N_TRAINED.check),
    n: checked('n', N_SAMPLES.check),
    seed: checked('seed', FIELDS.seed.codec.check),
  };
}

function sizesOf(value: unknown): readonly number[] {
  const allowed = `a list of 1 to ${MOST_SIZES}, each ${FIELDS.nPoints.codec.allowed}`;
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_SIZES) {
    throw new ConfigError('sizes', `= ${show(value)}`, allowed);
  }
  return value.map((size: unknown, i) => FIELDS.nPoints.codec.check(size, `sizes[${i}]`));
}

/** A row as programs get it: its model is a run. */
export type KeptRow = Omit<MemorisationRow, 'weights' | 'curve'> & { readonly run: string };

/** Trains on each number of points and keeps each model as a run, also of those that were trained before it was ended. */
export async function memorise(
  { engine, store, settled }: Pick<Playground, 'engine' | 'store' | 'settled'>,
  runs: Runs,
  request: MemorisationRequest,
  { onProgress, signal }: Pick<StudyOptions<'memorisation'>, 'signal' | 'onProgress'> = {},
): Promise<{ readonly rows: readonly KeptRow[] }> {
  await settled();
  const { config } = store.getState();
  const keeping: Promise<KeptRow>[] = [];
  const keep = (rows: readonly MemorisationRow[]) => {
    for (const row of rows.slice(keeping.length)) {
      const { weights: _, curve: __, ...numbers } = row;
      const kept = runs.keepTrained({ ...config, nPoints: row.nPoints }, row);
      keeping.push(kept.then(({ id }) => ({ ...numbers, run: id })));
    }
  };
  const heard: StudyOptions<'memorisation'>['onProgress'] = (progress) => {
    keep(progress.result?.rows ?? []);
    onProgress?.(progress);
  };
  const { rows } = await runStudy(engine, 'memorisation', request, {
    ...(signal && { signal }),
    onProgress: heard,
  });
  keep(rows);
  return { rows: await Promise.all(keeping) };
}
