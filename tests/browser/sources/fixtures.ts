import { executeServerCommand } from '@web/test-runner-commands';

export type Shape = readonly [number, number, number];
export type Expected = {
  readonly file?: string;
  readonly path?: string;
  readonly zip?: string;
  readonly shapes: readonly Shape[];
  readonly dtype: string;
  readonly page?: number;
  readonly near?: number;
};

/** What other programs read from the files of a folder of fixtures. */
export const expectedOf = async (folder: string): Promise<Readonly<Record<string, Expected>>> =>
  (await fetch(`/tests/fixtures/${folder}/expected.json`)).json();

const arrays = {
  uint8: Uint8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** The first level as it was read, in the fixture's order of axes. */
export const truthOf = async (
  folder: string,
  name: string,
  { dtype }: Expected,
): Promise<ArrayLike<number>> => {
  const packed = (await fetch(`/tests/fixtures/${folder}/${name}.raw.gz`)).body!;
  const bytes = await new Response(packed.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
  const View = arrays[dtype as keyof typeof arrays];
  return new View(bytes, 0, Math.floor(bytes.byteLength / View.BYTES_PER_ELEMENT));
};

export const fixtureFile = async (path: string): Promise<File> => {
  const blob = await (await fetch(`/tests/fixtures/${path}`)).blob();
  return new File([await blob.arrayBuffer()], path.split('/').at(-1)!);
};

/** RGBA of an image file by the browser. */
export const pictureOf = async (path: string): Promise<ImageData> => {
  const blob = await (await fetch(`/tests/fixtures/${path}`)).blob();
  const bitmap = await createImageBitmap(new Blob([await blob.arrayBuffer()]), {
    colorSpaceConversion: 'none',
  });
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
};

export const otherOrigin = async (): Promise<string> =>
  (await executeServerCommand<{ origin: string }, null>('other-origin', null)).origin;
