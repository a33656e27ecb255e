import { type GeoTIFF, GeoTIFFImage } from 'geotiff';
import { InnotaterError } from '../../errors/index.js';
import { type TiffImage, tiffImage } from './directory.js';

/** Pages that are looked at for smaller versions of one. */
const mostPages = 64;

/**
 * One image of a file and its smaller versions, finest first: pages that say so (`NewSubfileType`), pages behind it in tiles and
 * the same proportion (slide scanners), or its SubIFDs (OME-TIFF). Throws `InnotaterError` 'range' where there is no such page.
 */
export const tiffLevels = async (
  tiff: GeoTIFF,
  page: number,
  name: string,
): Promise<readonly TiffImage[]> => {
  const main = Number.isInteger(page) && page >= 0 ? await pageAt(tiff, page, name) : null;
  if (!main) {
    const message = `${name} has no page ${page}; pages are counted from 0, and it has ${await tiff.getImageCount()}`;
    throw new InnotaterError('range', message, { file: name, page });
  }
  const smaller = [...(await subImages(tiff, main, name)), ...(await laterPages(tiff, page, main, name))]
    .filter((image) => isSmaller(image, main))
    .sort((a, b) => b.width - a.width);
  const levels = [main];
  for (const image of smaller) if (image.width < levels.at(-1)!.width) levels.push(image);
  return levels;
};

const pageAt = async (tiff: GeoTIFF, page: number, name: string): Promise<TiffImage | null> => {
  try {
    return await tiffImage(await tiff.getImage(page), name);
  } catch (thrown) {
    if (thrown instanceof Error && 'index' in thrown) return null;
    throw thrown;
  }
};

const laterPages = async (
  tiff: GeoTIFF,
  page: number,
  main: TiffImage,
  name: string,
): Promise<TiffImage[]> => {
  const images: TiffImage[] = [];
  for (let index = page + 1; index < page + mostPages; index++) {
    const image = await pageAt(tiff, index, name);
    if (!image || (image.width === main.width && image.height === main.height && !image.isMask)) break;
    if (image.isReduced || image.isTiled) images.push(image);
  }
  return images;
};

const subImages = async (tiff: GeoTIFF, main: TiffImage, name: string): Promise<TiffImage[]> => {
  const offsets = await main.directory.loadValue('SubIFDs');
  if (offsets === undefined || offsets === null) return [];
  const list =
    typeof offsets === 'object' ? Array.from(offsets as ArrayLike<number>, Number) : [Number(offsets)];
  const read = async (offset: number) => {
    const directory = await tiff.parser.parseFileDirectoryAt(offset);
    return tiffImage(new GeoTIFFImage(directory, tiff.littleEndian, false, tiff.source), name);
  };
  return Promise.all(list.slice(0, mostPages).map(read));
};

const isSmaller = (image: TiffImage, main: TiffImage): boolean => {
  const [across, down] = [main.width / image.width, main.height / image.height];
  const slack = 1 + 2 / Math.min(image.width, image.height);
  const isSame =
    image.samples === main.samples && image.dtype === main.dtype && image.photometric === main.photometric;
  return (
    !image.isMask && isSame && across > 1 && down >= 1 && Math.max(across / down, down / across) <= slack
  );
};
