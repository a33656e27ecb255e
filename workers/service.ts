import { transfer } from 'comlink';
import { failure, InnotaterError, type Reply, success } from '../src/errors/index.js';
import {
  type Affine,
  type Band,
  type BandTask,
  bandLayout,
  type ComputedBand,
  type EncodedRegion,
  type FirstPicture,
  type OpenedImage,
  type PixelRect,
  type PixelService,
  type ReducedBand,
  type RgbaPixels,
  type StoredRegion,
} from '../src/kernels/index.js';
import { assembleBands, rowsOfBand, rowsPerBand } from './bands.js';
import { decodeImage, decodeScaled } from './decode.js';
import { createHeldImages } from './held-images.js';
import { meanValues } from './mean-values.js';
import { type CutPixels, createPixelCutter } from './pixel-cutter.js';
import { readBlock, sampleTensor } from './stored-tensor.js';
import { loadKernels } from './wasm-kernels.js';

export type PixelServiceOptions = {
  /** Bytes of source pixels that are worked on at a time; about what a core's cache holds. */
  readonly bandBytes: number;
  /** Bytes that are cut out of a bitmap at a time; each cut takes a millisecond, however small. */
  readonly cutBytes: number;
  /** Awaited between two bands. */
  readonly breathe: () => Promise<void>;
};

/** Large bands without pauses: a worker has nothing else to do. */
export const inWorker: PixelServiceOptions = {
  bandBytes: 1 << 20,
  cutBytes: 8 << 20,
  breathe: async () => {},
};

/** Bands of a few milliseconds, and the event loop's turn between them. */
export const onMainThread: PixelServiceOptions = {
  bandBytes: 1 << 20,
  cutBytes: 1 << 20,
  breathe: () => new Promise((resolve) => setTimeout(resolve)),
};

const clip = (region: PixelRect, width: number, height: number): PixelRect => {
  const x = Math.max(0, region.x);
  const y = Math.max(0, region.y);
  const clipped = {
    x,
    y,
    width: Math.min(width, region.x + region.width) - x,
    height: Math.min(height, region.y + region.height) - y,
  };
  if (clipped.width > 0 && clipped.height > 0) return clipped;
  throw new InnotaterError(
    'range',
    `The region ${region.x}, ${region.y}, ${region.width}, ${region.height} lies outside the image of ${width}×${height} pixels.`,
    { width, height },
  );
};

const opaqueAffine = ({ scale, offset }: Affine): Affine => ({
  scale: [scale[0], scale[1], scale[2], 1],
  offset: [offset[0], offset[1], offset[2], 0],
});

/** What is cut out of a bitmap, and what becomes of its values. */
type Cut = Omit<EncodedRegion, 'image'>;

const bandOf = (pixels: CutPixels, rect: PixelRect, { affine, swapRedBlue }: Cut): Band => {
  const swapped = pixels.order === 'RGB' ? 'BGR' : 'RGB';
  const order = swapRedBlue ? swapped : pixels.order;
  return {
    data: pixels.data,
    dtype: 'u8',
    width: rect.width,
    rows: rect.height,
    recipe: {
      layout: 'interleaved',
      channels: 4,
      order,
      affine: affine && pixels.opaque ? opaqueAffine(affine) : affine,
    },
  };
};

const replyOf = async <T>(work: () => Promise<T>): Promise<Reply<T>> => {
  try {
    return success(await work());
  } catch (thrown) {
    return failure(thrown, 'worker');
  }
};

/** The reply with the memory of its value handed over. */
const handedOver = <T>(reply: Reply<T>, memory: (value: T) => ArrayBufferView<ArrayBuffer>): Reply<T> =>
  reply.ok ? transfer(reply, [memory(reply.value).buffer]) : reply;

const transferred = (reply: Reply<RgbaPixels>): Reply<RgbaPixels> => handedOver(reply, ({ rgba }) => rgba);

/** A region of a stored tensor as a band. */
const storedBand = async ({ tensor, region, picks }: StoredRegion, affine: Affine | null): Promise<Band> => {
  const how = bandLayout(tensor, picks);
  const channels = picks.length as 1 | 2 | 3 | 4;
  const recipe = { layout: how.layout, channels, order: how.order, affine };
  const data = await readBlock(tensor, how, region);
  return { data, dtype: tensor.dtype, width: region.width, rows: region.height, recipe };
};

const sizeOf = ({ width, height }: ImageBitmap): OpenedImage => ({
  width,
  height,
  bytes: width * height * 4,
});

/** The service with nothing held yet. Its kernels are loaded by the first call. Runs in workers and on the page alike. */
export const createPixelService = ({ bandBytes, cutBytes, breathe }: PixelServiceOptions): PixelService => {
  const images = createHeldImages();

  const convertBand = async ({ band, level }: ReducedBand): Promise<RgbaPixels> => {
    const { kernels } = await loadKernels();
    const { width, rows: height } = band;
    const rowBytes = Math.max(1, band.data.byteLength / height);
    const plan = { width, height, level, rowsPerBand: rowsPerBand(rowBytes, level, bandBytes), breathe };
    return assembleBands(plan, (from, rows) => kernels.convertReduced(rowsOfBand(band, from, rows), level));
  };

  const readRegion = async (bitmap: ImageBitmap, request: Cut): Promise<RgbaPixels> => {
    const { kernels } = await loadKernels();
    const { level } = request;
    const { x, y, width, height } = clip(request.region, bitmap.width, bitmap.height);
    const cutter = createPixelCutter(bitmap);
    const plan = { width, height, level, rowsPerBand: rowsPerBand(width * 4, level, cutBytes), breathe };
    try {
      return await assembleBands(plan, async (from, rows) => {
        const rect = { x, y: y + from, width, height: rows };
        return kernels.convertReduced(bandOf(await cutter.cut(rect), rect, request), level);
      });
    } finally {
      cutter.close();
    }
  };

  const computeTask = async ({ band, rows, work, into }: BandTask): Promise<ComputedBand> => {
    const { kernels } = await loadKernels();
    const part = rows ? rowsOfBand(band, rows.from, rows.count) : band;
    const made =
      work.kind === 'reduce'
        ? kernels.convertReduced(part, work.level)
        : kernels.resize(part, work.to, work.part);
    into?.set(made.rgba);
    return { pixels: into ? null : made, spare: band.data.buffer };
  };

  const glance = async (blob: Blob): Promise<FirstPicture | null> => {
    const scaled = await decodeScaled(blob);
    if (!scaled) return null;
    const { bitmap, ...rest } = scaled;
    const region = { x: 0, y: 0, width: bitmap.width, height: bitmap.height };
    try {
      const pixels = await readRegion(bitmap, { region, level: 0, affine: null, swapRedBlue: false });
      return { ...rest, pixels };
    } finally {
      bitmap.close();
    }
  };

  return {
    hello: async () => (await loadKernels()).backend,
    convert: async (request) => {
      const spare = request.band.data.buffer;
      const reply = await replyOf(async () => ({ pixels: await convertBand(request), spare }));
      return reply.ok ? transfer(reply, [reply.value.pixels.rgba.buffer, spare]) : reply;
    },
    compute: async (task) => {
      const reply = await replyOf(() => computeTask(task));
      if (!reply.ok) return reply;
      const { pixels, spare } = reply.value;
      const own = spare instanceof ArrayBuffer ? [spare] : [];
      return transfer(reply, pixels ? [pixels.rgba.buffer, ...own] : own);
    },
    open: ({ id, blob }) => replyOf(() => images.withImage(id, () => decodeImage(blob), sizeOf)),
    glance: async (blob) => {
      const reply = await replyOf(() => glance(blob));
      return reply.ok && reply.value ? transfer(reply, [reply.value.pixels.rgba.buffer]) : reply;
    },
    adopt: (id, bitmap) => {
      images.release(id);
      return replyOf(() => images.withImage(id, async () => bitmap, sizeOf));
    },
    read: async (request) => {
      const { id, blob } = request.image;
      const decode = () => decodeImage(blob);
      return transferred(
        await replyOf(() => images.withImage(id, decode, (bitmap) => readRegion(bitmap, request))),
      );
    },
    readStored: async (request) => {
      const { level, affine } = request;
      const read = async () => convertBand({ band: await storedBand(request, affine), level });
      return transferred(await replyOf(read));
    },
    readMeans: async (request) => {
      const read = async () => meanValues(await storedBand(request, null), request.level);
      return handedOver(await replyOf(read), ({ values }) => values);
    },
    sampleStored: async (request) =>
      handedOver(await replyOf(() => sampleTensor(request)), (values) => values),
    release: async (id) => images.release(id),
  };
};
