import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { blobBytes } from '../../../src/pyramids/bytes.js';
import { tiffPyramid } from '../../../src/pyramids/tiff/tiff-pyramid.js';
import { levelsIn, type Shape, wholeLevel } from './whole-level.js';

const folder = new URL('../../fixtures/tiff/', import.meta.url);
const fileOf = (name: string): File => new File([readFileSync(new URL(name, folder))], name);

type Expected = {
  readonly file: string;
  readonly shapes: readonly Shape[];
  readonly dtype: string;
  readonly page?: number;
  /** Mean difference, where decoders of JPEG differ: this one repeats colours that are stored at half the size. */
  readonly near?: number;
};
const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Record<
  string,
  Expected
>;

const truths = (name: string): ArrayLike<number>[] => {
  const { shapes, dtype } = expected[name]!;
  return levelsIn(gunzipSync(readFileSync(new URL(`${name}.raw.gz`, folder))), shapes, dtype);
};

const open = (name: string) => {
  const { file, page } = expected[name]!;
  return tiffPyramid(blobBytes(fileOf(file)), page === undefined ? {} : { page });
};

describe('TIFF, as other libraries read it', () => {
  for (const [name, { shapes, near = 0, dtype }] of Object.entries(expected)) {
    it(`${name}: ${shapes.length} level(s) of ${dtype}`, async () => {
      const pyramid = await open(name);
      expect(pyramid.levels.map(({ width, height }) => [height, width])).toEqual(
        shapes.map(([h, w]) => [h, w]),
      );
      for (const [level, truth] of truths(name).entries()) {
        const { shape, values } = await wholeLevel(pyramid, level);
        expect(shape).toEqual(shapes[level]);
        const differences = values.reduce((sum, value, i) => sum + Math.abs(value - truth[i]!), 0);
        expect(differences / values.length).toBeLessThanOrEqual(near);
      }
    });
  }
});
