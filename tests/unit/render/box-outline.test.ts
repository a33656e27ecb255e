import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rect } from '../../../src/geometry/index.js';
import { outlineEdges, outlineStrips, visibleStrip } from '../../../src/render/box-outline.js';
import { DASH_ENTRIES, DashTable, dashLengths } from '../../../src/render/dash-table.js';

const coordinate = fc.double({ min: -500, max: 500, noNaN: true });
const extent = fc.double({ min: 0, max: 60, noNaN: true });
const width = fc.constantFrom(0.3, 1, 2, 3, 5);
const scale = fc.constantFrom(1, 1.25, 1.5, 2, 3);

describe('outlineEdges', () => {
  it('are whole px, centred on the sides to within a half, and mirror images (seed 31)', () => {
    fc.assert(
      fc.property(coordinate, coordinate, extent, extent, width, scale, (x, y, w, h, line, s) => {
        const { outer, thick } = outlineEdges(rect(x, y, w, h), line, s);
        expect(Object.values(outer).every(Number.isInteger)).toBe(true);
        expect(Math.abs(outer.left + thick / 2 - x * s)).toBeLessThanOrEqual(0.5 + 1e-9);
        const mirrored = outlineEdges(rect(-x - w, y, w, h), line, s).outer;
        if (w * s > thick + 1) {
          expect(Math.abs(outer.right - thick / 2 - (x + w) * s)).toBeLessThanOrEqual(0.5 + 1e-9);
          expect(mirrored.left + outer.right).toBeCloseTo(0, 9);
        }
      }),
      { seed: 31 },
    );
  });

  it('of a thin line lie on the outermost pixels inside', () => {
    expect(outlineEdges(rect(10, 20, 30, 40), 1, 1).outer).toEqual({
      left: 10,
      top: 20,
      right: 40,
      bottom: 60,
    });
  });
});

describe('outlineStrips', () => {
  it('cover the ring once, pixel for pixel (seed 32)', () => {
    const size = fc.integer({ min: 1, max: 25 });
    fc.assert(
      fc.property(size, size, fc.integer({ min: 1, max: 6 }), (w, h, thick) => {
        const outer = { left: 3, top: 4, right: 3 + Math.max(w, thick), bottom: 4 + Math.max(h, thick) };
        const seen = new Map<string, number>();
        for (const { at } of outlineStrips(outer, thick)) {
          for (let y = at.top; y < at.bottom; y += 1) {
            for (let x = at.left; x < at.right; x += 1)
              seen.set(`${x},${y}`, (seen.get(`${x},${y}`) ?? 0) + 1);
          }
        }
        for (let y = outer.top; y < outer.bottom; y += 1) {
          for (let x = outer.left; x < outer.right; x += 1) {
            const inside =
              x >= outer.left + thick &&
              x < outer.right - thick &&
              y >= outer.top + thick &&
              y < outer.bottom - thick;
            expect(seen.get(`${x},${y}`) ?? 0).toBe(inside ? 0 : 1);
          }
        }
      }),
      { seed: 32 },
    );
  });

  it('measure the outline clockwise from the top left, one strip after the other', () => {
    const strips = outlineStrips({ left: 0, top: 0, right: 11, bottom: 6 }, 1);
    expect(strips.map(({ along }) => along)).toEqual([
      { left: 0, right: 10, top: 0, bottom: 0 },
      { left: 0, right: 0, top: 10, bottom: 15 },
      { left: 25, right: 15, top: 0, bottom: 0 },
      { left: 0, right: 0, top: 30, bottom: 25 },
    ]);
  });
});

describe('visibleStrip', () => {
  it('has small lengths in phase with the whole, however far it reaches', () => {
    const [top, , bottom] = outlineStrips({ left: -1e6, top: 0, right: 1e6, bottom: 9 }, 1);
    const clip = { left: 100, top: 0, right: 140, bottom: 50 };
    const seen = visibleStrip(top!, clip, 7);
    expect(seen.at).toEqual({ left: 100, top: 0, right: 140, bottom: 1 });
    expect(seen.along.left).toBeCloseTo((1e6 + 100) % 7, 1);
    expect(seen.along.right - seen.along.left).toBeCloseTo(40, 9);
    const back = visibleStrip(bottom!, clip, 7);
    expect(back.along.left - back.along.right).toBeCloseTo(40, 9);
    expect(Math.min(back.along.left, back.along.right)).toBeLessThan(7.1);
  });
});

describe('dashLengths', () => {
  it.each([
    [[2], 1, [2, 2]],
    [[4, 2], 1.25, [5, 2.5]],
    [[1, 2, 3], 2, [2, 4, 6, 2, 4, 6]],
  ])('%j at %d', (dash, s, expected) => {
    expect(dashLengths(dash, s)).toEqual(expected);
  });

  it('is a solid line for no lengths, a sum of zero, and what canvas refuses', () => {
    for (const dash of [[], [0], [0, 0], [-1, 2], [Number.NaN], [1, Number.POSITIVE_INFINITY]]) {
      expect(dashLengths(dash, 1)).toBeNull();
    }
  });
});

describe('DashTable', () => {
  it('holds each pattern once, as running sums, until it is full', () => {
    const table = new DashTable();
    const first = table.place([2, 2]);
    expect(table.place([3, 1, 2, 1])).toEqual({ start: 2, count: 4, period: 7 });
    expect(table.place([2, 2])).toBe(first);
    expect(Array.from(table.ends.subarray(0, 6))).toEqual([2, 4, 3, 4, 6, 7]);
    const rest = Array.from({ length: DASH_ENTRIES - 4 }, () => 1);
    expect(table.place(rest)).toBeUndefined();
    table.reset();
    expect(table.place(rest)).toEqual({ start: 0, count: rest.length, period: rest.length });
  });
});
