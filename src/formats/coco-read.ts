import {
  type AnnotatedImage,
  type AnnotationSet,
  positionsIn,
  type ReadAnnotations,
} from './annotation-set.js';
import { Fingerprints } from './fingerprints.js';
import { type JsonLayout, type JsonRecord, scanJson, withLines } from './json-scan.js';
import { NumberList } from './number-list.js';
import { type FormatOptions, type FormatProblem, formatError, Pace, Problems } from './reading.js';

type Id = number | string;

/** Where the records of a list lie in the file. `breaks` are those before which something lies that is no record. */
export type CocoRecords = {
  readonly starts: Float64Array;
  readonly lengths: Uint32Array;
  readonly breaks: ReadonlySet<number>;
};

/** What a COCO file held, for writing it back: the file itself, where its records lie, and what of them was shown. */
export type CocoOrigin = {
  readonly format: 'coco';
  readonly source: Blob;
  readonly name: string;
  readonly layout: JsonLayout;
  readonly images: readonly AnnotatedImage[];
  readonly imageIds: readonly Id[];
  readonly imageRecords: CocoRecords;
  readonly classes: readonly string[];
  readonly categoryIds: readonly Id[];
  readonly annotationRecords: CocoRecords;
  /** Of each annotation: the position of its image, −1 where it is kept and not shown; its box and class as read. */
  readonly imageOf: Int32Array;
  readonly asRead: Fingerprints;
  readonly greatestId: number;
};

type Facts = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isId = (value: unknown): value is Id => typeof value === 'number' || typeof value === 'string';
const shown = (value: unknown): string => (JSON.stringify(value) ?? 'missing').slice(0, 60);

/** What is wrong with a bbox; null: nothing. */
const boxFault = (bbox: unknown): string | null => {
  if (
    !Array.isArray(bbox) ||
    bbox.length !== 4 ||
    !bbox.every((n) => typeof n === 'number' && Number.isFinite(n))
  ) {
    return `bbox is ${shown(bbox)}, not [x, y, width, height]`;
  }
  return bbox[2] < 0 || bbox[3] < 0
    ? `bbox is ${shown(bbox)}: its width and height must not be negative`
    : null;
};

class Records {
  readonly starts = new NumberList();
  readonly lengths = new NumberList();
  readonly breaks = new Set<number>();
  push({ start, end, breaks }: JsonRecord): number {
    if (breaks) this.breaks.add(this.starts.length);
    this.starts.push(start);
    this.lengths.push(end - start);
    return this.starts.length - 1;
  }
  async array(pace: Pace): Promise<CocoRecords> {
    return {
      starts: await this.starts.array(pace),
      lengths: await this.lengths.uint32(pace),
      breaks: this.breaks,
    };
  }
}

/** Annotations as they come; images and categories may come after them, so that their ids are looked up in the end. */
class CocoContent {
  readonly images: AnnotatedImage[] = [];
  readonly imageIds: Id[] = [];
  readonly imageRecords = new Records();
  readonly imageAt = new Map<unknown, number>();
  readonly classes: string[] = [];
  readonly categoryIds: Id[] = [];
  readonly categoryAt = new Map<unknown, number>();
  readonly annotations = new Records();
  readonly boxes = new NumberList();
  /** image_id and category_id of annotations; NaN where they are no numbers. */
  readonly #ids = [new NumberList(), new NumberList()] as const;
  /** Ids that are no numbers, by the annotation that has them. */
  readonly #otherIds = [new Map<number, unknown>(), new Map<number, unknown>()] as const;
  greatestId = 0;
  readonly #problem: (message: string, byte: number) => void;

  constructor(problem: (message: string, byte: number) => void) {
    this.#problem = problem;
  }

  image(value: unknown, record: JsonRecord): void {
    if (!isObject(value) || !isId(value.id) || typeof value.file_name !== 'string') {
      this.#problem(`an image needs id and file_name, and is ${shown(value)}`, record.start);
    } else if (this.imageAt.has(value.id)) {
      this.#problem(`a second image has the id ${shown(value.id)}`, record.start);
    } else {
      const size = (side: unknown) => (typeof side === 'number' && side > 0 ? side : 0);
      this.imageAt.set(value.id, this.imageRecords.push(record));
      this.imageIds.push(value.id);
      this.images.push({ file: value.file_name, width: size(value.width), height: size(value.height) });
    }
  }

  category(value: unknown, record: JsonRecord): void {
    if (!isObject(value) || !isId(value.id) || typeof value.name !== 'string') {
      this.#problem(`a category needs id and name, and is ${shown(value)}`, record.start);
    } else if (this.categoryAt.has(value.id)) {
      this.#problem(`a second category has the id ${shown(value.id)}`, record.start);
    } else {
      this.categoryAt.set(value.id, this.classes.length);
      this.categoryIds.push(value.id);
      this.classes.push(value.name);
    }
  }

  annotation(value: unknown, record: JsonRecord): void {
    const row = this.annotations.push(record);
    const facts = isObject(value) ? value : {};
    const fault = isObject(value) ? boxFault(value.bbox) : `it is ${shown(value)}, not an object`;
    if (fault) this.#problem(fault, record.start);
    const bbox = fault ? [0, 0, 0, Number.NaN] : (facts.bbox as number[]);
    for (const side of bbox) this.boxes.push(side);
    this.#id(0, row, facts.image_id);
    this.#id(1, row, facts.category_id);
    if (typeof facts.id === 'number' && facts.id > this.greatestId) this.greatestId = facts.id;
  }

  #id(kind: 0 | 1, row: number, id: unknown): void {
    const isNumber = typeof id === 'number';
    this.#ids[kind].push(isNumber ? id : Number.NaN);
    if (!isNumber && id !== undefined) this.#otherIds[kind].set(row, id);
  }

  #idOf(kind: 0 | 1, row: number): unknown {
    const id = this.#ids[kind].at(row);
    return Number.isNaN(id) ? this.#otherIds[kind].get(row) : id;
  }

  /** Image and class of an annotation; null, and told, where it cannot be shown. */
  placeOf(row: number): { readonly image: number; readonly classId: number } | null {
    if (Number.isNaN(this.boxes.at(4 * row + 3))) return null;
    const start = this.annotations.starts.at(row);
    const image = this.imageAt.get(this.#idOf(0, row));
    const category = this.#idOf(1, row);
    const isUnset = category === undefined || category === null;
    const classId = isUnset ? -1 : this.categoryAt.get(category);
    if (image === undefined)
      this.#problem(`image_id ${shown(this.#idOf(0, row))} is no image of this file`, start);
    else if (classId === undefined)
      this.#problem(`category_id ${shown(category)} is no category of this file`, start);
    return image === undefined || classId === undefined ? null : { image, classId };
  }
}

type Sorted = Omit<AnnotationSet, 'origin'> & { readonly imageOf: Int32Array; readonly asRead: Fingerprints };

/** Rows by image, each image's in the order of the file. */
const sorted = async (content: CocoContent, pace: Pace): Promise<Sorted> => {
  const { images, classes, boxes: read } = content;
  const total = content.annotations.starts.length;
  const imageOf = new Int32Array(total).fill(-1);
  const classOf = new Int32Array(total);
  const offsets = new Uint32Array(images.length + 1);
  await pace.loop(total, (record) => {
    const place = content.placeOf(record);
    if (!place) return;
    imageOf[record] = place.image;
    classOf[record] = place.classId;
    offsets[place.image + 1]! += 1;
  });
  await pace.loop(images.length, (image) => {
    offsets[image + 1]! += offsets[image]!;
  });
  const count = offsets[images.length]!;
  const next = offsets.slice();
  const asRead = new Fingerprints(total);
  const boxes = new Float64Array(4 * count);
  await pace.breathe();
  const classIds = new Int32Array(count);
  const records = new Int32Array(count);
  await pace.loop(total, (record) => {
    const image = imageOf[record]!;
    if (image < 0) return;
    const row = next[image]!++;
    for (let side = 0; side < 4; side++) boxes[4 * row + side] = read.at(4 * record + side);
    classIds[row] = classOf[record]!;
    records[row] = record;
    asRead.keep(record, boxes, row, classIds[row]!);
  });
  return { classes: [...classes], images, offsets, boxes, classIds, records, imageOf, asRead };
};

/**
 * Reads a COCO detection file (an object with the lists images, annotations, categories), of any size: in pieces of 256 KiB, in tasks of
 * a few milliseconds, about 70 bytes an annotation. Boxes are its bbox, [x, y, width, height] in pixels from 0.
 *
 * Everything else (segmentation, RLE, iscrowd, area, attributes, info, licenses …) stays in the file, to which the set refers, and is
 * written back as it is: keep the file as it is until then, or pass a copy. Annotations without a box, or of an unknown image or
 * category, are told with byte and line, not shown, and kept; what is not JSON is told and not kept.
 *
 * Rejects with `InnotaterError` 'format' where the file is no such object, 'fetch' where it cannot be read, and the signal's reason.
 */
export const readCoco = async (
  source: Blob,
  name: string,
  options: FormatOptions = {},
): Promise<ReadAnnotations> => {
  const pace = new Pace(options);
  const problems = new Problems();
  const content = new CocoContent((message, byte) => problems.add({ file: name, byte, message }));
  const layout = await scanJson(
    source,
    name,
    {
      wants: (key) => key === 'images' || key === 'annotations' || key === 'categories',
      record: (section, value, record) => {
        if (section === 'annotations') content.annotation(value, record);
        else if (section === 'images') content.image(value, record);
        else content.category(value, record);
      },
      problem: (section, message, byte) =>
        problems.add({ file: name, byte, message: `an entry of ${section} was skipped: ${message}` }),
    },
    pace,
  );
  if (![...layout.sections.values()].some(({ isMap }) => !isMap)) {
    throw formatError(name, 'has no list images, annotations or categories, so it is no COCO file');
  }
  if (layout.end < 0) problems.add({ file: name, byte: source.size, message: 'the file ends early' });
  const { imageOf, asRead, ...rows } = await sorted(content, pace);
  const origin: CocoOrigin = {
    format: 'coco',
    source,
    name,
    layout,
    images: content.images,
    imageIds: content.imageIds,
    imageRecords: await content.imageRecords.array(pace),
    classes: content.classes,
    categoryIds: content.categoryIds,
    annotationRecords: await content.annotations.array(pace),
    imageOf,
    asRead,
    greatestId: content.greatestId,
  };
  const set = { ...rows, origin };
  const located: readonly FormatProblem[] = await withLines(source, problems.problems, name, pace);
  return { set, problems: located, problemCount: problems.problemCount };
};

/** Ids of the set's classes in the file, by their names; −1: new. */
export const cocoPlaces = (set: AnnotationSet, origin: CocoOrigin) => ({
  classAt: positionsIn(set.classes, origin.classes),
  imageAt: positionsIn(set.images, origin.images),
});
