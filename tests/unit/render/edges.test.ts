import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rect } from '../../../src/geometry/index.js';
import { coveredPixels, snapClip, snapLength, snapRect } from '../../../src/render/edges.js';

const scale = fc.constantFrom(1, 1.1, 1.25, 1.5, 1.75, 2, 3);
const place = fc.double({ min: -3e4, max: 3e4, noNaN: true });
const extent = fc.double({ min: 4, max: 1000, noNaN: true });

describe('snapRect', () => {
  it('gives neighbours one common border (seed 21)', () => {
    fc.assert(
      fc.property(place, extent, extent, scale, (x, first, second, s) => {
        const a = snapRect(rect(x, 0, first, 10), s);
        const b = snapRect(rect(x + first, 0, second, 10), s);
        expect(a.right).toBe(b.left);
      }),
      { seed: 21 },
    );
  });

  it('keeps a hairline one thickness wherever it lies (seed 22)', () => {
    fc.assert(
      fc.property(place, scale, (x, s) => {
        const { left, right } = snapRect(rect(x, 0, 1, 10), s);
        expect(right - left).toBe(Math.max(1, Math.round(s)));
      }),
      { seed: 22 },
    );
  });

  it('is within half a device px of the true sides and lets nothing vanish (seed 23)', () => {
    fc.assert(
      fc.property(place, fc.double({ min: 0.01, max: 500, noNaN: true }), scale, (y, height, s) => {
        const { top, bottom } = snapRect(rect(0, y, 5, height), s);
        expect(Math.abs(top - y * s)).toBeLessThanOrEqual(0.5);
        expect(Math.abs(bottom - (y + height) * s)).toBeLessThanOrEqual(1.5);
        expect(bottom).toBeGreaterThan(top);
      }),
      { seed: 23 },
    );
  });

  it('leaves an extent of zero empty, and clips too', () => {
    const empty = snapRect(rect(3.2, 3, 0, 5), 2);
    expect(empty.left).toBe(empty.right);
    const clip = snapClip(rect(3.2, 3, 0.1, 5), 1);
    expect(clip.left).toBe(clip.right);
  });
});

describe('snapLength', () => {
  it('is zero for zero, at least one for more', () => {
    expect([0, 0.1, 1, 1.5, 2].map((length) => snapLength(length, 1.25))).toEqual([0, 1, 1, 2, 3]);
  });
});

describe('coveredPixels', () => {
  it('holds the pixels whose centres lie inside', () => {
    expect(coveredPixels(rect(1.4, 0.6, 2, 2), 1)).toEqual({ left: 1, top: 1, right: 3, bottom: 3 });
  });

  it('puts a border that two sums reach a little differently into one place (seed 24)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -2000, max: 2000 }),
        fc.integer({ min: 1, max: 64 }),
        scale,
        (half, zoom, s) => {
          const border = half / 2 / s;
          const width = 512 * zoom;
          const a = coveredPixels(rect(border - width, 0, width, 1), s);
          const b = coveredPixels(rect(border + 1e-9, 0, width, 1), s);
          expect(a.right).toBe(b.left);
        },
      ),
      { seed: 24 },
    );
  });
});
