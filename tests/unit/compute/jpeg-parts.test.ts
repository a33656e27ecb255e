import { describe, expect, it } from 'vitest';
import { seededJpeg } from '../../../demo/bench/data/jpeg.js';
import { isTruncated } from '../../../workers/image-end.js';
import { headerSize } from '../../../workers/image-size.js';
import { jpegParts } from '../../../workers/jpeg-parts.js';

const [width, height] = [320, 1290];
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

/** How many markers of these kinds there are, in order. */
const markersOf = (bytes: Uint8Array, from: number) => {
  const markers: number[] = [];
  for (let at = from; at < bytes.length - 1; at++)
    if (bytes[at] === 255 && bytes[at + 1]! >= 0xd0 && bytes[at + 1]! <= 0xd9) markers.push(bytes[at + 1]!);
  return markers;
};

describe('parts of a JPEG', () => {
  it.each([2, 3, 4])(
    '%i parts are files of their own that have all rows and restarts, in turn (seed 5)',
    async (count) => {
      const blob = seededJpeg(width, height, 5);
      const parts = await jpegParts(blob, height, count);
      expect(parts.length).toBe(count);
      expect(parts.reduce((sum, { rows }) => sum + rows, 0)).toBe(height);
      let restarts = 0;
      for (const [i, { file, rows }] of parts.entries()) {
        const size = (await headerSize(file, 'JPEG'))!;
        expect([size.width, size.height, size.isSequential]).toEqual([width, rows, true]);
        expect(await isTruncated(file, 'JPEG', size.dataOffset)).toBe(false);
        const markers = markersOf(await bytesOf(file), size.dataOffset);
        const units = Math.ceil(rows / 16);
        expect(markers).toEqual([...Array.from({ length: units - 1 }, (_, n) => 0xd0 + (n % 8)), 0xd9]);
        if (i < count - 1) expect(rows % 128).toBe(0);
        restarts += units;
        expect(file.size).toBeLessThan((blob.size / count) * 1.3);
      }
      expect(restarts).toBe(Math.ceil(height / 16));
    },
  );

  it('one part, the file itself, where there are no restart markers, or they do not follow one another', async () => {
    const blob = seededJpeg(width, height, 5);
    const bytes = await bytesOf(blob);
    const unmarked = bytes.slice();
    const at = unmarked.findIndex((byte, i) => byte === 255 && unmarked[i + 1] === 0xdd);
    unmarked.fill(0, at + 4, at + 6);
    const confused = bytes.slice();
    const { dataOffset } = (await headerSize(blob, 'JPEG'))!;
    const third = confused.findIndex((byte, i) => i > dataOffset && byte === 255 && confused[i + 1] === 0xd2);
    confused[third + 1] = 0xd5;
    for (const other of [unmarked, confused]) {
      const file = new Blob([other]);
      expect(await jpegParts(file, height, 2)).toEqual([{ file, rows: height }]);
    }
    expect(await jpegParts(blob, height, 1)).toEqual([{ file: blob, rows: height }]);
  });
});
