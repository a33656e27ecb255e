import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sniffContent } from '../../../workers/image-content.js';
import { isTruncated } from '../../../workers/image-end.js';
import { headerSize } from '../../../workers/image-size.js';

const folder = new URL('../../fixtures/images/', import.meta.url);
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const expected: Record<string, { width: number; height: number }> = JSON.parse(
  readFileSync(new URL('expected.json', folder), 'utf8'),
);

const inspect = async (bytes: Uint8Array<ArrayBuffer>) => {
  const blob = new Blob([bytes]);
  const { name, format } = sniffContent(bytes.subarray(0, 512));
  if (!format) return { name, size: null, truncated: false };
  const size = await headerSize(blob, format);
  return { name, size, truncated: await isTruncated(blob, format, size?.dataOffset ?? null) };
};

describe('headers and ends of image files', () => {
  it.each(Object.entries(expected))(
    '%s is whole and has the size that PIL reads',
    async (name, { width, height }) => {
      const stored = /oriented-[5-8]/.test(name) ? { width: height, height: width } : { width, height };
      const { size, truncated } = await inspect(bytesOf(name));
      expect(size).toMatchObject(stored);
      expect(truncated).toBe(false);
    },
  );

  it.each([
    'truncated.jpg',
    'thumbnail-truncated.jpg',
    'header-only.jpg',
    'truncated.png',
    'truncated.webp',
    'truncated.bmp',
    'truncated.avif',
    'truncated.gif',
  ])('%s is truncated', async (name) => {
    expect((await inspect(bytesOf(name))).truncated).toBe(true);
  });

  it.each(['thumbnail.jpg', 'trailing.jpg'])(
    '%s is whole, whatever is before or behind the image',
    async (name) => {
      expect(await inspect(bytesOf(name))).toMatchObject({
        truncated: false,
        size: { width: 75, height: 53 },
      });
    },
  );

  it('every cut of a JPEG and a PNG is truncated, and none makes the reader fail', async () => {
    for (const name of ['thumbnail.jpg', 'smooth.png']) {
      const bytes = bytesOf(name);
      for (let length = 8; length < bytes.length; length += 5) {
        expect((await inspect(bytes.slice(0, length))).truncated, `${name} of ${length} bytes`).toBe(true);
      }
    }
  });

  it('no damage of one byte makes the reader fail (seed 20261)', async () => {
    let state = 20_261;
    const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
    for (const name of Object.keys(expected)) {
      for (let round = 0; round < 60; round++) {
        const bytes = bytesOf(name);
        bytes[random() % Math.min(200, bytes.length)] = random() & 255;
        await inspect(bytes);
      }
    }
  });

  it.each([
    ['text.png', 'plain text'],
    ['page.jpg', 'an HTML page'],
    ['empty.png', 'nothing (the file is empty)'],
  ])('%s holds %s', (name, content) => {
    expect(sniffContent(bytesOf(name))).toEqual({ name: content, format: null });
  });

  it('tells an SVG from plain text, also behind a declaration', () => {
    const text = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>';
    expect(sniffContent(new TextEncoder().encode(text)).name).toBe('SVG');
  });

  it('finds the end of a JPEG far before the end of its file', async () => {
    const jpeg = bytesOf('smooth.jpg');
    const bytes = new Uint8Array(9 << 20);
    bytes.set(jpeg);
    expect((await inspect(bytes)).truncated).toBe(false);
    bytes.fill(0, jpeg.length - 2);
    expect((await inspect(bytes)).truncated).toBe(true);
  });
});
