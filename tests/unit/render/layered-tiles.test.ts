import { describe, expect, it } from 'vitest';
import type { Edges } from '../../../src/render/edges.js';
import { piecesOf } from '../../../src/render/layered-tiles.js';
import { seeded } from '../../kernels/seeded.js';

const side = 24;

/** What lies at each pixel of a small canvas: [under, over], the last of each. */
const stacked = (unders: readonly Edges[], overs: readonly Edges[]): string[] =>
  Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    const at = (all: readonly Edges[]) =>
      all.findLastIndex(({ left, right, top, bottom }) => x >= left && x < right && y >= top && y < bottom);
    return `${at(unders)} ${at(overs)}`;
  });

/** The same by drawing the pieces in their order. */
const drawn = (unders: readonly Edges[], overs: readonly Edges[]): string[] | null => {
  const pieces = piecesOf(unders, overs);
  if (!pieces) return null;
  const pixels = new Array<string>(side * side).fill('-1 -1');
  for (const { at, under, over } of pieces) {
    for (let y = at.top; y < at.bottom; y++) {
      for (let x = at.left; x < at.right; x++) pixels[y * side + x] = `${under ?? -1} ${over ?? -1}`;
    }
  }
  return pixels;
};

describe('pieces of tiles over tiles', () => {
  const overs = [
    { left: 2, right: 10, top: 3, bottom: 20 },
    { left: 10, right: 22, top: 3, bottom: 20 },
  ];

  it('show at each pixel the last tile and the one over it, for 300 seeded layouts (seed 4)', () => {
    const next = seeded(4);
    const edge = () => next() % (side - 12);
    for (let round = 0; round < 300; round++) {
      const unders = Array.from({ length: 1 + (next() % 4) }, () => {
        const [left, top] = [edge(), edge()];
        return { left, top, right: left + 1 + (next() % 12), bottom: top + 1 + (next() % 12) };
      });
      const pixels = drawn(unders, overs);
      if (pixels) expect(pixels).toEqual(stacked(unders, overs));
      else expect(stacked(unders, overs).filter((pixel) => !pixel.includes('-1'))).toEqual([]);
    }
  });

  it('are none where what lies over overlaps itself, or over nothing', () => {
    const under = { left: 0, right: 24, top: 0, bottom: 24 };
    expect(piecesOf([under], [...overs, { left: 4, right: 5, top: 4, bottom: 5 }])).toBeNull();
    expect(piecesOf([{ left: 0, right: 2, top: 0, bottom: 24 }], overs)).toBeNull();
    expect(piecesOf([under], overs)).not.toBeNull();
  });
});
