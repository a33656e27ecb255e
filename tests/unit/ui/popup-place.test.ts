import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../src/geometry/index.js';
import { placePopup, popupGap } from '../../../src/ui/popup-place.js';

const seed = 20261123;
const viewport: Rect = { x: -40, y: -100, width: 600, height: 500 };
const bottom = viewport.y + viewport.height;

const anchors = fc.record({
  x: fc.integer({ min: -40, max: 500 }),
  y: fc.integer({ min: -100, max: 370 }),
  width: fc.integer({ min: 10, max: 200 }),
  height: fc.constant(30),
});
const sizes = fc.record({
  width: fc.integer({ min: 10, max: 900 }),
  height: fc.integer({ min: 10, max: 900 }),
});

describe('place of a popup', () => {
  it('below its anchor, starting where it starts', () => {
    const place = placePopup({ x: 20, y: 30, width: 100, height: 30 }, { width: 120, height: 90 }, viewport);
    expect(place).toEqual({ side: 'below', rect: { x: 20, y: 60 + popupGap, width: 120, height: 90 } });
  });

  it('above where there is more room, ending beside the anchor', () => {
    const place = placePopup({ x: 20, y: 350, width: 100, height: 30 }, { width: 120, height: 90 }, viewport);
    expect(place).toEqual({ side: 'above', rect: { x: 20, y: 350 - popupGap - 90, width: 120, height: 90 } });
  });

  it(`lies in the window, does not cover its anchor, and is as large as the better side allows (seed ${seed})`, () => {
    fc.assert(
      fc.property(anchors, sizes, (anchor, size) => {
        const { rect, side } = placePopup(anchor, size, viewport);
        expect(rect.x).toBeGreaterThanOrEqual(viewport.x + popupGap);
        expect(rect.x + rect.width).toBeLessThanOrEqual(viewport.x + viewport.width - popupGap);
        const isBelow = rect.y >= anchor.y + anchor.height;
        expect(isBelow).toBe(side === 'below');
        if (!isBelow) expect(rect.y + rect.height).toBeLessThanOrEqual(anchor.y);
        const below = bottom - popupGap * 2 - (anchor.y + anchor.height);
        const above = anchor.y - viewport.y - popupGap * 2;
        if (size.height <= below) expect(side).toBe('below');
        expect(rect.height).toBe(
          Math.max(0, Math.min(size.height, size.height <= below ? below : Math.max(below, above))),
        );
      }),
      { seed, numRuns: 2000 },
    );
  });
});
