import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type NpyBlobTensor, npyImages, openNpy, readNpy, readNpyRow } from '../../../src/formats/index.js';
import { storedPixels } from '../../../src/images/tensor.js';
import { storedValues } from '../images/plain-pool.js';

const folder = new URL('../../fixtures/npy/', import.meta.url);
const fixture = (name: string) => new Blob([readFileSync(new URL(name, folder))]);
type Expected = { readonly shape: number[]; readonly first: string[]; readonly centres?: number[][][][] };
const expected: Record<string, Expected> = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'));

const fromHalf = (bits: number): number => {
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  const magnitude = exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -magnitude : magnitude;
};

describe('files written by numpy 2.4.6 (tests/fixtures/npy/make.py)', () => {
  for (const [name, { shape, first }] of Object.entries(expected)) {
    it(`${name}: shape and elements in logical order`, async () => {
      const tensor = await readNpy(await openNpy(fixture(name), name));
      expect(tensor.shape).toEqual(shape);
      const logical = first.map((_, flat) => {
        let rest = flat;
        let at = 0;
        for (let axis = shape.length - 1; axis >= 0; axis--) {
          at += (rest % shape[axis]!) * tensor.strides[axis]!;
          rest = Math.floor(rest / shape[axis]!);
        }
        const value = Number(tensor.data[at]);
        return tensor.dtype === 'f16' ? fromHalf(value) : value;
      });
      expect(logical).toEqual(first.map(Number));
    });
  }

  const pixelOf = async (tensor: NpyBlobTensor, y: number, x: number) => {
    const { stored } = storedPixels(tensor);
    return [...(await storedValues(stored, { x, y, width: 1, height: 1 }, [0, 1, 2]))];
  };

  it('a stack is a column of images, each of which stays in the file until it is shown', async () => {
    const images = npyImages(await openNpy(fixture('stack_rgb_u8.npy'), 'stack'));
    expect(images.length).toBe(5);
    const third = await images.get(3);
    expect([third.shape, third.blob.size]).toEqual([[48, 64, 3], fixture('stack_rgb_u8.npy').size]);
    const { centres } = expected['stack_rgb_u8.npy']!;
    expect(await pixelOf(third, 6, 8)).toEqual(centres![3]![0]![0]);
  });

  it('a stack in Fortran order gives the same images', async () => {
    const [plain, fortran] = await Promise.all(
      ['stack_rgb_u8.npy', 'fortran_u8.npy'].map(async (name) =>
        npyImages(await openNpy(fixture(name), name)).get(2),
      ),
    );
    for (const [y, x] of [
      [0, 0],
      [47, 63],
      [13, 40],
    ] as const) {
      expect(await pixelOf(fortran!, y, x)).toEqual(await pixelOf(plain!, y, x));
    }
  });

  it('two axes are one image, three with 1, 3 or 4 at either end too, unless a stack is asked for', async () => {
    const lengthOf = async (name: string, reading?: 'stack') =>
      npyImages(await openNpy(fixture(name), name), reading).length;
    expect(await lengthOf('image_grey_f32.npy')).toBe(1);
    expect(await lengthOf('image_bgr_u8.npy')).toBe(1);
    expect(await lengthOf('image_bgr_u8.npy', 'stack')).toBe(48);
    expect(await lengthOf('stack_grey_u8.npy')).toBe(5);
    expect(await lengthOf('stack_normalised_f32.npy')).toBe(5);
  });
});

describe('files that cannot be read are refused by name', () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    ['truncated.npy', /truncated\.npy ends early: its shape \(5, 48, 64, 3\) needs 46208 bytes/],
    ['wrong_header.npy', /wrong_header\.npy .*header is damaged/],
    ['not_npy.npy', /not_npy\.npy .*does not begin with/],
    ['objects.npy', /objects\.npy .*dtype is '\|O' \(Python objects\)/],
    ['records.npy', /records\.npy .*structured dtype/],
  ];
  for (const [name, message] of refused) {
    it(name, () => expect(openNpy(fixture(name), name)).rejects.toThrow(message));
  }
  it('by the name of the file where none is given', async () => {
    const file = new File([await fixture('truncated.npy').arrayBuffer()], 'of disk.npy');
    await expect(openNpy(file)).rejects.toThrow(/^of disk\.npy ends early/);
    await expect(openNpy(file.slice())).rejects.toThrow(/^The file ends early/);
  });
  it('an empty file', () => expect(openNpy(new Blob([]), 'empty.npy')).rejects.toThrow(/empty\.npy/));
  it('an array with one axis is no image', async () => {
    const file = await openNpy(fixture('one_axis.npy'), 'one_axis.npy');
    expect(() => npyImages(file)).toThrow(/one_axis\.npy has the shape \(10\)/);
  });
  it('a row of a file in Fortran order', async () => {
    const file = await openNpy(fixture('fortran_u8.npy'), 'fortran_u8.npy');
    await expect(readNpyRow(file, 0)).rejects.toThrow(/Fortran order/);
  });
  it('an aborted read rejects with the reason', async () => {
    const reason = new Error('not wanted');
    await expect(openNpy(fixture('stack_rgb_u8.npy'), 's', AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
