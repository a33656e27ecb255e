import { InnotaterError } from '../errors/index.js';
import type { Affine, Band, DType, ElementArray, PixelRecipe } from './contract.js';
import { arrayNameOf, isDType } from './elements.js';

const wrong = (message: string): InnotaterError => new InnotaterError('data', `A band ${message}`);

const kindOf = (data: unknown): string =>
  ArrayBuffer.isView(data)
    ? String((data as { readonly [Symbol.toStringTag]?: string })[Symbol.toStringTag])
    : String(data === null ? null : typeof data);

/** By name, since arrays may come from another window. */
const isOf = (kind: string, dtype: DType): boolean =>
  kind === arrayNameOf(dtype) || (kind === 'Uint8ClampedArray' && arrayNameOf(dtype) === 'Uint8Array');

/** The browser's own halves as the bits that they are. */
const elementsIn = (data: unknown, dtype: unknown): ElementArray => {
  if (typeof dtype !== 'string' || !isDType(dtype))
    throw wrong(`has the dtype ${JSON.stringify(dtype)}, which is none`);
  const kind = kindOf(data);
  if (isOf(kind, dtype)) return data as ElementArray;
  if (kind === 'Float16Array' && dtype === 'f16') {
    const { buffer, byteOffset, byteLength } = data as ArrayBufferView;
    return new Uint16Array(buffer, byteOffset, byteLength / 2);
  }
  throw wrong(`of dtype ${dtype} needs its data as ${arrayNameOf(dtype)}, not ${kind}`);
};

const isQuadruple = (numbers: unknown): boolean =>
  Array.isArray(numbers) && numbers.length === 4 && numbers.every((value) => typeof value === 'number');

const checkRecipe = (recipe: PixelRecipe | undefined): void => {
  const { layout, channels, order, affine } = recipe ?? ({} as Partial<PixelRecipe>);
  if (layout !== 'interleaved' && layout !== 'planar')
    throw wrong(`needs recipe.layout 'interleaved' or 'planar', not ${JSON.stringify(layout)}`);
  if (![1, 2, 3, 4].includes(channels as number))
    throw wrong(`needs recipe.channels from 1 to 4, not ${JSON.stringify(channels)}`);
  if (order !== 'RGB' && order !== 'BGR')
    throw wrong(`needs recipe.order 'RGB' or 'BGR', not ${JSON.stringify(order)}`);
  const { scale, offset } = affine ?? ({} as Partial<Affine>);
  if (affine !== null && !(isQuadruple(scale) && isQuadruple(offset)))
    throw wrong('needs recipe.affine null, or four numbers each as its scale and offset');
};

const isLength = (value: number): boolean => Number.isInteger(value) && value >= 0;

/**
 * The band without samples beyond its size. Throws `InnotaterError` 'data' when there are fewer than its size says, or when its size,
 * dtype, data or recipe is none.
 */
export const checkedBand = (band: Band): Band => {
  if (typeof band !== 'object' || band === null) throw wrong(`must be an object, not ${band}`);
  const { dtype, width, rows, recipe } = band;
  checkRecipe(recipe);
  if (!isLength(width) || !isLength(rows))
    throw wrong(`needs whole numbers as its width and rows, not ${width} and ${rows}`);
  const data = elementsIn(band.data, dtype);
  const needed = width * rows * recipe.channels;
  if (data.length < needed) {
    throw wrong(
      `of ${rows} rows of ${width} pixels with ${recipe.channels} channels needs ${needed} values, not ${data.length}`,
    );
  }
  if (data.length > needed) return { ...band, data: data.subarray(0, needed) };
  return data === band.data ? band : { ...band, data };
};
