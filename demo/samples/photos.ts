const urls = import.meta.glob<string>('../photos/*.{jpg,png,webp}', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** Addresses of sample photographs by their file names. */
export const photos = (...names: readonly string[]): URL[] =>
  names.map((name) => new URL(urls[`../photos/${name}`]!, document.baseURI));

/** The middle of a photograph, read back from a canvas: `width` × `height` pixels of its own size, or scaled up to cover them. */
export const photoPixels = async (url: URL, width: number, height: number): Promise<ImageData> => {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const scale = Math.max(width / bitmap.width, height / bitmap.height);
  const [w, h] = [bitmap.width * scale, bitmap.height * scale];
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, (width - w) / 2, (height - h) / 2, w, h);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
};
