import { describe, expect, it } from 'vitest';
import { seededJpeg } from '../../../demo/bench/data/jpeg.js';
import { isTruncated } from '../../../workers/image-end.js';
import { headerSize } from '../../../workers/image-size.js';
import { jpegParts } from '../../../workers/jpeg-parts.js';

const [width, height] = [320, 1290];
/** Each part as a file. */
const partsOf = async (blob: Blob, of: number, count: number) => {
  const parts: { readonly file: Blob; readonly rows: number }[] = [];
  for await (const { bytes, rows } of jpegParts(blob, of, count))
    parts.push({ file: new Blob([bytes]), rows });
  return parts;
};
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
      const parts = await partsOf(blob, height, count);
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
      const [part, ...more] = await partsOf(new Blob([other]), height, 2);
      expect([part!.rows, more.length]).toEqual([height, 0]);
      expect(await bytesOf(part!.file)).toEqual(other);
    }
    const [whole] = await partsOf(blob, height, 1);
    expect(await bytesOf(whole!.file)).toEqual(bytes);
  });

  /** 64 rows of units that are no picture, 20,000 bytes each but for the first, and the last before the middle. */
  const rowsOfFiller = async (first: number, middle = 20_000) => {
    const blob = seededJpeg(width, 1024, 5);
    const bytes = await bytesOf(blob);
    const scan = bytes.findIndex((byte, i) => byte === 255 && bytes[i + 1] === 0xda);
    const header = bytes.slice(0, scan + 2 + bytes[scan + 3]!);
    const lengths = Array.from({ length: 64 }, () => 20_000);
    lengths[0] = first;
    lengths[31] = middle;
    const rows = lengths.flatMap((length, i) => [
      new Uint8Array(length).fill(i + 1),
      Uint8Array.of(255, i === 63 ? 0xd9 : 0xd0 + (i % 8)),
    ]);
    return { header, rows };
  };

  // The marker behind the middle row stands where the cut is due, a byte before, and farther behind than is looked.
  it.each([
    [20_004, 20_000, [512, 512]],
    [20_002, 20_000, [640, 384]],
    [20_000, 2_000_000, [1024]],
  ])(
    'of rows of %i and %i bytes the parts are %j rows, and no byte is lost',
    async (first, middle, heights) => {
      const { header, rows } = await rowsOfFiller(first, middle);
      const parts = await partsOf(new Blob([header, ...rows]), 1024, 2);
      expect(parts.map((part) => part.rows)).toEqual(heights);
      const cut = (heights[0]! / 16) * 2;
      const halves = [[...rows.slice(0, cut - 1), Uint8Array.of(255, 0xd9)], rows.slice(cut)];
      for (const [i, { file }] of parts.entries()) {
        const body = (await bytesOf(file)).subarray(header.length);
        expect(Buffer.compare(body, await bytesOf(new Blob(halves[i])))).toBe(0);
      }
    },
  );

  it('a file that can no longer be read behind a cut: what was read is a part, then it rejects', async () => {
    const { header, rows } = await rowsOfFiller(20_004);
    class ShrunkFile extends Blob {
      override slice(from = 0, to = this.size): Blob {
        const part = super.slice(from, to);
        if (from > 0 && to === this.size) part.arrayBuffer = () => Promise.reject(new Error('gone'));
        return part;
      }
    }
    const parts = jpegParts(new ShrunkFile([header, ...rows]), 1024, 2);
    expect((await parts.next()).value?.rows).toBe(512);
    await expect(parts.next()).rejects.toThrow('gone');
  });
});
