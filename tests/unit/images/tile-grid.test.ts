import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rect, rect } from '../../../src/geometry/index.js';
import { TILE_SIZE, type TileAddress } from '../../../src/images/index.js';
import { pieceShape, piecesOf } from '../../../src/images/tile-cover.js';
import {
  ancestor,
  children,
  levelForScale,
  tileArea,
  tileName,
  tilesIn,
  tileTexels,
  topLevel,
} from '../../../src/images/tile-grid.js';

const seed = 4821;
const images = fc.record({
  width: fc.integer({ min: 1, max: 30_000 }),
  height: fc.integer({ min: 1, max: 30_000 }),
});
const within = (inner: Rect, outer: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

describe('levels', () => {
  it('texels are at least as dense as device pixels, and no denser than they must be', () => {
    const image = { width: 12_000, height: 9000 };
    expect(topLevel(image)).toBe(5);
    const levels = [4, 1, 0.99, 0.51, 0.5, 0.49, 0.25, 1 / 3, 1e-9].map((s) => levelForScale(s, image));
    expect(levels).toEqual([0, 0, 0, 0, 1, 1, 2, 1, 5]);
    expect(topLevel({ width: 512, height: 1 })).toBe(0);
    expect(topLevel({ width: 513, height: 1 })).toBe(1);
  });

  it(`the top level is one tile and the one below it is not (seed ${seed})`, () => {
    fc.assert(
      fc.property(images, (image) => {
        const whole = rect(0, 0, image.width, image.height);
        const top = topLevel(image);
        expect(tilesIn(image, whole, top)).toEqual([{ level: top, x: 0, y: 0 }]);
        if (top > 0) expect(tilesIn(image, whole, top - 1).length).toBeGreaterThan(1);
      }),
      { seed },
    );
  });
});

describe('tiles in view', () => {
  it(`cover the part of the image in view, none twice and none outside (seed ${seed})`, () => {
    const parts = fc.record({
      x: fc.double({ min: -9000, max: 30_000, noNaN: true }),
      y: fc.double({ min: -9000, max: 30_000, noNaN: true }),
      width: fc.double({ min: 0.5, max: 20_000, noNaN: true }),
      height: fc.double({ min: 0.5, max: 20_000, noNaN: true }),
    });
    fc.assert(
      fc.property(images, parts, fc.integer({ min: 2, max: 6 }), (image, part, level) => {
        const tiles = tilesIn(image, part, level);
        const x = Math.max(0, part.x);
        const y = Math.max(0, part.y);
        const right = Math.min(image.width, part.x + part.width);
        const bottom = Math.min(image.height, part.y + part.height);
        if (right <= x || bottom <= y) {
          expect(tiles).toEqual([]);
          return;
        }
        const areas = tiles.map((tile) => tileArea(image, tile));
        expect(new Set(tiles.map(tileName)).size).toBe(tiles.length);
        for (const a of areas) {
          expect(a.x < right && a.y < bottom && a.x + a.width > x && a.y + a.height > y).toBe(true);
        }
        const covered = areas.reduce((sum, a) => {
          const width = Math.min(right, a.x + a.width) - Math.max(x, a.x);
          return sum + width * (Math.min(bottom, a.y + a.height) - Math.max(y, a.y));
        }, 0);
        expect(Math.abs(covered / ((right - x) * (bottom - y)) - 1)).toBeLessThan(1e-6);
      }),
      { seed, numRuns: 300 },
    );
  });

  it('go outwards from the centre of the view', () => {
    const tiles = tilesIn({ width: 2560, height: 2560 }, rect(0, 0, 2560, 2560), 0);
    expect(tiles[0]).toEqual({ level: 0, x: 2, y: 2 });
    expect(tiles.slice(-4).map(({ x, y }) => [x % 4, y % 4])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  it('tiles at the edges are smaller, and their last texel may stand for less', () => {
    const image = { width: 1001, height: 513 };
    expect(tileArea(image, { level: 1, x: 0, y: 0 })).toEqual(rect(0, 0, 1001, 513));
    expect(tileTexels(image, { level: 1, x: 0, y: 0 })).toEqual({ width: 501, height: 257 });
  });

  it(`children make up their parent and have it as ancestor (seed ${seed})`, () => {
    fc.assert(
      fc.property(images, fc.integer({ min: 1, max: 5 }), fc.nat(), fc.nat(), (image, level, a, b) => {
        const side = TILE_SIZE * 2 ** level;
        const tile = { level, x: a % Math.ceil(image.width / side), y: b % Math.ceil(image.height / side) };
        const area = tileArea(image, tile);
        const below = children(image, tile);
        const sum = below.reduce((all, child) => {
          const part = tileArea(image, child);
          expect(within(part, area)).toBe(true);
          expect(ancestor(child, 1)).toEqual(tile);
          return all + part.width * part.height;
        }, 0);
        expect(sum).toBe(area.width * area.height);
      }),
      { seed },
    );
  });
});

describe('pieces', () => {
  const image = { width: 5000, height: 3000 };
  const cover = (ready: readonly TileAddress[], tile: TileAddress) => {
    const names = new Set(ready.map(tileName));
    return piecesOf(image, tile, (other) => names.has(tileName(other)));
  };
  const tile = { level: 1, x: 1, y: 1 };

  it('are the tile itself where it is there', () => {
    expect(cover([tile, ancestor(tile, 1)], tile)).toEqual([{ tile, part: tileArea(image, tile) }]);
  });

  it('are the matching part of the nearest coarser tile where it is not', () => {
    const pieces = cover([ancestor(tile, 2), ancestor(tile, 3)], tile);
    expect(pieces).toEqual([{ tile: ancestor(tile, 2), part: tileArea(image, tile) }]);
    const shape = pieceShape(pieces[0]!, 'k', { scale: 1, x: 0, y: 0 }, false, 1);
    expect(shape.tag === 'tile' && [shape.source, shape.filter]).toEqual([
      rect(128, 128, 128, 128),
      'linear',
    ]);
  });

  it('are finer tiles where all of them, or nothing coarser, are there', () => {
    const four = children(image, tile);
    expect(cover([...four, ancestor(tile, 1)], tile).map((piece) => piece.tile)).toEqual(four);
    expect(cover(four.slice(1, 3), tile).map((piece) => piece.tile)).toEqual(four.slice(1, 3));
    expect(cover([...four.slice(1, 3), ancestor(tile, 1)], tile)).toHaveLength(1);
    expect(cover([], tile)).toEqual([]);
  });

  it(`share their edges to the last bit, at any view (seed ${seed})`, () => {
    const views = fc.record({
      scale: fc.double({ min: 0.01, max: 64, noNaN: true }),
      x: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
      y: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
    });
    fc.assert(
      fc.property(views, fc.integer({ min: 0, max: 2 }), (view, level) => {
        const shown = (x: number, y: number) => {
          const address = { level, x, y };
          const shape = pieceShape({ tile: address, part: tileArea(image, address) }, '', view, true, 1);
          if (shape.tag !== 'tile') throw new Error('no tile');
          return shape.target;
        };
        const side = TILE_SIZE * 2 ** level;
        const edge = side * view.scale + view.x;
        expect(shown(1, 0).x).toBe(edge);
        expect(Math.abs(shown(0, 0).x + shown(0, 0).width - edge)).toBeLessThan(1e-9);
        expect(shown(0, 1).y).toBe(side * view.scale + view.y);
      }),
      { seed, numRuns: 300 },
    );
  });

  it('show texels as squares at 1:1 device px and above, and interpolate below', () => {
    const filterAt = (scale: number, level: number, isSharp: boolean, devicePixelRatio: number) => {
      const address = { level, x: 0, y: 0 };
      const piece = { tile: address, part: tileArea(image, address) };
      const shape = pieceShape(piece, '', { scale, x: 0, y: 0 }, isSharp, devicePixelRatio);
      return shape.tag === 'tile' ? shape.filter : '';
    };
    expect(filterAt(1, 0, true, 1)).toBe('nearest');
    expect(filterAt(8, 0, true, 1)).toBe('nearest');
    expect(filterAt(0.5, 0, true, 2)).toBe('nearest');
    expect(filterAt(0.25, 2, true, 1)).toBe('nearest');
    expect(filterAt(0.99, 0, true, 1)).toBe('linear');
    expect(filterAt(8, 2, false, 1)).toBe('linear');
  });

  it('end at the edge of the image, also where the last texel reaches beyond it', () => {
    const odd = { width: 1001, height: 700 };
    const address = { level: 1, x: 0, y: 0 };
    const piece = { tile: address, part: tileArea(odd, address) };
    const shape = pieceShape(piece, '', { scale: 0.5, x: 0, y: 0 }, true, 1);
    expect(shape.tag === 'tile' && [shape.source.width, shape.target.width]).toEqual([500.5, 500.5]);
  });
});
