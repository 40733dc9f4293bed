import { describe, expect, it } from 'vitest';
import { type Parameter, parameterValues } from '../../src/core/parameters.ts';
import { processes } from '../../src/core/processes/index.ts';
import { clips } from '../../src/core/samplers/clips.ts';
import { samplers } from '../../src/core/samplers/index.ts';
import { timeGrids } from '../../src/core/timeGrids/index.ts';
import { timeSamplings } from '../../src/core/timeSampling/index.ts';
import { weightings } from '../../src/core/weightings/index.ts';

interface Owner {
  readonly id: string;
  readonly parameters?: readonly Parameter[];
}

const REGISTRIES: Readonly<Record<string, readonly Owner[]>> = {
  process: processes.entries,
  weighting: weightings.entries,
  'time sampling': timeSamplings.entries,
  sampler: samplers.entries,
  'time grid': timeGrids.entries,
  clipping: clips.entries,
};

const numbers = Object.entries(REGISTRIES).flatMap(([registry, owners]) =>
  owners.flatMap(({ id, parameters = [] }) =>
    parameters.map((parameter) => [`${registry} ${id}, ${parameter.name}`, parameter] as const),
  ),
);

describe.each(numbers)('%s', (_, parameter) => {
  it('says in a sentence or two what it does', () => {
    const { hint, label } = parameter;
    expect(label).not.toBe('');
    expect(hint).toMatch(/^[A-ZΑ-Ω].{20,170}\.$/);
  });

  it('starts within its range', () => {
    const { name, initial, low, high } = parameter;
    expect(low).toBeLessThan(high);
    expect(parameterValues([parameter], {})).toEqual({ [name]: initial });
    expect(() => parameterValues([parameter], { [name]: high * 2 + 1 })).toThrow(RangeError);
  });
});

it('what may be a number of one stage has one range by one name', () => {
  const ranges = new Map<string, string>();
  for (const { parameters = [] } of [
    ...samplers.entries,
    ...timeGrids.entries,
    ...clips.entries,
  ] as Owner[]) {
    for (const { name, low, high, whole } of parameters) {
      const range = JSON.stringify([low, high, whole]);
      expect(ranges.get(name) ?? range, name).toBe(range);
      ranges.set(name, range);
    }
  }
});
