import { InnotaterError } from '../src/errors/index.js';
import type {
  Affine,
  Band,
  EncodedImage,
  EncodedRegion,
  FirstPicture,
  OpenedImage,
  PictureService,
  PixelKernels,
  PixelRect,
  RgbaPixels,
} from '../src/kernels/index.js';
import { assembleBands, rowsPerBand } from './bands.js';
import { type Diagnose, decodeImage, decodeScaled } from './decode.js';
import type { CutPixels } from './frame-stack.js';
import { createHeldImages, type HeldPicture } from './held-images.js';
import { createPixelCutter } from './pixel-cutter.js';
import { replyOf, transferred } from './replies.js';
import type { ServiceOptions } from './service-options.js';

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

const sizeOf = ({ width, height }: HeldPicture): OpenedImage => ({
  width,
  height,
  bytes: width * height * 4,
});

/** Once more, where the worker that had it crashed. */
const scaledPicture = async (blob: Blob): Promise<HeldPicture> => {
  const scaled = await decodeScaled(blob);
  if (!scaled) throw new InnotaterError('decode', 'The image could not be decoded a second time.');
  return scaled.picture;
};

type KernelLoader = () => Promise<{ readonly kernels: Pick<PixelKernels, 'convertReduced'> }>;

/** The service of pictures that browsers decode, with nothing held yet. The first call loads the kernels; `diagnose` says why a file is refused. */
export const createPictureService = (
  { cutBytes, breathe }: ServiceOptions,
  loadKernels: KernelLoader,
  diagnose: Diagnose,
): Omit<PictureService, 'hello'> => {
  const images = createHeldImages();

  const readRegion = async (picture: HeldPicture, request: Cut): Promise<RgbaPixels> => {
    const { kernels } = await loadKernels();
    const { level } = request;
    const { x, y, width, height } = clip(request.region, picture.width, picture.height);
    const cutter = createPixelCutter(picture);
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

  const glance = async ({ id, blob }: EncodedImage): Promise<FirstPicture | null> => {
    const scaled = await decodeScaled(blob);
    if (!scaled) return null;
    const { picture, ...facts } = scaled;
    images.release(id);
    const keep = async () => picture;
    return images.withImage(id, keep, (kept) => ({ ...facts, bytes: sizeOf(kept).bytes }));
  };

  return {
    open: ({ id, blob }) => replyOf(() => images.withImage(id, () => decodeImage(blob, diagnose), sizeOf)),
    glance: (image) => replyOf(() => glance(image)),
    adopt: (id, bitmap) => {
      images.release(id);
      return replyOf(() => images.withImage(id, async () => bitmap, sizeOf));
    },
    read: async (request) => {
      const { id, blob, isGlance } = request.image;
      const decode = () => (isGlance ? scaledPicture(blob) : decodeImage(blob, diagnose));
      return transferred(
        await replyOf(() => images.withImage(id, decode, (picture) => readRegion(picture, request))),
      );
    },
    release: async (id) => images.release(id),
  };
};
