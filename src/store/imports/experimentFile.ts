import * as v from 'valibot';
import { PointsFileError } from '../../experiment/import/pointsFileError.ts';
import { keepAtHand, keyed, ownData } from '../../experiment/ownData.ts';
import { pointsTableCodec } from '../../experiment/pointsTableCodec.ts';
import type { ExperimentConfig } from '../../experiment/types.ts';
import { decodeConfig, encodeConfig } from '../../experiment/url.ts';
import { keepOnDevice } from './deviceData.ts';

const FORMAT = 'diffusion-playground';

const Content = v.object({
  format: v.literal(FORMAT),
  version: v.literal(1),
  link: v.string(),
  data: v.nullable(
    v.object({
      points: v.pipe(
        v.array(v.pipe(v.number(), v.finite())),
        v.check((points) => points.length >= 6 && points.length % 2 === 0),
      ),
      table: v.unknown(),
    }),
  ),
});

/** An experiment as a file holds it: every setting, and the points too. */
export interface SavedExperiment {
  readonly config: ExperimentConfig;
  /** What of the file could not be followed. */
  readonly warnings: readonly string[];
}

/** The text of a file that holds the whole experiment: its link, and data that no link can carry. */
export function experimentText(config: ExperimentConfig): string {
  const data = ownData(config.customData);
  const content: v.InferInput<typeof Content> = {
    format: FORMAT,
    version: 1,
    link: `?${encodeConfig(config)}`,
    data: data && { points: Array.from(data.points), table: data.table },
  };
  return JSON.stringify(content);
}

/**
 * The experiment in a file, its data brought to hand and kept on this device; null where the file is of another kind.
 * @throws PointsFileError when it was such a file and is damaged
 */
export async function readExperiment(file: Blob, fileName: string): Promise<SavedExperiment | null> {
  const start = await file.slice(0, 200).text();
  if (!/^\s*\{\s*"format"\s*:\s*"diffusion-playground"/.test(start)) return null;
  try {
    const { link, data } = v.parse(Content, JSON.parse(await file.text()));
    if (data) {
      const table = pointsTableCodec.check(data.table, 'table');
      const kept = keepAtHand(keyed(Float64Array.from(data.points), table));
      // Where storage is blocked, the file itself is the copy.
      await keepOnDevice(kept).catch(() => undefined);
    }
    return decodeConfig(link);
  } catch {
    throw new PointsFileError(
      `${fileName} is a saved experiment that is damaged or of a newer version.`,
      'Save it again, or reload this page for its latest version.',
    );
  }
}
