import type { AnnotatedImage, AnnotationSet, ReadAnnotations } from './annotation-set.js';
import { readCoco } from './coco-read.js';
import { writeCoco } from './coco-write.js';
import { readCsv, writeCsv } from './csv-table.js';
import { displayedSize } from './displayed-size.js';
import { matchImages } from './match-images.js';
import { isImageName } from './paths.js';
import { type FolderFile, type FormatOptions, formatError, Pace } from './reading.js';
import { readVia } from './via-read.js';
import { writeVia } from './via-write.js';
import { readVoc } from './voc-read.js';
import { writeVoc } from './voc-write.js';
import { looksLikeYolo, readYolo } from './yolo-read.js';
import { writeYolo } from './yolo-write.js';

export type AnnotationFormat = 'coco' | 'yolo' | 'voc' | 'via' | 'csv';

export type RecognisedFiles = {
  /** null: none of the files holds annotations that are known. */
  readonly format: AnnotationFormat | null;
  /** Those that hold them. */
  readonly annotations: readonly FolderFile[];
  readonly images: readonly FolderFile[];
  /** Those that are left out, and why. */
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
};

const headBytes = 65_536;

/** What a file holds by its name and beginning; null: no annotations by itself. */
const formatOf = async ({ path, blob }: FolderFile): Promise<AnnotationFormat | null> => {
  if (!/\.(json|xml|csv)$/i.test(path)) return null;
  const head = await blob.slice(0, headBytes).text();
  if (/\.xml$/i.test(path)) return /<annotation[\s>]/.test(head) ? 'voc' : null;
  if (/\.csv$/i.test(path)) return /^\uFEFF?[^\n]*region_shape_attributes/.test(head) ? 'via' : 'csv';
  if (head.includes('"_via_') || (head.includes('"regions"') && head.includes('"filename"'))) return 'via';
  return /"(images|annotations|categories|info|licenses)"\s*:/.test(head) ? 'coco' : null;
};

const isYoloFile = ({ path }: FolderFile) => /\.(txt|ya?ml|names|data)$/i.test(path);

/**
 * Finds out what files or those of a folder hold: annotations of one format (in this order: COCO, VIA, Pascal VOC, YOLO, CSV), images, and what is
 * left out. Of COCO, VIA and CSV the first file counts. Only beginnings are read.
 */
export const recogniseFiles = async (files: readonly FolderFile[]): Promise<RecognisedFiles> => {
  const images = files.filter(({ path }) => isImageName(path));
  const others = files.filter(({ path }) => !isImageName(path));
  const found = new Map<AnnotationFormat, FolderFile[]>();
  const add = (format: AnnotationFormat, file: FolderFile) => {
    const list = found.get(format);
    if (list) list.push(file);
    else found.set(format, [file]);
  };
  for (const file of others) {
    const format = found.has('voc') && /\.xml$/i.test(file.path) ? 'voc' : await formatOf(file);
    if (format) add(format, file);
  }
  if (looksLikeYolo(files)) found.set('yolo', others.filter(isYoloFile));
  const order = ['coco', 'via', 'voc', 'yolo', 'csv'] as const;
  const format = order.find((one) => found.has(one)) ?? null;
  const all = format ? found.get(format)! : [];
  const annotations = format === 'voc' || format === 'yolo' ? all : all.slice(0, 1);
  const isRead = new Set(annotations);
  const isKnown = new Set([...found.values()].flat());
  const skipped = others
    .filter((file) => !isRead.has(file))
    .map((file) => ({
      path: file.path,
      why: isKnown.has(file)
        ? `its annotations were left out, since ${annotations[0]!.path} was read`
        : 'it is no image and no annotations that are known',
    }));
  return { format, annotations, images, skipped };
};

/** Sizes that an annotation file does not tell, from the images' headers. The set was just made, and nobody else has it yet. */
const fillSizes = async (
  set: AnnotationSet,
  matched: readonly (FolderFile | null)[],
  pace: Pace,
): Promise<void> => {
  for (const [i, image] of set.images.entries()) {
    const file = matched[i];
    if (!file || (image.width > 0 && image.height > 0)) continue;
    const size = await pace.wait(displayedSize(file.blob));
    if (size) Object.assign(image as { -readonly [key in keyof AnnotatedImage]: AnnotatedImage[key] }, size);
    await pace.breathe();
  }
};

/** The set with more images, without boxes. */
const withImages = (set: AnnotationSet, more: readonly AnnotatedImage[]): AnnotationSet => {
  const last = set.offsets.at(-1) ?? 0;
  const offsets = new Uint32Array(set.offsets.length + more.length).fill(last);
  offsets.set(set.offsets);
  return { ...set, images: [...set.images, ...more], offsets };
};

const emptySet: AnnotationSet = {
  classes: [],
  images: [],
  offsets: new Uint32Array(1),
  boxes: new Float64Array(0),
  classIds: new Int32Array(0),
  records: new Int32Array(0),
  origin: null,
};

const readBy = (
  { format, annotations, images }: RecognisedFiles,
  options: FormatOptions,
): Promise<ReadAnnotations> => {
  const { path, blob } = annotations[0] ?? { path: '', blob: new Blob() };
  if (format === 'coco') return readCoco(blob, path, options);
  if (format === 'via') return readVia(blob, path, options);
  if (format === 'csv') return readCsv(blob, path, options);
  if (format === 'voc') return readVoc(annotations, options);
  if (format === 'yolo') return readYolo([...annotations, ...images], options);
  return Promise.resolve({ set: emptySet, problems: [], problemCount: 0 });
};

export type ReadFiles = ReadAnnotations & {
  readonly recognised: RecognisedFiles;
  /** The file of each image of the set; null: there is none. */
  readonly files: readonly (FolderFile | null)[];
};

/**
 * Reads what files or those of a folder hold: annotations of any format with the images that they are of, and images without annotations,
 * which come last. Sizes that annotations do not tell come from the images. Rejects with `InnotaterError` 'format' where there is neither.
 */
export const readAnnotations = async (
  files: readonly FolderFile[],
  options: FormatOptions = {},
): Promise<ReadFiles> => {
  const pace = new Pace(options);
  const recognised = await pace.wait(recogniseFiles(files));
  if (recognised.format === null && recognised.images.length === 0) {
    throw formatError(
      files[0]?.path ?? 'nothing',
      'is no image, and no annotations of COCO, YOLO, Pascal VOC, VIA or CSV',
    );
  }
  const read = await readBy(recognised, options);
  const matched = matchImages(read.set.images, recognised.images);
  await fillSizes(read.set, matched, pace);
  const taken = new Set(matched);
  const free = recognised.images.filter((file) => !taken.has(file));
  const more: AnnotatedImage[] = [];
  for (const { path, blob } of free) {
    const { width = 0, height = 0 } = (await pace.wait(displayedSize(blob))) ?? {};
    more.push({ file: path, width, height });
    await pace.breathe();
  }
  const set = more.length > 0 ? withImages(read.set, more) : read.set;
  return { ...read, set, recognised, files: [...matched, ...free] };
};

/** The set as files of a format, those that were read under their own paths. What each format loses: see its writer. */
export const writeAnnotations = async (
  set: AnnotationSet,
  format: AnnotationFormat,
  options: FormatOptions = {},
): Promise<FolderFile[]> => {
  const { origin } = set;
  const pathOr = (path: string) =>
    origin?.format === format && 'name' in origin && origin.name !== '' ? origin.name : path;
  if (format === 'coco') return [{ path: pathOr('annotations.json'), blob: await writeCoco(set, options) }];
  if (format === 'via') return [{ path: pathOr('via.json'), blob: await writeVia(set, options) }];
  if (format === 'csv') return [{ path: pathOr('boxes.csv'), blob: await writeCsv(set, options) }];
  return format === 'voc' ? writeVoc(set, options) : writeYolo(set, options);
};
