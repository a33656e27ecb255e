/** Segments that say how a JPEG's components are colours: Adobe's APP14, transform 0 (as they are) or 1 (YCbCr). */
const adobe = (transform: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.of(0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, transform);

/**
 * A TIFF's JPEG tile as a file of its own: the shared tables go before it (TIFF Technical Note 2), and a marker tells whether its
 * colours are YCbCr, which is the photometric interpretation's to say.
 */
export const jpegFile = (tile: ArrayBuffer, tables: Uint8Array | null, isYCbCr: boolean): Blob => {
  const start = Uint8Array.of(0xff, 0xd8);
  const shared = tables ? tables.slice(2, tables.at(-1) === 0xd9 ? -2 : undefined) : new Uint8Array();
  return new Blob([start, adobe(isYCbCr ? 1 : 0), shared, new Uint8Array(tile, 2)], { type: 'image/jpeg' });
};

/** Whether this thread has the browser's decoder and can look at what it made. */
export const canDecodeJpeg = (): boolean =>
  typeof createImageBitmap === 'function' && typeof OffscreenCanvas === 'function';

/** Grey or RGB bytes of a JPEG by the browser's own decoder, interleaved. Rejects where it is damaged. */
export const decodedJpeg = async (file: Blob, samples: 1 | 3): Promise<ArrayBuffer> => {
  const bitmap = await createImageBitmap(file, { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  const out = new Uint8Array(width * height * samples);
  for (let i = 0, to = 0; i < data.length; i += 4) for (let c = 0; c < samples; c++) out[to++] = data[i + c]!;
  return out.buffer;
};
