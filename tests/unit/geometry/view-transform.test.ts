import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitInFrame,
  imagePoint,
  keepInFrame,
  rect,
  screenPoint,
  screenRect,
  zoomAt,
} from '../../../src/geometry/index.js';

const coordinate = fc.double({ min: -1e5, max: 1e5, noNaN: true });
const scale = fc.double({ min: 1e-3, max: 1e3, noNaN: true });

describe('view transform', () => {
  it('imagePoint undoes screenPoint (seed 1)', () => {
    fc.assert(
      fc.property(scale, coordinate, coordinate, coordinate, coordinate, (s, x, y, px, py) => {
        const t = { scale: s, x, y };
        const back = imagePoint(t, screenPoint(t, { x: px, y: py }));
        expect(back.x).toBeCloseTo(px, 3);
        expect(back.y).toBeCloseTo(py, 3);
      }),
      { seed: 1 },
    );
  });

  it('zoomAt leaves the point under the pointer where it is (seed 2)', () => {
    fc.assert(
      fc.property(coordinate, coordinate, fc.double({ min: 0.1, max: 10, noNaN: true }), (x, y, factor) => {
        const before = { scale: 1.5, x: 10, y: -20 };
        const under = imagePoint(before, { x, y });
        const after = screenPoint(zoomAt(before, { x, y }, factor, 0.01, 64), under);
        expect(after.x).toBeCloseTo(x, 4);
        expect(after.y).toBeCloseTo(y, 4);
      }),
      { seed: 2 },
    );
  });

  it('fitInFrame shows the whole image, centred, touching two sides of the frame', () => {
    const frame = rect(10, 20, 300, 200);
    expect(screenRect(fitInFrame({ width: 600, height: 100 }, frame), rect(0, 0, 600, 100))).toEqual(
      rect(10, 95, 300, 50),
    );
  });

  it('keepInFrame leaves no gap beside an image larger than the frame', () => {
    const kept = keepInFrame({ scale: 2, x: 50, y: -500 }, { width: 100, height: 100 }, rect(0, 0, 150, 150));
    expect(kept).toEqual({ scale: 2, x: 0, y: -50 });
  });
});
