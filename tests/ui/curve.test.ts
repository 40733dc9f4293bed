import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curveCodec, curveOf } from '../../src/experiment/curveCodec.ts';
import { addPoint, type Curve, movePoint, removePoint, widestGap } from '../../src/ui/curve.ts';

const UNIT = 0.001;
const START: Curve = [
  { t: 0, value: 1 },
  { t: 0.3, value: 0.9 },
  { t: 0.7, value: 0.1 },
  { t: 1, value: 0.001 },
];

/** On the lattice, from (0, 1) to t = 1, rising and falling: what the codec takes. */
function expectValid(curve: Curve): void {
  expect(curve[0]).toEqual({ t: 0, value: 1 });
  expect(curveCodec.check(curveOf(curve), 'curve')).toEqual(curveOf(curve));
}

describe('a curve under the hand', () => {
  const anywhere = fc.double({ min: -2, max: 2, noNaN: true });
  const place = fc.record({ t: anywhere, value: anywhere });
  const actions = fc.array(
    fc.record({ kind: fc.constantFrom('move', 'add', 'remove'), index: fc.nat(8), to: place }),
    { maxLength: 30 },
  );

  it('stays a falling curve whatever is done to it', () => {
    fc.assert(
      fc.property(actions, (list) => {
        let curve = START;
        for (const { kind, index, to } of list) {
          if (kind === 'move') curve = movePoint(curve, index, to, UNIT);
          else if (kind === 'remove') curve = removePoint(curve, index);
          else if (curve.length <= 10) curve = addPoint(curve, to, UNIT)?.curve ?? curve;
          expectValid(curve);
        }
      }),
    );
  });

  it('goes where it is put when there is room, and to its neighbour when there is none', () => {
    expect(movePoint(START, 1, { t: 0.4, value: 0.5 }, UNIT)[1]).toEqual({ t: 0.4, value: 0.5 });
    expect(movePoint(START, 1, { t: 0.9, value: 0.01 }, UNIT)[1]).toEqual({ t: 0.699, value: 0.101 });
    expect(movePoint(START, 1, { t: -1, value: 2 }, UNIT)[1]).toEqual({ t: 0.001, value: 0.999 });
    expect(movePoint(START, 3, { t: 0.5, value: -1 }, UNIT)[3]).toEqual({ t: 1, value: 0.001 });
    expect(movePoint(START, 0, { t: 0.5, value: 0.5 }, UNIT)).toBe(START);
    expect(movePoint(START, 4, { t: 0.5, value: 0.5 }, UNIT)).toBe(START);
  });

  it('takes a point between two others, pulled between their values', () => {
    const added = addPoint(START, { t: 0.5, value: 0.95 }, UNIT)!;
    expect(added.index).toBe(2);
    expect(added.curve[2]).toEqual({ t: 0.5, value: 0.899 });
    expect(removePoint(added.curve, 2)).toEqual(START);
    expect(addPoint(START, { t: 0, value: 0.5 }, UNIT)).toBeNull();
    expect(addPoint(START, { t: 1.5, value: 0.5 }, UNIT)).toBeNull();
  });

  it('takes none where there is no room', () => {
    const tight = movePoint(START, 1, { t: 0.699, value: 0.101 }, UNIT);
    expect(addPoint(tight, { t: 0.6995, value: 0.1 }, UNIT)).toBeNull();
  });

  it('keeps its ends', () => {
    expect(removePoint(START, 0)).toBe(START);
    expect(removePoint(START, 3)).toBe(START);
  });

  it('has its widest gap in the middle', () => {
    expect(widestGap(START)).toBeCloseTo(0.5);
  });
});
