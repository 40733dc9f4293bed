import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveCrosshair } from '../../src/canvas/crosshair.ts';
import { dataX, dataY, pixelX, pixelY, viewport } from '../../src/canvas/view.ts';

const coordinate = fc.double({ min: -9, max: 9, noNaN: true });

describe('data units and pixels', () => {
  it('are each other’s inverse, with equal axes and y up', () => {
    const size = fc.integer({ min: 40, max: 2000 });
    fc.assert(
      fc.property(coordinate, coordinate, size, size, (x, y, width, height) => {
        const view = viewport({ centre: [0.5, -1], halfWidth: 4 }, { width, height, ratio: 2 });
        expect(dataX(view, pixelX(view, x))).toBeCloseTo(x, 8);
        expect(dataY(view, pixelY(view, y))).toBeCloseTo(y, 8);
        expect(pixelX(view, x + 1) - pixelX(view, x)).toBeCloseTo(pixelY(view, y) - pixelY(view, y + 1), 8);
      }),
    );
  });

  it('show the whole square of the scene, its centre in the middle', () => {
    const view = viewport({ centre: [1, 2], halfWidth: 4 }, { width: 600, height: 300, ratio: 1 });
    expect([pixelX(view, 1), pixelY(view, 2)]).toEqual([300, 150]);
    expect([view.bottom, view.top]).toEqual([-2, 6]);
    expect(view.right - view.left).toBeCloseTo(16);
  });
});

describe('the crosshair', () => {
  const view = viewport({ centre: [0, 0], halfWidth: 4 }, { width: 300, height: 300, ratio: 1 });

  it('moves by the arrow keys, further with Shift, and by no other key', () => {
    expect(moveCrosshair([0, 0], 'ArrowUp', false, view)).toEqual([0, 0.1]);
    expect(moveCrosshair([0, 0], 'ArrowLeft', true, view)).toEqual([-0.5, 0]);
    expect(moveCrosshair([0, 0], 'Home', false, view)).toBeNull();
  });

  it('stays inside the view', () => {
    expect(moveCrosshair([3.9, 0], 'ArrowRight', true, view)).toEqual([4, 0]);
  });
});
