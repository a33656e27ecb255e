import { describe, expect, it } from 'vitest';
import { InnotaterError } from '../../../src/errors/index.js';
import { isTensorLike } from '../../../src/images/entry-kinds.js';
import type { TensorLike } from '../../../src/images/index.js';
import { type ChannelAxis, tensorPixels } from '../../../src/images/tensor.js';

const zeros = (...shape: number[]): TensorLike => ({
  data: new Uint8Array(shape.reduce((all, n) => all * n, 1)),
  shape,
});

const sizeOf = (tensor: TensorLike, axis?: ChannelAxis) => {
  const { height, width, channels, strides } = tensorPixels(tensor, axis);
  return [height, width, channels, strides.y, strides.x, strides.c];
};

const messageOf = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    expect(error).toBeInstanceOf(InnotaterError);
    expect((error as InnotaterError).code).toBe('data');
    return (error as InnotaterError).message;
  }
  throw new Error('nothing was thrown');
};

describe('tensors', () => {
  it.each([
    [
      [5, 7],
      [5, 7, 1, 7, 1, 0],
    ],
    [
      [5, 7, 1],
      [5, 7, 1, 7, 1, 1],
    ],
    [
      [5, 7, 3],
      [5, 7, 3, 21, 3, 1],
    ],
    [
      [5, 7, 4],
      [5, 7, 4, 28, 4, 1],
    ],
    [
      [3, 5, 7],
      [5, 7, 3, 7, 1, 35],
    ],
    [
      [1, 5, 7],
      [5, 7, 1, 7, 1, 35],
    ],
    [
      [4, 5, 7],
      [5, 7, 4, 7, 1, 35],
    ],
    [
      [3, 5, 4],
      [3, 5, 4, 20, 4, 1],
    ],
    [
      [3, 3, 3],
      [3, 3, 3, 9, 3, 1],
    ],
    [
      [1, 3, 5, 7],
      [5, 7, 3, 7, 1, 35],
    ],
    [
      [1, 1, 5, 7, 3],
      [5, 7, 3, 21, 3, 1],
    ],
  ])('I4: the shape %j is height, width, channels and strides %j', (shape, expected) => {
    expect(sizeOf(zeros(...shape))).toEqual(expected);
  });

  it('I4: an option forces the channels to be first or last, also two of them', () => {
    expect(sizeOf(zeros(3, 5, 4), 'first')).toEqual([5, 4, 3, 4, 1, 20]);
    expect(sizeOf(zeros(4, 5, 7), 'last')).toEqual([4, 5, 7, 35, 7, 1]);
    expect(sizeOf(zeros(5, 7, 2), 'last')).toEqual([5, 7, 2, 14, 2, 1]);
    expect(sizeOf(zeros(2, 5, 7), 'first')).toEqual([5, 7, 2, 7, 1, 35]);
  });

  it('reads dims, stride, offset and column-major memory', () => {
    const data = new Float32Array(100);
    expect(sizeOf({ data, dims: [4, 5, 3] })).toEqual([4, 5, 3, 15, 3, 1]);
    const flipped = tensorPixels({ data, shape: [4, 5], stride: [-5, 1], offset: 15 });
    expect([flipped.offset, flipped.strides.y]).toEqual([15, -5]);
    expect(sizeOf({ data, shape: [4, 5, 3], fortranOrder: true })).toEqual([4, 5, 3, 1, 4, 20]);
  });

  it.each([
    [new Uint8Array(4), undefined, 'u8', 255],
    [new Uint8ClampedArray(4), undefined, 'u8', 255],
    [new Uint8Array(4), 'bool', 'bool', 1],
    [new Uint8Array(4), '|b1', 'bool', 1],
    [new Uint16Array(4), undefined, 'u16', 255],
    [new Uint16Array(4), 'float16', 'f16', 1],
    [new Uint16Array(4), '<f2', 'f16', 1],
    [new BigInt64Array(4), 'int64', 'i64', 255],
    [new BigUint64Array(4), undefined, 'u64', 255],
    [new Float32Array(4), 'float32', 'f32', 1],
    [new Float64Array(4), '<f8', 'f64', 1],
    [[0, 1, 2, 255], undefined, 'f64', 255],
    [[0, 0.5, 1, 1], undefined, 'f64', 1],
    [[0, 1, 1, 0], 'float32', 'f64', 1],
  ] as const)('I5: %o of dtype %s is %s, white is %i', (data, dtype, expected, white) => {
    const like: TensorLike = { data, shape: [2, 2], ...(dtype === undefined ? {} : { dtype }) };
    const tensor = tensorPixels(like);
    expect([tensor.dtype, tensor.white]).toEqual([expected, white]);
  });

  it('what is no number in a plain array is named, with its place', () => {
    const texts = messageOf(() => tensorPixels({ data: ['a'] as never, shape: [1, 1] }));
    expect(texts).toBe('The data of a tensor of shape (1, 1) must be numbers; element 0 is "a"');
    expect(messageOf(() => tensorPixels({ data: [1, null, 3, 4] as never, shape: [2, 2] }))).toMatch(
      /element 1 is null/,
    );
  });

  it('I5: true and false in a plain array are white and black', () => {
    const data = [true, false, false, true] as unknown as number[];
    const tensor = tensorPixels({ data, shape: [2, 2] });
    expect([...tensor.data, tensor.white]).toEqual([1, 0, 0, 1, 1]);
  });

  it('reads a DataView by its dtype, aligned or not', () => {
    const bytes = new Uint8Array(13);
    const view = new DataView(bytes.buffer, 1, 12);
    view.setFloat32(4, 2.5, true);
    const data = view as unknown as Float32Array;
    expect([...tensorPixels({ data, shape: [1, 3], dtype: 'float32' }).data]).toEqual([0, 2.5, 0]);
    expect(messageOf(() => tensorPixels({ data, shape: [1, 3] }))).toMatch(/DataView without a known dtype/);
  });

  it('takes ImageData and RawImage as they are, always in RGB order', () => {
    const data = new Uint8ClampedArray(2 * 3 * 4);
    const tensor = tensorPixels({ data, width: 3, height: 2 });
    expect([tensor.height, tensor.width, tensor.channels, tensor.order]).toEqual([2, 3, 4, 'RGB']);
    expect(tensorPixels({ data: new Uint8Array(18), width: 3, height: 2, channels: 3 }).channels).toBe(3);
    expect(isTensorLike({ data, width: 3, height: 2 })).toBe(true);
    expect(isTensorLike(data)).toBe(false);
  });

  it('names the shape and what would fit', () => {
    const fits = /\(H,W\).*channels: 'first' or 'last'/;
    expect(messageOf(() => tensorPixels(zeros(5)))).toMatch(/\(5\) is no image/);
    expect(messageOf(() => tensorPixels(zeros(2, 5, 7, 3)))).toMatch(/\(2, 5, 7, 3\) is more than one image/);
    expect(messageOf(() => tensorPixels(zeros(2, 5, 7, 3)))).toMatch(fits);
    expect(messageOf(() => tensorPixels(zeros(0, 7)))).toMatch(/\(0, 7\) has no pixels/);
    expect(messageOf(() => tensorPixels({ data: new Uint8Array(5), shape: [2, 3] }))).toMatch(
      /\(2, 3\) needs elements 0 to 5 of its data, which holds 5/,
    );
    expect(messageOf(() => tensorPixels({ ...zeros(2, 3), stride: [-3, 1] }))).toMatch(/elements -3 to 2/);
    expect(messageOf(() => tensorPixels({ ...zeros(2, 3), strides: [1] }))).toMatch(/strides \(1\)/);
    expect(messageOf(() => tensorPixels({ data: new Uint8Array(5) }))).toMatch(/without shape or dims/);
    const side = 2 ** 21;
    const broadcast = (...shape: number[]) => ({ data: new Uint8Array(4), shape, strides: [0, 0] });
    expect(tensorPixels(broadcast(side, side)).width).toBe(side);
    for (const shape of [
      [1e9, 1e9],
      [1, side + 1],
    ]) {
      expect(messageOf(() => tensorPixels(broadcast(...shape)))).toBe(
        `A tensor of shape (${shape.join(', ')}) is too large; height and width are at most 2097152`,
      );
    }
  });

  it('R10: more than 4 channels are refused', () => {
    expect(messageOf(() => tensorPixels(zeros(5, 6, 7)))).toMatch(/\(5, 6, 7\) has more than 4 channels/);
  });

  it('tells what to do with data that is not there yet', () => {
    const tfjs = { data: async () => new Float32Array(6), shape: [2, 3] } as unknown as TensorLike;
    expect(messageOf(() => tensorPixels(tfjs))).toMatch(/await tensor\.data\(\)/);
    const onGpu = {
      get data(): Float32Array {
        throw new Error('The data is not on CPU');
      },
      dims: [2, 3],
    };
    expect(messageOf(() => tensorPixels(onGpu))).toMatch(/GPU.*getData/);
  });
});
