import { InnotaterError } from '../errors/index.js';
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
  readonly skipped: readonly SkippedFile[];
};

export type SkippedFile = {
  readonly path: string;
  readonly why: string;
  /** Where it holds annotations, too, which the option `annotations` of `readAnnotations` reads in place of the others. */
  readonly format?: AnnotationFormat;
};

export type ReadFilesOptions = FormatOptions & {
  /** Of several files of COCO, VIA or CSV the path of the one that is read; default: the first. */
  readonly annotations?: string;
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

const isInOneFile = (format: AnnotationFormat): boolean => format !== 'voc' && format !== 'yolo';

const unknown = 'it is no image and no annotations that are known';

/** Why nothing is known of a file. */
const whyUnknown = async ({ path, blob }: FolderFile): Promise<string> => {
  if (/\.xml$/i.test(path))
    return 'it is no image, and XML without <annotation>, which that of Pascal VOC begins with';
  if (!/\.json$/i.test(path)) return unknown;
  const head = await blob.slice(0, headBytes).text();
  return /^\s*\[/.test(head) && head.includes('"image_id"')
    ? 'it is no image, and a list of COCO results, which are not read; COCO annotations are, {"images", "annotations", "categories"}'
    : 'it is no image, and JSON without the keys of COCO ("images", "annotations", "categories") and of VIA ("_via_…" or "regions")';
};

/** A file of a folder as it is, or one that a page's input or a drop gave, with the path that it knows. */
const folderFile = (given: FolderFile | File, at: number): FolderFile => {
  if (given instanceof Blob && 'name' in given)
    return { path: given.webkitRelativePath || given.name, blob: given };
  const { path, blob } = (given ?? {}) as Partial<FolderFile>;
  if (typeof path === 'string' && blob instanceof Blob) return given as FolderFile;
  throw notFiles(`entry ${at} is ${typeof given === 'object' ? JSON.stringify(given) : String(given)}`);
};

const notFiles = (found: string): InnotaterError =>
  new InnotaterError('data', `The files must be a list of Files, or of {path, blob} each, and ${found}`);

const folderFiles = (files: ArrayLike<FolderFile | File>): readonly FolderFile[] => {
  if (typeof files !== 'object' || files === null || typeof files.length !== 'number') {
    throw notFiles(files instanceof Blob ? 'this is one; write [file]' : `this is ${JSON.stringify(files)}`);
  }
  return Array.from(files, folderFile);
};

/**
 * Finds out what files or those of a folder hold: annotations of one format (in this order: COCO, VIA, Pascal VOC, YOLO, CSV), images, and what is
 * left out. Of COCO, VIA and CSV the first file counts, or the one that `annotations` names. Only beginnings are read. Throws `InnotaterError`
 * 'data' for what are no files, and where there is no such file.
 */
export const recogniseFiles = async (
  given: ArrayLike<FolderFile | File>,
  { annotations: wanted }: Pick<ReadFilesOptions, 'annotations'> = {},
): Promise<RecognisedFiles> => {
  const files = folderFiles(given);
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
  const formatOfFile = new Map([...found].flatMap(([format, list]) => list.map((file) => [file, format])));
  const order = ['coco', 'via', 'voc', 'yolo', 'csv'] as const;
  const chosen = wanted === undefined ? undefined : others.find(({ path }) => path === wanted);
  const chosenFormat = chosen && formatOfFile.get(chosen);
  if (wanted !== undefined && !(chosenFormat && isInOneFile(chosenFormat)))
    throw notChosen(wanted, formatOfFile);
  const format = chosenFormat ?? order.find((one) => found.has(one)) ?? null;
  const all = format ? found.get(format)! : [];
  const annotations = format === null || !isInOneFile(format) ? all : [chosen ?? all[0]!];
  const isRead = new Set(annotations);
  const skipped: SkippedFile[] = [];
  for (const file of others.filter((one) => !isRead.has(one))) {
    const { path } = file;
    const its = formatOfFile.get(file);
    const why = its
      ? `its annotations were left out, since ${annotations[0]!.path} was read`
      : await whyUnknown(file);
    skipped.push(its ? { path, why, format: its } : { path, why });
  }
  return { format, annotations, images, skipped };
};

const notChosen = (
  wanted: string,
  formatOfFile: ReadonlyMap<FolderFile, AnnotationFormat>,
): InnotaterError => {
  const paths = [...formatOfFile].flatMap(([{ path }, format]) => (isInOneFile(format) ? [path] : []));
  const there = paths.length > 0 ? `there are ${paths.join(', ')}` : 'there are none';
  return new InnotaterError(
    'data',
    `annotations must be the path of a file of COCO, VIA or CSV, not ${wanted}; ${there}`,
  );
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
 * which come last. Sizes that annotations do not tell come from the images. The files are those of an input or a drop, or `{path, blob}`.
 * Rejects with `InnotaterError` 'format' where there is neither, 'data' for what are no files.
 */
export const readAnnotations = async (
  files: ArrayLike<FolderFile | File>,
  options: ReadFilesOptions = {},
): Promise<ReadFiles> => {
  const pace = new Pace(options);
  const recognised = await pace.wait(recogniseFiles(files, options));
  if (recognised.format === null && recognised.images.length === 0) throw nothingKnown(recognised.skipped);
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

const nothingKnown = ([first, ...others]: readonly SkippedFile[]): InnotaterError => {
  const wanted = 'images, and annotations of COCO, YOLO, Pascal VOC, VIA or CSV';
  if (!first) return new InnotaterError('format', `No files were given; ${wanted} are read`);
  const more = others.length > 0 ? `, and so it is with ${others.length} more` : '';
  return formatError(first.path, `${first.why}${more}; ${wanted} are read`);
};

/**
 * The set as files of a format, those that were read under their own paths. What each format loses: see its writer, and `onProblem`. Rejects with
 * `InnotaterError` 'data' for a format that is none.
 */
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
  if (format === 'voc') return writeVoc(set, options);
  if (format === 'yolo') return writeYolo(set, options);
  throw new InnotaterError(
    'data',
    `The format must be one of 'coco', 'yolo', 'voc', 'via' and 'csv', not ${JSON.stringify(format)}`,
  );
};
