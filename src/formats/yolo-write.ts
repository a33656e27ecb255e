import { InnotaterError } from '../errors/index.js';
import { type AnnotatedImage, type AnnotationSet, boxOfRow } from './annotation-set.js';
import { baseName, folderOf, innerPath, pathsFor, stem } from './paths.js';
import { type FolderFile, type FormatOptions, Pace, tellUnset } from './reading.js';
import { isPolygon, labelPaths, type YoloKind, type YoloRecord } from './yolo-read.js';

/** The class of boxes that have none, since YOLO has no word for that. */
const unlabelled = 'unlabelled';

const fractions = ([x, y, w, h]: readonly number[], { width, height }: AnnotatedImage): number[] => [
  (x! + w! / 2) / width,
  (y! + h! / 2) / height,
  w! / width,
  h! / height,
];

/** Corners moved and scaled as their box was. */
const movedCorners = (
  numbers: readonly number[],
  was: readonly number[],
  now: readonly number[],
  image: AnnotatedImage,
) =>
  numbers.map((value, i) => {
    const axis = i % 2;
    const size = axis === 0 ? image.width : image.height;
    const share = was[axis + 2]! > 0 ? (value * size - was[axis]!) / was[axis + 2]! : 0;
    return (now[axis]! + share * now[axis + 2]!) / size;
  });

const sameBox = (a: readonly number[], b: readonly number[]) => a.every((side, i) => side === b[i]);

const lineOf = (
  record: YoloRecord | undefined,
  box: readonly number[],
  classId: number,
  image: AnnotatedImage,
): string => {
  if (!record) return [classId, ...fractions(box, image)].join(' ');
  if (sameBox(box, record.box) && classId === record.classId) return record.line;
  const [, ...tokens] = record.line.trim().split(/\s+/);
  if (sameBox(box, record.box)) return [classId, ...tokens].join(' ');
  const numbers = tokens.map(Number);
  if (isPolygon(numbers)) return [classId, ...movedCorners(numbers, record.box, box, image)].join(' ');
  return [classId, ...fractions(box, image), ...tokens.slice(4)].join(' ');
};

const namesBlob = async (
  kind: YoloKind,
  classes: readonly string[],
  known: string | null,
  isChanged: boolean,
): Promise<Blob> => {
  if (known !== null && !isChanged) return new Blob([known]);
  if (kind === 'darknet')
    return new Blob([classes.map((name) => `${name.replace(/[\r\n]+/g, ' ')}\n`).join('')]);
  const { parseDocument } = await import('yaml');
  const document = parseDocument(known ?? 'path: .\ntrain: images\nval: images\n', { logLevel: 'error' });
  document.set('names', document.createNode(new Map(classes.map((name, i) => [i, name]))));
  if (document.has('nc')) document.set('nc', classes.length);
  return new Blob([String(document)], { type: 'application/yaml' });
};

/**
 * Writes a set as a YOLO folder, without its images: a file of labels an image, and `data.yaml` or `obj.names` with `train.txt`. A set that was
 * read from YOLO keeps its files' names, the lines that did not change, numbers after the box, and what else its YAML holds; a polygon is moved
 * and scaled with its box. Boxes without a class get one named “unlabelled”. Of two
 * images whose names differ in the ending alone only the first has labels that YOLO reads; `onProblem` tells of the others. Throws `InnotaterError` 'format' where the size of an image
 * with boxes is not known.
 */
export const writeYolo = async (
  set: AnnotationSet,
  options: FormatOptions & { readonly kind?: YoloKind } = {},
): Promise<FolderFile[]> => {
  const pace = new Pace(options);
  const origin =
    set.origin?.format === 'yolo' && (options.kind ?? set.origin.kind) === set.origin.kind
      ? set.origin
      : null;
  const kind = options.kind ?? origin?.kind ?? 'ultralytics';
  const hasUnset = set.classIds.some((classId) => classId < 0);
  const classes = hasUnset ? [...new Set([...set.classes, unlabelled])] : set.classes;
  const unset = classes.indexOf(unlabelled);
  const isChanged =
    !origin ||
    classes.length !== origin.classes.length ||
    classes.some((name, i) => name !== origin.classes[i]);
  const inner = set.images.map(({ file }) => innerPath(file).replace(/^images\//, ''));
  const plain = pathsFor(inner, kind === 'darknet' ? 'data/' : 'labels/', '.txt');
  const paths = inner.map((file, i) => (file.includes('/images/') ? labelPaths(file)[0]! : plain[i]!));
  tellUnset(set.classIds, 'labels', `the class “${unlabelled}”`, options);
  const files: FolderFile[] = [];
  const written = new Map<string, string>();
  for (const [i, image] of set.images.entries()) {
    const [from, to] = [set.offsets[i]!, set.offsets[i + 1]!];
    const label = origin?.labels.get(image);
    if (to > from && !(image.width > 0 && image.height > 0)) {
      throw new InnotaterError(
        'format',
        `YOLO needs the size of ${image.file}, since its boxes are fractions of it; give width and height in the set's images`,
        { file: image.file },
      );
    }
    const lines: string[] = [...(label?.others ?? [])];
    for (let row = from; row < to; row++) {
      const known = set.records[row]! < 0 ? undefined : origin?.records[set.records[row]!];
      const classId = set.classIds[row]! < 0 ? unset : set.classIds[row]!;
      lines.push(lineOf(known, boxOfRow(set, row), classId, image));
    }
    const wanted = label?.path ?? (origin ? labelPaths(image.file)[0]! : paths[i]!);
    const isSame = label && lines.length > 0 && sameLines(label.text, lines);
    const text = isSame ? label.text : lines.map((line) => `${line}\n`).join('');
    const there = written.get(wanted);
    const name = baseName(inner[i]!);
    const path = there === undefined || there === text ? wanted : `${folderOf(wanted)}${name}.txt`;
    const isOwn = path === wanted && (label !== undefined || baseName(path) === `${stem(name)}.txt`);
    if (!isOwn && to > from) {
      const message = `its boxes are in ${path}, which YOLO does not read, since another image has the same name but for its ending; give one of them another name`;
      options.onProblem?.({ file: image.file, message });
    }
    if ((label || to > from || !origin) && there !== text) {
      files.push({ path, blob: new Blob([text], { type: 'text/plain' }) });
      written.set(path, text);
    }
    await pace.breathe();
    pace.progress(i + 1, set.images.length);
  }
  const namesPath = origin?.namesFile?.path ?? (kind === 'darknet' ? 'obj.names' : 'data.yaml');
  files.push({
    path: namesPath,
    blob: await namesBlob(kind, classes, origin?.namesFile?.text ?? null, isChanged),
  });
  if (kind === 'darknet' && !origin) {
    const list = inner.map((file) => `data/${file}\n`).join('');
    files.push({ path: 'train.txt', blob: new Blob([list]) });
    const data = `classes = ${classes.length}\ntrain = train.txt\nnames = ${baseName(namesPath)}\n`;
    files.push({ path: 'obj.data', blob: new Blob([data]) });
  }
  return files;
};

const sameLines = (text: string, lines: readonly string[]): boolean => {
  const known = text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  return known.length === lines.length && [...known].sort().join('\n') === [...lines].sort().join('\n');
};
