import { InnotaterError } from '../errors/index.js';
import type { CocoOrigin } from './coco-read.js';
import type { CsvOrigin } from './csv-table.js';
import type { FormatProblem, Pace } from './reading.js';
import type { ViaOrigin } from './via-read.js';
import type { VocOrigin } from './voc-read.js';
import type { YoloOrigin } from './yolo-read.js';

/** An image as an annotation file knows it: its path or name there, and its size in pixels as displayed; 0: not told. */
export type AnnotatedImage = { readonly file: string; readonly width: number; readonly height: number };

/** What a file held beside boxes and classes, for writing it back: of its format alone. It refers to the files that were read. */
export type Origin = CocoOrigin | CsvOrigin | ViaOrigin | VocOrigin | YoloOrigin;

/**
 * Boxes of many images, of any format. The boxes of image i are the rows `offsets[i]` to `offsets[i + 1]`, not included.
 * Boxes are x, y, width, height in pixels, from the left and upper edge, not rounded. Boxes and classes may be written in place.
 */
export type AnnotationSet = {
  readonly classes: readonly string[];
  readonly images: readonly AnnotatedImage[];
  /** (n + 1,) */
  readonly offsets: Uint32Array;
  /** (k, 4) */
  readonly boxes: Float64Array;
  /** (k,): positions in `classes`; −1: none. */
  readonly classIds: Int32Array;
  /** (k,): the record of `origin` that a row is; −1: it is new. What is unknown of a record stays with its row. */
  readonly records: Int32Array;
  readonly origin: Origin | null;
};

/** A set and what was skipped while reading it. */
export type ReadAnnotations = {
  readonly set: AnnotationSet;
  readonly problems: readonly FormatProblem[];
  readonly problemCount: number;
};

export const boxOfRow = ({ boxes }: AnnotationSet, row: number): [number, number, number, number] => [
  boxes[4 * row]!,
  boxes[4 * row + 1]!,
  boxes[4 * row + 2]!,
  boxes[4 * row + 3]!,
];

/** A box of an image, before it has a row. */
export type RowRecord = {
  readonly box: readonly number[];
  readonly classId: number;
  readonly record: number;
};

/** A set of rows that are listed by image. */
export const setOfRows = (
  classes: readonly string[],
  images: readonly AnnotatedImage[],
  rows: readonly (readonly RowRecord[])[],
  origin: Origin | null,
): AnnotationSet => {
  const count = rows.reduce((sum, { length }) => sum + length, 0);
  const set = {
    classes,
    images,
    offsets: new Uint32Array(images.length + 1),
    boxes: new Float64Array(4 * count),
    classIds: new Int32Array(count),
    records: new Int32Array(count),
    origin,
  };
  let at = 0;
  for (const [image, list] of rows.entries()) {
    for (const { box, classId, record } of list) {
      set.boxes.set(box, 4 * at);
      set.classIds[at] = classId;
      set.records[at] = record;
      at += 1;
    }
    set.offsets[image + 1] = at;
  }
  return set;
};

/** A box as a file has it. */
type FoundRecord = {
  readonly image: AnnotatedImage;
  readonly box: readonly number[];
  readonly className: string;
};

/**
 * A set of records that come in any order, of images that are known, in tasks of a few milliseconds; null: a record that is no row. Classes
 * are numbered as they come; '' is none.
 */
export const setOfRecords = async (
  images: readonly AnnotatedImage[],
  count: number,
  recordAt: (record: number) => FoundRecord | null,
  origin: Origin,
  pace: Pace,
): Promise<AnnotationSet> => {
  const imageAt = new Map<AnnotatedImage, number>();
  await pace.loop(images.length, (i) => imageAt.set(images[i]!, i));
  const offsets = new Uint32Array(images.length + 1);
  const classAt = new Map<string, number>();
  await pace.loop(count, (record) => {
    const found = recordAt(record);
    if (!found) return;
    const at = imageAt.get(found.image)! + 1;
    offsets[at] = offsets[at]! + 1;
    const { className } = found;
    if (className !== '' && !classAt.has(className)) classAt.set(className, classAt.size);
  });
  await pace.loop(images.length, (i) => {
    offsets[i + 1] = offsets[i]! + offsets[i + 1]!;
  });
  const rows = offsets.at(-1)!;
  const [boxes, classIds] = [new Float64Array(4 * rows), new Int32Array(rows)];
  const records = new Int32Array(rows);
  const next = offsets.slice();
  await pace.loop(count, (record) => {
    const found = recordAt(record);
    if (!found) return;
    const image = imageAt.get(found.image)!;
    const row = next[image]!;
    next[image] = row + 1;
    boxes.set(found.box, 4 * row);
    classIds[row] = classAt.get(found.className) ?? -1;
    records[row] = record;
  });
  return { classes: [...classAt.keys()], images, offsets, boxes, classIds, records, origin };
};

/**
 * A set from plain lists, one a sample. Throws `InnotaterError` 'data' where lengths differ, a box is not four finite numbers with a
 * size from 0, or a class is none of `classes`.
 */
export const annotationSet = (given: {
  readonly classes: readonly string[];
  readonly images: readonly AnnotatedImage[];
  readonly boxes: readonly (readonly (readonly number[])[])[];
  readonly classIds?: readonly (readonly number[])[];
}): AnnotationSet => {
  const { classes, images, boxes, classIds } = given;
  const wrong = (what: string) => new InnotaterError('data', `annotationSet: ${what}`);
  if (boxes.length !== images.length || (classIds && classIds.length !== images.length)) {
    throw wrong(`boxes and classIds need one list for each of the ${images.length} images`);
  }
  const rows = boxes.map((list, image) =>
    list.map((box, row) => {
      const classId = classIds ? (classIds[image]![row] ?? -1) : -1;
      const isBox = box.length === 4 && box.every(Number.isFinite) && box[2]! >= 0 && box[3]! >= 0;
      if (!isBox) throw wrong(`box ${row} of image ${image} is ${JSON.stringify(box)}, not x, y, w, h`);
      if (!Number.isInteger(classId) || classId < -1 || classId >= classes.length) {
        throw wrong(`class ${classId} of box ${row} of image ${image} is none of 0 to ${classes.length - 1}`);
      }
      return { box, classId, record: -1 };
    }),
  );
  return setOfRows(classes, images, rows, null);
};

/** Positions of the caller's classes and images in the file that they came from; −1: they are new. */
export const positionsIn = <T>(given: readonly T[], known: readonly T[]): Int32Array => {
  const at = new Map<T, number>();
  for (let i = known.length - 1; i >= 0; i--) at.set(known[i]!, i);
  return Int32Array.from(given, (one, i) => (known[i] === one ? i : (at.get(one) ?? -1)));
};
