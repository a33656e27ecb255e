import { transfer } from 'comlink';
import {
  type Affine,
  type Band,
  type BandTask,
  bandLayout,
  type ComputedBand,
  type PixelService,
  type ReducedBand,
  type RgbaPixels,
  type StoredRegion,
} from '../src/kernels/index.js';
import { assembleBands, rowsOfBand, rowsPerBand } from './bands.js';
import { diagnosis } from './diagnosis.js';
import { meanValues } from './mean-values.js';
import { createPictureService } from './picture-service.js';
import { handedOver, replyOf, transferred } from './replies.js';
import type { ServiceOptions } from './service-options.js';
import { readBlock, sampleTensor } from './stored-tensor.js';
import { loadKernels } from './wasm-kernels.js';

/** A region of a stored tensor as a band. */
const storedBand = async ({ tensor, region, picks }: StoredRegion, affine: Affine | null): Promise<Band> => {
  const how = bandLayout(tensor, picks);
  const channels = picks.length as 1 | 2 | 3 | 4;
  const recipe = { layout: how.layout, channels, order: how.order, affine };
  const data = await readBlock(tensor, how, region);
  return { data, dtype: tensor.dtype, width: region.width, rows: region.height, recipe };
};

/** The service with nothing held yet. Its kernels are loaded by the first call. Runs in workers and on the page alike. */
export const createPixelService = (options: ServiceOptions): PixelService => {
  const pictures = createPictureService(options, loadKernels, diagnosis);
  const { bandBytes, breathe } = options;

  const convertBand = async ({ band, level }: ReducedBand): Promise<RgbaPixels> => {
    const { kernels } = await loadKernels();
    const { width, rows: height } = band;
    const rowBytes = Math.max(1, band.data.byteLength / height);
    const plan = { width, height, level, rowsPerBand: rowsPerBand(rowBytes, level, bandBytes), breathe };
    return assembleBands(plan, (from, rows) => kernels.convertReduced(rowsOfBand(band, from, rows), level));
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

  return {
    ...pictures,
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
  };
};
