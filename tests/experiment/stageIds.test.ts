import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { withIds } from '../../src/experiment/stageIds.ts';
import { newStage } from '../../src/views/index.ts';

const rows = fc
  .array(fc.integer({ min: 0, max: 8 }), { maxLength: 6 })
  .map((ids) => ids.map((id) => ({ ...newStage.score, id })));

it('every stage of a row has an id of its own, and the first of an id keeps it', () => {
  fc.assert(
    fc.property(rows, (row) => {
      const ids = withIds(row).map(({ id }) => id);
      expect(new Set(ids).size).toBe(row.length);
      expect(ids.every((id) => Number.isInteger(id) && id > 0)).toBe(true);
      for (const [i, { id }] of row.entries()) {
        if (id > 0 && row.findIndex((other) => other.id === id) === i) expect(ids[i]).toBe(id);
      }
      expect(withIds(withIds(row))).toEqual(withIds(row));
    }),
  );
});
