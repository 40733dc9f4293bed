import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { ConfigError } from '../../src/experiment/errors.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { darknessOf, inverted, pointsOfDarkness } from '../../src/experiment/import/darkness.ts';
import { PointsFileError } from '../../src/experiment/import/pointsFileError.ts';
import { keepAtHand, keyed, ownData } from '../../src/experiment/ownData.ts';
import { PLAIN_TABLE } from '../../src/experiment/pointsTableCodec.ts';
import { dataIsAtHand, fetchLinkedData, keepOnDevice } from '../../src/store/imports/deviceData.ts';
import { experimentText, readExperiment } from '../../src/store/imports/experimentFile.ts';
import { createPageApi, type DiffusionPlaygroundApi } from '../../src/store/pageApi.ts';
import { createPlayground } from '../../src/store/playgroundStore.ts';
import { createFakeEngine } from './fakeEngine.ts';

const some = (n: number, seed: number) => {
  const rng = createRng(seed);
  return Float64Array.from({ length: 2 * n }, () => rng.normal());
};

describe('data on the device', () => {
  it('come back by the key in a link, when they are no longer at hand', async () => {
    const data = keyed(some(2000, 1), { ...PLAIN_TABLE, names: ['height', 'weight'] });
    await keepOnDevice(data);
    expect(dataIsAtHand(`?d=custom&xd=${data.key}`)).toBe(false);
    await fetchLinkedData(`?d=custom&xd=${data.key}`);
    expect(ownData(data.key)).toEqual(data);
    expect(dataIsAtHand(`?d=custom&xd=${data.key}`)).toBe(true);
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

describe('the choices of a program', () => {
  const text = 'a,b,c\n1,2,5\n2,3,7\n3,1,6\n';
  const begin = () => {
    const playground = createPlayground(createFakeEngine(), {
      frame: () => Promise.resolve(),
      autoTrain: false,
    });
    return createPageApi(playground);
  };
  const refusal = (api: DiffusionPlaygroundApi, choices: unknown) =>
    (api.importPoints as (file: string, choices: unknown) => Promise<unknown>)(text, choices).then(
      () => null,
      (error: unknown) => error,
    );

  it.each([
    [{ foo: 1 }, 'foo', 'foo is unknown; allowed: x, y, class,'],
    [{ seed: -1 }, 'seed', 'seed = -1 is below 0; allowed: a whole number from 0'],
    ['x', 'choices', 'choices = "x" is not an object; allowed: an object of x, y,'],
    [null, 'choices', 'choices = null is not an object'],
    [['a', 'b'], 'choices', 'choices = a list of 2 is not an object'],
    [{ x: 0, y: 0 }, 'y', 'y = 0 is the same column as x; allowed: another column.'],
    [{ x: 'a', y: 0 }, 'y', 'y = 0 is the same column as x'],
    [{ x: 1.5 }, 'x', "x = 1.5 names no column; allowed: a column's name, or its number from 0."],
    [{ x: null }, 'x', 'x = null names no column'],
    [{ class: true }, 'class', 'class = true names no column'],
    [{ separator: 'x' }, 'separator', 'separator = "x" is unknown; allowed: "," ";" "\\t" "|" " ".'],
    [{ decimal: ';' }, 'decimal', 'decimal = ";" is unknown; allowed: "." or ",".'],
    [{ header: 1 }, 'header', 'header = 1 is not a boolean; allowed: true or false.'],
    [{ skip: -1 }, 'skip', 'skip = -1 is below 0'],
    [{ apart: 'yes' }, 'apart', 'apart = "yes" is not a boolean'],
    [{ clip: 0.99 }, 'clip', 'clip = 0.99 is not a boolean'],
    [{ points: 5 }, 'points', 'points = 5 is below 100'],
    [{ name: 3 }, 'name', 'name = 3 is not text; allowed: a name.'],
  ])('are checked, and refused by name: %j', async (choices, field, message) => {
    const api = begin();
    const error = await refusal(api, choices);
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ field, message: expect.stringContaining(message) });
    expect(api.config()).toEqual(defaultConfig);
  });

  it('that are valid are followed', async () => {
    const choices = { x: 'c', y: 0, class: null, seed: undefined };
    expect(await begin().importPoints(text, choices)).toMatchObject({ columns: { x: 'c', y: 'a' }, used: 3 });
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
