/** Element types of tensors; `bool` is one byte, 0 or 1; `f16` is IEEE 754 binary16 bits in a Uint16Array. */
export type DType =
  | 'u8'
  | 'i8'
  | 'u16'
  | 'i16'
  | 'u32'
  | 'i32'
  | 'i64'
  | 'u64'
  | 'f16'
  | 'f32'
  | 'f64'
  | 'bool';

/** Anything a tensor's elements may live in. */
export type ElementArray =
  | Uint8Array
  | Uint8ClampedArray
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** Where a pixel's channels lie: side by side (H,W,C) or one plane after another (C,H,W). */
export type PixelLayout = 'interleaved' | 'planar';
/** Order of the colour channels in the source. Grey and alpha are not concerned. */
export type ChannelOrder = 'RGB' | 'BGR';

/**
 * `out[c] = clamp(roundToNearest(in[c] · scale[c] + offset[c]), 0, 255)`, in the order R, G, B, A of the *result*.
 * NaN becomes 0. A grey source takes `scale[0]`, `offset[0]`; alpha, where the source has it, takes index 3.
 */
export type Affine = {
  readonly scale: readonly [number, number, number, number];
  readonly offset: readonly [number, number, number, number];
};

/** How samples of a source become straight (not premultiplied) RGBA of 8 bits. */
export type PixelRecipe = {
  readonly layout: PixelLayout;
  /** 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha. */
  readonly channels: 1 | 2 | 3 | 4;
  readonly order: ChannelOrder;
  /** null: values are taken as they are and clamped to 0…255. */
  readonly affine: Affine | null;
};

/**
 * Some whole rows of a source, contiguous: interleaved `[rows, width, channels]`, planar `[channels, rows, width]`.
 * `data` is the receiver's to keep (it is transferred to the worker).
 */
export type Band = {
  readonly data: ElementArray;
  readonly dtype: DType;
  readonly width: number;
  readonly rows: number;
  readonly recipe: PixelRecipe;
};

/** Straight RGBA, 4 bytes a pixel, rows top down without padding. */
export type RgbaPixels = {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array<ArrayBuffer>;
};
