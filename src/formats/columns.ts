import { InnotaterError } from '../errors/index.js';
import { type AnnotationSet, boxOfRow, type RowRecord, setOfRows } from './annotation-set.js';
import { pairedRows } from './paired-rows.js';

type Box = [number, number, number, number];

/** One sample an image: its boxes (r, 4) and their classes (r,), plain arrays that grow and shrink. */
export type RepeatColumns = { readonly boxes: Box[][]; readonly classIds: number[][] };

/** One box and class a sample: (n, 4) and (n,); 0,0,0,0 and −1 where an image has none. */
export type SingleColumns = { readonly boxes: Box[]; readonly classIds: number[] };

/** One sample an image, as views of the set's memory: (4r,) and (r,). */
export type LayerColumns = { readonly boxes: Float64Array[]; readonly classIds: Int32Array[] };

const span = ({ offsets }: AnnotationSet, image: number): readonly [number, number] => [
  offsets[image]!,
  offsets[image + 1]!,
];

const rowsOf = (set: AnnotationSet, image: number): number[] => {
  const [from, to] = span(set, image);
  return Array.from({ length: to - from }, (_, row) => from + row);
};

/**
 * Columns for a `RepeatInnotation` of `[BoundingBoxInnotation, boxes]` and `[MultiClassInnotation, classIds, { classes }]`: copies, which
 * `fromRepeatColumns` brings back.
 */
export const toRepeatColumns = (set: AnnotationSet): RepeatColumns => ({
  boxes: set.images.map((_, image) => rowsOf(set, image).map((row) => boxOfRow(set, row))),
  classIds: set.images.map((_, image) => rowsOf(set, image).map((row) => set.classIds[row]!)),
});

/** Columns for one `BoundingBoxInnotation` and one `MultiClassInnotation` a sample: copies of each image's first row. */
export const toSingleColumns = (set: AnnotationSet): SingleColumns => {
  const first = set.images.map((_, image) => rowsOf(set, image)[0]);
  return {
    boxes: first.map((row) => (row === undefined ? [0, 0, 0, 0] : boxOfRow(set, row))),
    classIds: first.map((row) => (row === undefined ? -1 : set.classIds[row]!)),
  };
};

/**
 * Columns for a `BoxLayerInnotation` (its data and its `classData`), for any number of boxes: the set's own memory, so that what is edited
 * is in the set at once.
 */
export const toLayerColumns = ({ images, offsets, boxes, classIds }: AnnotationSet): LayerColumns => ({
  boxes: images.map((_, i) => boxes.subarray(4 * offsets[i]!, 4 * offsets[i + 1]!)),
  classIds: images.map((_, i) => classIds.subarray(offsets[i]!, offsets[i + 1]!)),
});

/** One image's part of a column, given when it is shown. */
export type LayerSource<T> = { readonly length: number; get(uindex: number): Promise<T> };

/** The same for very many images: nothing is made before it is shown. */
export const toLayerSources = ({
  images,
  offsets,
  boxes,
  classIds,
}: AnnotationSet): {
  readonly boxes: LayerSource<Float64Array>;
  readonly classIds: LayerSource<Int32Array>;
} => ({
  boxes: {
    length: images.length,
    get: async (i) => boxes.subarray(4 * offsets[i]!, 4 * offsets[i + 1]!),
  },
  classIds: { length: images.length, get: async (i) => classIds.subarray(offsets[i]!, offsets[i + 1]!) },
});

const isBlank = (box: readonly number[]): boolean => box.every((side) => side === 0);

const checked = (box: readonly number[], classId: unknown, set: AnnotationSet, image: number): number => {
  const number = typeof classId === 'number' && classId >= 0 ? classId : -1;
  const isBox = box.length === 4 && box.every(Number.isFinite);
  if (isBox && Number.isInteger(number) && number < set.classes.length) return number;
  throw new InnotaterError(
    'data',
    `${set.images[image]!.file}: ${JSON.stringify(box)} with class ${String(classId)} is not x, y, w, h with a class below ${set.classes.length}`,
  );
};

const columnsFit = (set: AnnotationSet, lengths: readonly number[]): void => {
  if (lengths.every((length) => length === set.images.length)) return;
  throw new InnotaterError(
    'data',
    `the columns need one entry for each of the set's ${set.images.length} images`,
  );
};

/**
 * The set with the columns' rows. What a file holds beyond box and class stays with its row: with the one that is equal, else the one
 * that overlaps most, else the one in the same place; blank rows (0,0,0,0) are gone, others are new.
 */
export const fromRepeatColumns = (
  set: AnnotationSet,
  {
    boxes,
    classIds,
  }: {
    readonly boxes: readonly (readonly (readonly number[])[])[];
    readonly classIds?: readonly (readonly unknown[])[];
  },
): AnnotationSet => {
  columnsFit(set, [boxes.length, classIds?.length ?? boxes.length]);
  const rows = set.images.map((_, image): RowRecord[] => {
    const before = rowsOf(set, image).map((row) => ({
      box: boxOfRow(set, row),
      classId: set.classIds[row]!,
      record: set.records[row]!,
    }));
    const after = boxes[image]!.map((box, row) => {
      const classId = classIds ? classIds[image]![row] : before[row]?.classId;
      return { box, classId: checked(box, classId ?? -1, set, image), record: -1 };
    });
    return pairedRows(before, after).filter(
      ({ box, record, isSame }) => !isBlank(box) || (isSame && record >= 0),
    );
  });
  return setOfRows(set.classes, set.images, rows, set.origin);
};

/** The set with the columns' boxes and classes in each image's first row; a blank one takes that row away, further rows stay. */
export const fromSingleColumns = (
  set: AnnotationSet,
  {
    boxes,
    classIds,
  }: { readonly boxes: readonly (readonly number[])[]; readonly classIds?: readonly unknown[] },
): AnnotationSet => {
  columnsFit(set, [boxes.length, classIds?.length ?? boxes.length]);
  const all = toRepeatColumns(set);
  const rows = set.images.map((_, image): RowRecord[] => {
    const records = rowsOf(set, image).map((row) => set.records[row]!);
    const further = all.boxes[image]!.map((box, row) => ({
      box,
      classId: all.classIds[image]![row]!,
      record: records[row]!,
    }));
    const first = further.shift();
    const box = boxes[image]!;
    const classId = checked(box, classIds ? classIds[image] : (first?.classId ?? -1), set, image);
    const isGone = isBlank(box) && !(first && isBlank(first.box));
    return isGone ? further : [{ box, classId, record: first?.record ?? -1 }, ...further];
  });
  return setOfRows(set.classes, set.images, rows, set.origin);
};
