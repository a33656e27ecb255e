import { readdirSync, readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FolderFiles } from '../../../src/pyramids/contract.js';
import { folderStore, zipOfBlob } from '../../../src/pyramids/zarr/stores.js';
import { zarrPyramid } from '../../../src/pyramids/zarr/zarr-pyramid.js';
import { levelsIn, type Shape, wholeLevel } from './whole-level.js';

const folder = new URL('../../fixtures/zarr/', import.meta.url);

type Expected = {
  readonly path: string;
  readonly shapes: readonly Shape[];
  readonly dtype: string;
  readonly zip?: string;
};
const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Record<
  string,
  Expected
>;

const filesBelow = (path: string): FolderFiles => {
  const names = readdirSync(new URL(path, folder), { recursive: true }).map(String);
  const files = names.filter((name) => statSync(new URL(`${path}/${name}`, folder)).isFile());
  return new Map(files.map((name) => [name, new Blob([readFileSync(new URL(`${path}/${name}`, folder))])]));
};

const storeOf = (name: string) => folderStore(filesBelow(expected[name]!.path));
const truthOf = (name: string) => {
  const { shapes, dtype } = expected[name]!;
  return levelsIn(gunzipSync(readFileSync(new URL(`${name}.raw.gz`, folder))), shapes, dtype);
};

/** (C,H,W) of the channels that are shown against what came by (H,W,C). */
const expectEqual = (
  values: readonly number[],
  truth: ArrayLike<number>,
  [, h, w]: Shape,
  channels: readonly number[],
) => {
  const wrong = values.findIndex((value, i) => {
    const pixel = Math.floor(i / channels.length);
    return value !== truth[channels[i % channels.length]! * h * w + pixel];
  });
  expect(wrong).toBe(-1);
};

const shownByDefault: Readonly<Record<string, readonly number[]>> = { 'five-axes': [0, 2], rgb: [0, 1, 2] };

describe('OME-Zarr, as zarr-python reads it', () => {
  for (const [name, { shapes, dtype, zip }] of Object.entries(expected)) {
    const stores = {
      'a folder of files': () => storeOf(name),
      ...(zip ? { 'a zip file': () => zipOfBlob(new Blob([readFileSync(new URL(zip, folder))])) } : {}),
    };
    for (const [kind, store] of Object.entries(stores)) {
      it(`${name} in ${kind}: ${shapes.length} level(s) of ${dtype}`, async () => {
        const pyramid = await zarrPyramid(store(), name);
        expect(pyramid.levels.map(({ width, height }) => [height, width])).toEqual(
          shapes.map(([, h, w]) => [h, w]),
        );
        for (const [level, truth] of truthOf(name).entries()) {
          const { values } = await wholeLevel(pyramid, level);
          expectEqual(values, truth, shapes[level]!, shownByDefault[name] ?? [0]);
        }
      });
    }
  }

  it('channels are mixed as the file says, or one is grey in its window', async () => {
    const mixed = await zarrPyramid(storeOf('five-axes'), 'five-axes');
    expect(mixed.channels).toEqual([
      { label: 'GFP', color: [0, 255, 0], window: { lo: 100, hi: 3000 } },
      { label: 'DAPI', color: [0, 0, 255], window: { lo: 50, hi: 2000 } },
    ]);
    const one = await zarrPyramid(storeOf('five-axes'), 'five-axes', { channels: [1] });
    expect(one.channels).toBeUndefined();
    expect(one.window).toEqual({ lo: 0, hi: 4000 });
    const { values } = await wholeLevel(one, 0);
    expectEqual(values, truthOf('five-axes')[0]!, expected['five-axes']!.shapes[0]!, [1]);
  });

  it('another position on an axis is shown where it is asked for', async () => {
    const first = await zarrPyramid(storeOf('five-axes'), 'five-axes', { channels: [0], at: { z: 0 } });
    const { values } = await wholeLevel(first, 0);
    expect(values.slice(0, 150)).toEqual(
      Array.from(truthOf('five-axes')[0]!)
        .slice(0, 150)
        .map((v) => Math.floor(v / 2)),
    );
  });

  it('what is no image is told by its name', async () => {
    const code = (promise: Promise<unknown>) =>
      promise.then(
        () => null,
        (error) => ({ code: error.code, message: error.message }),
      );
    expect(await code(zarrPyramid(folderStore(filesBelow('plate.zarr')), 'plate.zarr'))).toEqual({
      code: 'format',
      message: 'plate.zarr is no OME-Zarr image: it is a plate; give the image of one field, such as …/A/1/0',
    });
    expect(await code(zarrPyramid(folderStore(new Map()), 'nothing.zarr'))).toMatchObject({
      code: 'format',
      message: expect.stringContaining('nothing.zarr is no Zarr hierarchy'),
    });
    expect(await code(zarrPyramid(storeOf('five-axes'), 'a.zarr', { channels: [3] }))).toMatchObject({
      code: 'range',
      message: expect.stringContaining('3 channels'),
    });
    expect(await code(zarrPyramid(storeOf('five-axes'), 'a.zarr', { at: { z: 5 } }))).toMatchObject({
      code: 'range',
      message: expect.stringContaining('2 positions on axis z'),
    });
  });
});
