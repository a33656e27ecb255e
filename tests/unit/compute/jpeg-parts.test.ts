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

  /** Sixteen rows of units that are no picture; the marker behind the eighth stands so many bytes behind the middle of the data. */
  const rowsOfFiller = async (behind: number) => {
    const blob = seededJpeg(width, 256, 5);
    const bytes = await bytesOf(blob);
    const scan = bytes.findIndex((byte, i) => byte === 255 && bytes[i + 1] === 0xda);
    const header = bytes.slice(0, scan + 2 + bytes[scan + 3]!);
    const lengths = Array.from({ length: 16 }, () => 20_000);
    lengths[0] = 20_004 + 2 * behind;
    const rows = lengths.flatMap((length, i) => [
      new Uint8Array(length).fill(i + 1),
      Uint8Array.of(255, i === 15 ? 0xd9 : 0xd0 + (i % 8)),
    ]);
    return { header, rows };
  };

  const slack = 1 << 20;
  it.each([
    [0, 2],
    [slack - 2, 2],
    [slack - 1, 1],
    [-1, 1],
  ])(
    'a marker %i bytes behind where a cut is due makes %i parts, and no byte is lost',
    async (behind, count) => {
      const { header, rows } = await rowsOfFiller(behind);
      const parts = await partsOf(new Blob([header, ...rows]), 256, 2);
      expect(parts.map((part) => part.rows)).toEqual(count === 2 ? [128, 128] : [256]);
      const halves = [[...rows.slice(0, 15), Uint8Array.of(255, 0xd9)], rows.slice(16)];
      for (const [i, expected] of (count === 2 ? halves : [rows]).entries()) {
        const body = (await bytesOf(parts[i]!.file)).subarray(header.length);
        expect(Buffer.compare(body, await bytesOf(new Blob(expected)))).toBe(0);
      }
    },
  );

  it('a file that can no longer be read behind a cut: what was read is a part, then it rejects', async () => {
    const { header, rows } = await rowsOfFiller(0);
    class ShrunkFile extends Blob {
      override slice(from = 0, to = this.size): Blob {
        const part = super.slice(from, to);
        if (to === this.size) part.arrayBuffer = () => Promise.reject(new Error('gone'));
        return part;
      }
    }
    const padding = new Uint8Array(slack + 1);
    const parts = jpegParts(new ShrunkFile([header, ...rows, padding, padding]), 256, 20);
    expect((await parts.next()).value?.rows).toBe(128);
    await expect(parts.next()).rejects.toThrow('gone');
  });
});
