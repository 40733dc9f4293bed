import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { darknessOf, inverted, pointsOfDarkness } from '../../src/experiment/import/darkness.ts';
import { PointsFileError } from '../../src/experiment/import/pointsFileError.ts';
import { keepAtHand, keyed, ownData } from '../../src/experiment/ownData.ts';
import { PLAIN_TABLE } from '../../src/experiment/pointsTableCodec.ts';
import { fetchLinkedData, isAtHand, keepOnDevice } from '../../src/store/imports/deviceData.ts';
import { experimentText, readExperiment } from '../../src/store/imports/experimentFile.ts';

const some = (n: number, seed: number) => {
  const rng = createRng(seed);
  return Float64Array.from({ length: 2 * n }, () => rng.normal());
};

describe('data on the device', () => {
  it('come back by the key in a link, when they are no longer at hand', async () => {
    const data = keyed(some(2000, 1), { ...PLAIN_TABLE, names: ['height', 'weight'] });
    await keepOnDevice(data);
    expect(isAtHand(`?d=custom&xd=${data.key}`)).toBe(false);
    await fetchLinkedData(`?d=custom&xd=${data.key}`);
    expect(ownData(data.key)).toEqual(data);
    expect(isAtHand(`?d=custom&xd=${data.key}`)).toBe(true);
  });

  it('that are not there leave the link to say so', async () => {
    await fetchLinkedData('?d=custom&xd=0123456789abcdef');
    expect(ownData('0123456789abcdef')).toBeNull();
  });

  it('have keys of their own, whatever little differs', () => {
    const keys = new Set<string>();
    const points = some(50, 2);
    for (let i = 0; i < points.length; i++)
      keys.add(keyed(points.with(i, points[i]! + 1e-12), PLAIN_TABLE).key);
    keys.add(keyed(points, PLAIN_TABLE).key);
    keys.add(keyed(points, { ...PLAIN_TABLE, names: ['a', 'b'] }).key);
    expect(keys.size).toBe(102);
  });
});

describe('an experiment in a file', () => {
  it('holds every setting and point, to the bit', async () => {
    const data = keepAtHand(keyed(some(1500, 3), PLAIN_TABLE));
    const config = { ...defaultConfig, dataset: 'custom', customData: data.key, width: 32 };
    const read = await readExperiment(new Blob([experimentText(config)]), 'a.json');
    expect(read).toEqual({ config, warnings: [] });
  });

  it('is told from points, and refused when damaged', async () => {
    expect(await readExperiment(new Blob(['[[1,2],[3,4]]']), 'a.json')).toBeNull();
    const cut = new Blob([experimentText(defaultConfig).slice(0, -9)]);
    await expect(readExperiment(cut, 'a.json')).rejects.toThrow(PointsFileError);
  });
});

describe('a picture', () => {
  /** [height][width] shades of grey, 0 black, to pixels. */
  const pixels = (greys: readonly number[], opacity = 255) =>
    greys.flatMap((grey) => [grey, grey, grey, opacity]);

  it('gives points as dense as it is dark, in its own shape', () => {
    // 4 × 2: black, grey, white, black above; white below.
    const picture = darknessOf(pixels([0, 127.5, 255, 0, 255, 255, 255, 255]), 4, 2);
    const n = 5000;
    const points = pointsOfDarkness(picture, n, createRng(1), 'a.png');
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < points.length; i += 2) {
      counts[Math.floor((points[i]! + 3) / 1.5)]! += 1;
      expect(points[i + 1]).toBeGreaterThanOrEqual(0);
      expect(points[i + 1]).toBeLessThanOrEqual(1.5);
    }
    expect(counts).toEqual([2000, 1000, 0, 2000]);
  });

  it('is empty where it is transparent, and can be light on dark', () => {
    const clear = darknessOf(pixels([0, 0, 0, 0], 0), 2, 2);
    expect(() => pointsOfDarkness(clear, 100, createRng(1), 'a.png')).toThrow('a.png is an empty picture');
    const dark = darknessOf(pixels([0, 0, 0, 255]), 2, 2);
    expect(dark.mostlyDark).toBe(true);
    const points = pointsOfDarkness(inverted(dark), 400, createRng(1), 'a.png');
    for (let i = 0; i < points.length; i += 2) {
      expect(points[i]).toBeGreaterThanOrEqual(0);
      expect(points[i + 1]).toBeLessThanOrEqual(0);
    }
  });

  it('gives the same points for the same seed', () => {
    const picture = darknessOf(pixels([0, 127, 200, 30]), 2, 2);
    const draw = (seed: number) => pointsOfDarkness(picture, 300, createRng(seed), 'a.png');
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});
