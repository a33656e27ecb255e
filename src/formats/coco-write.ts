import type { AnnotationSet } from './annotation-set.js';
import { BlobParts, TextWindow } from './blob-parts.js';
import { type CocoOrigin, type CocoRecords, cocoPlaces } from './coco-read.js';
import { type JsonSection, withMembers } from './json-scan.js';
import { type FormatOptions, Pace, tellUnset } from './reading.js';

const type = 'application/json';
const separator = ',\n';

/** The white space of a list: before its first entry, and after its last. */
type Style = { readonly before: string; readonly after: string };

const mostSpace = 256;

const styleOf = async (source: Blob, { from, to }: JsonSection): Promise<Style> => {
  const head = await source.slice(from, Math.min(to, from + mostSpace)).text();
  const tail = await source.slice(Math.max(from, to - mostSpace), to).text();
  return { before: /^\s*/.exec(head)![0], after: /\s*$/.exec(tail)![0] };
};

/** Entries of a list: runs of the file as they are, and texts. */
class Entries {
  readonly #out: BlobParts;
  readonly #source: Blob;
  readonly #style: Style;
  #from = -1;
  #to = -1;
  #isFirst = true;

  constructor(out: BlobParts, source: Blob, style: Style) {
    this.#out = out;
    this.#source = source;
    this.#style = style;
  }
  end(): void {
    this.endRun();
    if (!this.#isFirst) this.#out.text(this.#style.after);
  }
  text(text: string): void {
    this.endRun();
    this.#separate();
    this.#out.text(text);
  }
  /** A record of the file, which follows the one before it there. */
  keep({ starts, lengths, breaks }: CocoRecords, record: number): void {
    if (breaks.has(record)) this.endRun();
    if (this.#from < 0) this.#from = starts[record]!;
    this.#to = starts[record]! + lengths[record]!;
  }
  endRun(): void {
    if (this.#from < 0) return;
    this.#separate();
    this.#out.slice(this.#source, this.#from, this.#to);
    this.#from = -1;
  }
  #separate(): void {
    const { before } = this.#style;
    this.#out.text(this.#isFirst ? before : `,${before}`);
    this.#isFirst = false;
  }
}

type Ids = { readonly imageIds: readonly unknown[]; readonly categoryIds: readonly unknown[] };

const boxText = ({ boxes }: AnnotationSet, row: number): number[] => [
  boxes[4 * row]!,
  boxes[4 * row + 1]!,
  boxes[4 * row + 2]!,
  boxes[4 * row + 3]!,
];

const categoryOf = ({ classIds }: AnnotationSet, row: number, { categoryIds }: Ids): unknown =>
  classIds[row]! < 0 ? null : categoryIds[classIds[row]!];

const newAnnotation = (set: AnnotationSet, row: number, image: number, id: number, ids: Ids): string => {
  const bbox = boxText(set, row);
  return JSON.stringify({
    id,
    image_id: ids.imageIds[image],
    category_id: categoryOf(set, row, ids),
    bbox,
    area: bbox[2]! * bbox[3]!,
    iscrowd: 0,
    segmentation: [],
  });
};

const newImage = ({ images }: AnnotationSet, image: number, id: unknown): string => {
  const { file, width, height } = images[image]!;
  return JSON.stringify({ id, file_name: file, width, height });
};

/** The ids that are there, and numbers beyond them for what is new. */
const idsFor = (places: Int32Array, known: readonly unknown[]): unknown[] => {
  let next = known.reduce((most: number, id) => (typeof id === 'number' ? Math.max(most, id) : most), 0);
  return Array.from(places, (at) => (at < 0 ? ++next : known[at]));
};

const hasShape = (segmentation: unknown): boolean =>
  Array.isArray(segmentation) ? segmentation.length > 0 : segmentation !== undefined && segmentation !== null;

/** The record with the row's box, class and image; area goes with the box where there is no shape of its own. */
const changedAnnotation = (
  text: string,
  set: AnnotationSet,
  row: number,
  image: number,
  ids: Ids,
): string => {
  const was = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const bbox = boxText(set, row);
  const moved = JSON.stringify(was.bbox) !== JSON.stringify(bbox);
  const hasArea = moved && 'area' in was && !hasShape(was.segmentation);
  return withMembers(text, {
    ...(moved ? { bbox } : {}),
    ...(hasArea ? { area: bbox[2]! * bbox[3]! } : {}),
    ...(was.category_id === categoryOf(set, row, ids) ? {} : { category_id: categoryOf(set, row, ids) }),
    ...(was.image_id === ids.imageIds[image] ? {} : { image_id: ids.imageIds[image] }),
  });
};

const fresh = async (set: AnnotationSet, pace: Pace): Promise<Blob> => {
  const out = new BlobParts();
  const list = async (name: string, count: number, entry: (i: number) => string) => {
    out.text(`"${name}":[`);
    await pace.loop(count, (i) => out.text(`${i > 0 ? separator : '\n'}${entry(i)}`));
    out.text(']');
  };
  const ids = { imageIds: set.images.map((_, i) => i + 1), categoryIds: set.classes.map((_, i) => i + 1) };
  out.text('{');
  await list('images', set.images.length, (i) => newImage(set, i, i + 1));
  out.text(separator);
  await list('categories', set.classes.length, (i) => JSON.stringify({ id: i + 1, name: set.classes[i] }));
  out.text(separator);
  let image = 0;
  await list('annotations', set.classIds.length, (row) => {
    while (row >= set.offsets[image + 1]!) image += 1;
    return newAnnotation(set, row, image, row + 1, ids);
  });
  out.text('}\n');
  return out.blob(type);
};

class Rewriting {
  readonly #set: AnnotationSet;
  readonly #origin: CocoOrigin;
  readonly #pace: Pace;
  readonly #classAt: Int32Array;
  readonly #imageAt: Int32Array;
  readonly #ids: Ids;
  readonly #imageOfRow: Int32Array;
  readonly out = new BlobParts();

  constructor(set: AnnotationSet, origin: CocoOrigin, pace: Pace) {
    this.#set = set;
    this.#origin = origin;
    this.#pace = pace;
    const { classAt, imageAt } = cocoPlaces(set, origin);
    this.#classAt = classAt;
    this.#imageAt = imageAt;
    this.#ids = {
      imageIds: idsFor(imageAt, origin.imageIds),
      categoryIds: idsFor(classAt, origin.categoryIds),
    };
    this.#imageOfRow = new Int32Array(set.classIds.length);
  }

  async run(): Promise<Blob> {
    const { source, layout } = this.#origin;
    await this.#pace.loop(this.#set.images.length, (image) => {
      this.#imageOfRow.fill(image, this.#set.offsets[image]!, this.#set.offsets[image + 1]!);
    });
    const fill = {
      images: (entries: Entries) => this.#images(entries),
      categories: (entries: Entries) => this.#categories(entries),
      annotations: (entries: Entries) => this.#annotations(entries),
    };
    let at = 0;
    const there = [...layout.sections].filter(([key, { isMap }]) => key in fill && !isMap);
    for (const [key, { from, to }] of there.sort(([, a], [, b]) => a.from - b.from)) {
      this.out.slice(source, at, from);
      const style = await styleOf(source, { from, to, isMap: false });
      await this.#section(fill[key as keyof typeof fill], style);
      at = to;
    }
    const isClosed = layout.end >= 0;
    if (isClosed) this.out.slice(source, at, layout.end);
    else this.out.text(']');
    let isFirst = !layout.hasMembers;
    for (const key of Object.keys(fill).filter((name) => !there.some(([known]) => known === name))) {
      this.out.text(`${isFirst ? '' : separator}"${key}":[`);
      isFirst = false;
      await this.#section(fill[key as keyof typeof fill], { before: '\n', after: '' });
      this.out.text(']');
    }
    if (isClosed) this.out.slice(source, layout.end, source.size);
    else this.out.text('}\n');
    return this.out.blob(type);
  }

  async #section(fill: (entries: Entries) => Promise<void>, style: Style): Promise<void> {
    const entries = new Entries(this.out, this.#origin.source, style);
    await fill(entries);
    entries.end();
  }

  async #images(entries: Entries): Promise<void> {
    const { imageRecords, images } = this.#origin;
    const isThere = new Uint8Array(images.length);
    for (const at of this.#imageAt) if (at >= 0) isThere[at] = 1;
    await this.#pace.loop(images.length, (at) => {
      if (isThere[at]) entries.keep(imageRecords, at);
      else entries.endRun();
    });
    entries.endRun();
    await this.#pace.loop(this.#imageAt.length, (image) => {
      if (this.#imageAt[image]! < 0) entries.text(newImage(this.#set, image, this.#ids.imageIds[image]));
    });
  }

  /** All categories of the file stay, used or not. */
  async #categories(entries: Entries): Promise<void> {
    const { source, layout } = this.#origin;
    const section = layout.sections.get('categories');
    const text = section ? await source.slice(section.from, section.to).text() : '';
    const kept = text.trim().replace(/,$/, '');
    if (kept !== '') entries.text(kept);
    for (const [i, at] of this.#classAt.entries()) {
      if (at < 0) entries.text(JSON.stringify({ id: this.#ids.categoryIds[i], name: this.#set.classes[i] }));
    }
  }

  async #annotations(entries: Entries): Promise<void> {
    const { annotationRecords, imageOf } = this.#origin;
    const { records } = this.#set;
    const rowOf = new Int32Array(imageOf.length).fill(-1);
    await this.#pace.loop(records.length, (row) => {
      if (records[row]! >= 0) rowOf[records[row]!] = row;
    });
    const window = new TextWindow(this.#origin.source, this.#origin.name, this.#pace);
    for (let record = 0; record < imageOf.length; record++) {
      const row = rowOf[record]!;
      if (imageOf[record]! < 0 || (row >= 0 && this.#isSame(row, record))) {
        entries.keep(annotationRecords, record);
      } else {
        entries.endRun();
        if (row >= 0) entries.text(await this.#changed(row, record, window));
      }
      if (record % 1024 === 0) {
        await this.#pace.breathe();
        this.#pace.progress(record, imageOf.length);
      }
    }
    entries.endRun();
    let id = this.#origin.greatestId;
    await this.#pace.loop(records.length, (row) => {
      if (records[row]! >= 0) return;
      id += 1;
      entries.text(newAnnotation(this.#set, row, this.#imageOfRow[row]!, id, this.#ids));
    });
  }

  #isSame(row: number, record: number): boolean {
    const { asRead, imageOf } = this.#origin;
    const { boxes, classIds } = this.#set;
    const classId = classIds[row]!;
    const known = classId < 0 ? -1 : this.#classAt[classId]!;
    if (classId >= 0 && known < 0) return false;
    const isSame = asRead.isSame(record, boxes, row, known);
    return isSame && this.#imageAt[this.#imageOfRow[row]!] === imageOf[record];
  }

  async #changed(row: number, record: number, window: TextWindow): Promise<string> {
    const { starts, lengths } = this.#origin.annotationRecords;
    const text = await window.text(starts[record]!, lengths[record]!);
    return changedAnnotation(text, this.#set, row, this.#imageOfRow[row]!, this.#ids);
  }
}

/**
 * Writes a set as COCO detection JSON, as a blob of parts (`blob.stream()` gives them one after another). A set that was read from COCO keeps
 * its file: bytes of records that did not change are copied as they are, of changed ones bbox, category_id and image_id are replaced, and area
 * where there is no segmentation; a segmentation stays as it was. Rows that are gone are left out, new ones come last with new ids.
 *
 * Of a set from elsewhere ids count from 1. A box without a class has category_id null, which pycocotools takes for a class of its own and other readers refuse; `onProblem` tells how many.
 */
export const writeCoco = async (set: AnnotationSet, options: FormatOptions = {}): Promise<Blob> => {
  const pace = new Pace(options);
  const { origin } = set;
  const name = origin?.format === 'coco' && origin.name !== '' ? origin.name : 'annotations.json';
  tellUnset(set.classIds, name, 'category_id null; many readers of COCO refuse that', options);
  return origin?.format === 'coco' ? new Rewriting(set, origin, pace).run() : fresh(set, pace);
};
