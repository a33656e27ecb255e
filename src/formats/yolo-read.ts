import { type AnnotatedImage, type ReadAnnotations, type RowRecord, setOfRows } from './annotation-set.js';
import { displayedSize } from './displayed-size.js';
import { baseName, isImageName, stem } from './paths.js';
import { type FolderFile, type FormatOptions, Pace, Problems, textOf } from './reading.js';

/** A line of a label file, and what was read of it. */
export type YoloRecord = {
  readonly image: AnnotatedImage;
  readonly line: string;
  readonly box: readonly number[];
  readonly classId: number;
};

export type YoloOrigin = {
  readonly format: 'yolo';
  readonly kind: YoloKind;
  readonly classes: readonly string[];
  /** data.yaml or obj.names. */
  readonly namesFile: { readonly path: string; readonly text: string } | null;
  /** Label files as they are; null: an image without one. Lines that were no boxes are kept. */
  readonly labels: ReadonlyMap<
    AnnotatedImage,
    { readonly path: string; readonly text: string; readonly others: readonly string[] } | null
  >;
  readonly records: readonly YoloRecord[];
};

/** `ultralytics`: images/ beside labels/, names in data.yaml; `darknet`: labels beside images, names in obj.names. */
export type YoloKind = 'ultralytics' | 'darknet';

export type ImageSizeOf = (
  file: FolderFile,
) => Promise<{ readonly width: number; readonly height: number } | null>;

const isYaml = ({ path }: FolderFile) => /\.ya?ml$/i.test(path);
const isNames = ({ path }: FolderFile) => /(\.names|(^|\/)(classes|obj\.names|names)\.txt)$/i.test(path);
const isLabel = (file: FolderFile) => /\.txt$/i.test(file.path) && !isNames(file);

/** Where the labels of an image are looked for: `images/` as `labels/`, as Ultralytics does, and beside it. */
export const labelPaths = (path: string): string[] => {
  const inLabels = `/${path}`.replace(/\/images\/(?!.*\/images\/)/, '/labels/').slice(1);
  return [...new Set([inLabels, path])].map((one) => `${stem(one)}.txt`);
};

const namesIn = async (text: string): Promise<readonly string[] | null> => {
  const { parse } = await import('yaml');
  const names: unknown = (
    parse(text, { maxAliasCount: 20, logLevel: 'error' }) as { readonly names?: unknown } | null
  )?.names;
  if (Array.isArray(names)) return names.map(String);
  if (typeof names !== 'object' || names === null) return null;
  const numbers = Object.keys(names).map(Number);
  const count = Math.max(-1, ...numbers) + 1;
  if (!numbers.every((n) => Number.isInteger(n) && n >= 0) || count > 100_000) return null;
  return Array.from({ length: count }, (_, i) => String((names as Record<string, unknown>)[i] ?? i));
};

type Names = {
  readonly classes: readonly string[] | null;
  readonly file: FolderFile | null;
  readonly text: string;
};

const readNames = async (files: readonly FolderFile[], problems: Problems): Promise<Names> => {
  for (const file of files.filter(isYaml)) {
    const text = await textOf(file.blob, file.path);
    try {
      const classes = await namesIn(text);
      if (classes) return { classes, file, text };
    } catch (error) {
      problems.add({
        file: file.path,
        message: `it is not YAML: ${(error as Error).message.split('\n')[0]}`,
      });
    }
  }
  const file = files.find(isNames);
  if (!file) return { classes: null, file: null, text: '' };
  const text = await textOf(file.blob, file.path);
  return {
    classes: text
      .trimEnd()
      .split(/\r?\n/)
      .map((name) => name.trim()),
    file,
    text,
  };
};

/** Box in fractions cx, cy, w, h; of a polygon, what it fills. */
const fractionsOf = (numbers: readonly number[]): readonly number[] => {
  if (numbers.length < 6 || numbers.length % 2 === 1) return numbers.slice(0, 4);
  const xs = numbers.filter((_, i) => i % 2 === 0);
  const ys = numbers.filter((_, i) => i % 2 === 1);
  const [x0, x1] = [Math.min(...xs), Math.max(...xs)];
  const [y0, y1] = [Math.min(...ys), Math.max(...ys)];
  return [(x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0];
};

/** Whether the numbers after the class are corners: an even number of them, three and more. */
export const isPolygon = (numbers: readonly number[]): boolean =>
  numbers.length >= 6 && numbers.length % 2 === 0;

/** Throws what is wrong with the line. */
const recordOf = (line: string, image: AnnotatedImage, classes: readonly string[] | null): YoloRecord => {
  const [classId, ...numbers] = line.trim().split(/\s+/).map(Number);
  if (numbers.length < 4 || !numbers.every(Number.isFinite)) {
    throw new Error(`${JSON.stringify(line.slice(0, 60))} is not “class cx cy w h”`);
  }
  if (!Number.isInteger(classId) || classId! < 0 || classId! > 1e6)
    throw new Error(`class ${classId} is not a whole number`);
  if (classes && classId! >= classes.length)
    throw new Error(`class ${classId} is none of the ${classes.length} that are named`);
  const [cx, cy, w, h] = fractionsOf(numbers) as [number, number, number, number];
  if (w < 0 || h < 0) throw new Error('w and h must not be negative');
  const { width, height } = image;
  const box = [(cx - w / 2) * width, (cy - h / 2) * height, w * width, h * height];
  return { image, line, box, classId: classId! };
};

const stemOf = ({ path }: FolderFile) => stem(baseName(path)).toLowerCase();

/** What only one of the files has. */
const unique = (files: readonly FolderFile[]): ReadonlyMap<string, FolderFile | null> => {
  const at = new Map<string, FolderFile | null>();
  for (const file of files) at.set(stemOf(file), at.has(stemOf(file)) ? null : file);
  return at;
};

/** The labels of each image: where they belong, else those of the same name, where it is one of a kind; and those of none. */
const pairLabels = (images: readonly FolderFile[], labels: readonly FolderFile[]) => {
  const byLabelPath = new Map(labels.map((file) => [file.path, file]));
  const labelOf = new Map<FolderFile, FolderFile>();
  for (const image of images) {
    const found = labelPaths(image.path).find((path) => byLabelPath.has(path));
    if (found !== undefined) labelOf.set(image, byLabelPath.get(found)!);
  }
  const taken = new Set(labelOf.values());
  const names = unique(labels.filter((file) => !taken.has(file)));
  for (const [name, image] of unique(images)) {
    const found = names.get(name);
    if (image && found && !labelOf.has(image)) labelOf.set(image, found);
  }
  const used = new Set(labelOf.values());
  return { labelOf, left: labels.filter((file) => !used.has(file)) };
};

const byPath = (a: FolderFile, b: FolderFile) => a.path.localeCompare(b.path, 'en', { numeric: true });

/**
 * Reads a YOLO folder with its images, whose sizes come from their headers (or from `sizeOf`): Ultralytics' (`images/`, `labels/`,
 * `data.yaml` with names as a list or map) and darknet's (labels beside images, `obj.names`). A file of labels may be missing: no objects.
 * A line with an even number of six and more numbers after its class is a polygon, of which the box is what it fills; other numbers after
 * the box (a confidence) are kept. Labels that lie elsewhere belong to the image of
 * the same name. Without names classes are called by their numbers. A line that is no box is told and kept in its file.
 */
export const readYolo = async (
  files: readonly FolderFile[],
  options: FormatOptions & { readonly sizeOf?: ImageSizeOf } = {},
): Promise<ReadAnnotations> => {
  const pace = new Pace(options);
  const problems = new Problems();
  const names = await readNames(files, problems);
  const imageFiles = files.filter(({ path }) => isImageName(path)).sort(byPath);
  const { labelOf, left } = pairLabels(imageFiles, files.filter(isLabel));
  const labels = new Map<AnnotatedImage, { path: string; text: string; others: string[] } | null>();
  const records: YoloRecord[] = [];
  const firstOf = new Map<string, string>();
  const sizeOf = options.sizeOf ?? (({ blob }: FolderFile) => displayedSize(blob));
  for (const [i, file] of imageFiles.entries()) {
    const size = await pace.wait(sizeOf(file));
    const image = { file: file.path, width: size?.width ?? 0, height: size?.height ?? 0 };
    const label = labelOf.get(file);
    const text = label ? await pace.wait(textOf(label.blob, label.path)) : '';
    const others: string[] = [];
    const first = label && firstOf.get(label.path);
    if (first) {
      const message = `it has the boxes of ${label.path} like ${first}, since their names differ in the ending alone; give one of them another name`;
      problems.add({ file: file.path, message });
    } else if (label) firstOf.set(label.path, file.path);
    labels.set(image, label ? { path: label.path, text, others } : null);
    if (!size && text.trim() !== '') {
      problems.add({
        file: file.path,
        message: `its size cannot be read, so ${label!.path} says nothing in pixels`,
      });
    }
    for (const [at, line] of text.split('\n').entries()) {
      if (line.trim() === '') continue;
      try {
        if (!size) throw new Error('the size of its image is not known');
        records.push(recordOf(line.trimEnd(), image, names.classes));
      } catch (error) {
        others.push(line.trimEnd());
        if (size) problems.add({ file: label!.path, line: at + 1, message: (error as Error).message });
      }
      if (at % 256 === 255) await pace.breathe();
    }
    await pace.breathe();
    pace.progress(i + 1, imageFiles.length);
  }
  for (const { path, blob } of left) {
    const start = await blob.slice(0, 100).text();
    if (/^\s*\d+(\s+[-+.\de]+){4}/.test(start))
      problems.add({ file: path, message: 'there is no image for these labels' });
  }
  const most = records.reduce((count, { classId }) => Math.max(count, classId + 1), 0);
  const classes = names.classes ?? Array.from({ length: most }, (_, i) => `${i}`);
  const rows = new Map([...labels.keys()].map((image) => [image, [] as RowRecord[]]));
  for (const [record, { image, box, classId }] of records.entries())
    rows.get(image)!.push({ box, classId, record });
  const isDarknet = names.file !== null && !isYaml(names.file);
  const origin: YoloOrigin = {
    format: 'yolo',
    kind: isDarknet ? 'darknet' : 'ultralytics',
    classes,
    namesFile: names.file ? { path: names.file.path, text: names.text } : null,
    labels,
    records,
  };
  return { set: setOfRows(classes, [...labels.keys()], [...rows.values()], origin), ...problems.told };
};

/** Whether files look like a YOLO folder: labels beside images, or names. */
export const looksLikeYolo = (files: readonly FolderFile[]): boolean => {
  const paths = new Set(files.filter(isLabel).map(({ path }) => path));
  const hasLabels = files.some(
    ({ path }) => isImageName(path) && labelPaths(path).some((label) => paths.has(label)),
  );
  return (
    hasLabels ||
    files.some((file) => isNames(file) || /(^|\/)((data|dataset)\.ya?ml|labels\/.*\.txt)$/i.test(file.path))
  );
};
