import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Affine, type Band, scalarKernels } from '../../src/kernels/index.js';
import { BandKernels } from '../../workers/band-kernels.js';
import { seeded, seededBytes } from './seeded.js';

const pictures = new BandKernels(
  new WebAssembly.Instance(
    new WebAssembly.Module(readFileSync(new URL('../../build/picture-kernels.wasm', import.meta.url))),
  ),
);

const affine: Affine = { scale: [1.5, 0.5, 2, 1], offset: [-20, 30.5, -128, 0] };

const bandOf = (width: number, rows: number, opaque: boolean, recipe: Partial<Band['recipe']>): Band => {
  const data = seededBytes(width * rows * 4, width * 31 + rows);
  const next = seeded(width);
  for (let at = 3; at < data.length; at += 4) data[at] = opaque ? 255 : [0, 255, data[at]!][next() % 3]!;
  return {
    data,
    dtype: 'u8',
    width,
    rows,
    recipe: { layout: 'interleaved', channels: 4, order: 'RGB', affine: null, ...recipe },
  };
};

describe('the kernels of decoded pictures', () => {
  for (const order of ['RGB', 'BGR'] as const) {
    for (const [name, how] of [
      ['as they are', null],
      ['through an affine', affine],
    ] as const) {
      it(`${order} ${name}: the bytes of the scalar kernels, converted and reduced`, () => {
        for (const width of [1, 2, 3, 4, 7, 16, 33, 64, 517]) {
          for (const opaque of [true, false]) {
            const band = bandOf(width, 67, opaque, { order, affine: how });
            for (const level of [0, 1, 2, 5]) {
              const [made, wanted] = [pictures, scalarKernels].map((kernels) =>
                kernels.convertReduced(band, level),
              );
              const isEqual = Buffer.compare(made!.rgba, wanted!.rgba) === 0 && made!.width === wanted!.width;
              expect(isEqual, `width ${width}, level ${level}, opaque ${opaque}`).toBe(true);
            }
          }
        }
      });
    }
  }
});
