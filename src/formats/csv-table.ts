import {
  type AnnotatedImage,
  type AnnotationSet,
  boxOfRow,
  type ReadAnnotations,
  setOfRecords,
} from './annotation-set.js';
import { BlobParts } from './blob-parts.js';
import { type CsvRow, csvText, readCsvRows } from './csv-rows.js';
import { type FormatOptions, formatError, Pace, Problems } from './reading.js';

/** Positions of the columns that are known; −1: there is none. */
type Columns = {
  readonly file: number;
  readonly sides: readonly number[];
  /** Sides are xmin, ymin, xmax, ymax. */
  readonly isCorners: boolean;
  readonly className: number;
  readonly width: number;
  readonly height: number;
};

type CsvRecord = {
  readonly cells: readonly string[];
  readonly image: AnnotatedImage | null;
  /** null: the row is kept and not shown. */
  readonly box: readonly number[] | null;
  readonly className: string;
};

export type CsvOrigin = {
  readonly format: 'csv';
  readonly name: string;
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly columns: Columns;
  readonly records: readonly CsvRecord[];
};

const files = [
  'file',
  'filename',
  'file_name',
  'image',
  'image_path',
  'image_name',
  'path',
  'img',
  'image_id',
];
const corners = [
  ['xmin', 'x_min', 'x1', 'left', 'bbox_xmin'],
  ['ymin', 'y_min', 'y1', 'top', 'bbox_ymin'],
  ['xmax', 'x_max', 'x2', 'right', 'bbox_xmax'],
  ['ymax', 'y_max', 'y2', 'bottom', 'bbox_ymax'],
];
const sizes = [
  ['x', 'bbox_x', 'box_x', 'left', 'xmin', 'x_min'],
  ['y', 'bbox_y', 'box_y', 'top', 'ymin', 'y_min'],
  ['w', 'bbox_width', 'bbox_w', 'box_width', 'box_w', 'width'],
  ['h', 'bbox_height', 'bbox_h', 'box_height', 'box_h', 'height'],
];
const classNames = [
  'class',
  'label',
  'class_name',
  'category',
  'category_name',
  'label_name',
  'labels',
  'object',
  'name',
];

const columnsOf = (header: readonly string[], name: string): Columns => {
  const names = header.map((cell) => cell.trim().toLowerCase());
  const at = (words: readonly string[]): number =>
    words.map((word) => names.indexOf(word)).find((i) => i >= 0) ?? -1;
  const byCorners = corners.map(at);
  const isCorners = byCorners.every((i) => i >= 0);
  const sides = isCorners ? byCorners : sizes.map(at);
  const file = at(files);
  if (file < 0 || sides.some((i) => i < 0)) {
    throw formatError(
      name,
      `its first line has ${file < 0 ? 'no column file' : `file, and not x, y, w, h or xmin, ymin, xmax, ymax`}: ${header.join(', ').slice(0, 100)}`,
    );
  }
  const free = (words: readonly string[]) => {
    const found = at(words);
    return sides.includes(found) ? -1 : found;
  };
  return {
    file,
    sides,
    isCorners,
    className: at(classNames),
    width: free(['image_width', 'img_width', 'image_w', 'img_w', 'width']),
    height: free(['image_height', 'img_height', 'image_h', 'img_h', 'height']),
  };
};

/** The box of a row; null where its cells are all blank. Throws what is wrong. */
const boxIn = (cells: readonly string[], { sides, isCorners }: Columns, header: readonly string[]) => {
  const texts = sides.map((at) => cells[at]?.trim() ?? '');
  if (texts.every((text) => text === '')) return null;
  const [a, b, c, d] = texts.map((text, i) => {
    const value = text === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value))
      throw new Error(`${header[sides[i]!]} is ${JSON.stringify(text)}, not a number`);
    return value;
  }) as [number, number, number, number];
  const box = isCorners ? [a, b, c - a, d - b] : [a, b, c, d];
  if (box[2]! >= 0 && box[3]! >= 0) return box;
  throw new Error(isCorners ? 'xmax or ymax is below xmin or ymin' : 'w and h must not be negative');
};

class CsvContent {
  readonly problems = new Problems();
  readonly records: CsvRecord[] = [];
  readonly images = new Map<string, AnnotatedImage>();
  header: readonly string[] = [];
  delimiter = ',';
  columns: Columns | null = null;
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }
  open(header: readonly string[], delimiter: string): void {
    this.header = header;
    this.delimiter = delimiter;
    this.columns = columnsOf(header, this.#name);
  }
  row({ cells, record, line }: CsvRow): void {
    const columns = this.columns!;
    const file = cells[columns.file]?.trim() ?? '';
    const className = columns.className < 0 ? '' : (cells[columns.className]?.trim() ?? '');
    try {
      if (file === '') throw new Error('file is empty');
      const box = boxIn(cells, columns, this.header);
      this.records.push({ cells, image: this.#image(file, cells, columns), box, className });
    } catch (error) {
      this.records.push({ cells, image: null, box: null, className });
      this.problems.add({ file: this.#name, record, line, message: (error as Error).message });
    }
  }
  #image(file: string, cells: readonly string[], { width, height }: Columns): AnnotatedImage {
    const known = this.images.get(file);
    if (known) return known;
    const size = (at: number) => {
      const value = at < 0 ? 0 : Number(cells[at]);
      return Number.isFinite(value) && value > 0 ? value : 0;
    };
    const image = { file, width: size(width), height: size(height) };
    this.images.set(file, image);
    return image;
  }
}

/**
 * Reads a CSV file of boxes, a record each: a column file (or filename, image, path …), x, y, w, h (or width, height) or xmin, ymin, xmax, ymax,
 * and where they are there class (or label …) and the image's width and height; in any order, with commas, semicolons, tabs or bars.
 * Other columns are kept. A record whose four sides are blank names an image without boxes. Bad records are told with record and line, kept, and
 * not shown. Rejects with `InnotaterError` 'format' where columns are missing.
 */
export const readCsv = async (
  blob: Blob,
  name: string,
  options: FormatOptions = {},
): Promise<ReadAnnotations> => {
  const pace = new Pace(options);
  const content = new CsvContent(name);
  await readCsvRows(blob, name, pace, {
    header: (cells, delimiter) => content.open(cells, delimiter),
    row: (row) => content.row(row),
    problem: (problem) => content.problems.add(problem),
  });
  const { records, header, delimiter, columns } = content;
  const origin: CsvOrigin = { format: 'csv', name, header, delimiter, columns: columns!, records };
  const recordAt = (record: number) => {
    const { image, box, className } = records[record]!;
    return image && box ? { image, box, className } : null;
  };
  const images = [...content.images.values()];
  const set = await setOfRecords(images, records.length, recordAt, origin, pace);
  return { set, ...content.problems.told };
};

const freshHeader = ['file', 'x', 'y', 'w', 'h', 'class', 'image_width', 'image_height'];
const freshColumns: Columns = {
  file: 0,
  sides: [1, 2, 3, 4],
  isCorners: false,
  className: 5,
  width: 6,
  height: 7,
};

const withCells = (
  cells: readonly string[],
  values: readonly (readonly [number, string | number])[],
): string[] => {
  const result = [...cells];
  for (const [at, value] of values) {
    if (at < 0) continue;
    while (result.length <= at) result.push('');
    result[at] = `${value}`;
  }
  return result;
};

const sideCells = ([x, y, w, h]: readonly number[], { sides, isCorners }: Columns) =>
  (isCorners ? [x!, y!, x! + w!, y! + h!] : [x!, y!, w!, h!]).map((value, i) => [sides[i]!, value] as const);

const blank = (image: AnnotatedImage, columns: Columns): string[] =>
  withCells(new Array<string>(Math.max(columns.file, ...columns.sides) + 1).fill(''), [
    [columns.file, image.file],
    [columns.width, image.width],
    [columns.height, image.height],
  ]);

/**
 * Writes a set as CSV; one that was read from CSV with its columns, their order and what else its records hold. Records that are gone are left out,
 * new ones come last; an image without boxes has a record with blank sides. Of a set from elsewhere the columns are file, x, y, w, h, class,
 * image_width, image_height. Where the file has no column for it, a class is lost.
 */
export const writeCsv = async (set: AnnotationSet, options: FormatOptions = {}): Promise<Blob> => {
  const pace = new Pace(options);
  const origin = set.origin?.format === 'csv' ? set.origin : null;
  const columns = origin?.columns ?? freshColumns;
  const delimiter = origin?.delimiter ?? ',';
  const out = new BlobParts();
  out.text(csvText([origin?.header ?? freshHeader], delimiter));
  const rowOf = new Map<number, number>();
  for (const [row, record] of set.records.entries()) if (record >= 0) rowOf.set(record, row);
  const isKnown = new Set(set.images);
  const named = new Set<AnnotatedImage>();
  const cellsOf = (row: number, cells: readonly string[], was: CsvRecord | null): string[] => {
    const box = boxOfRow(set, row);
    const className = set.classes[set.classIds[row]!] ?? '';
    const isMoved = !was?.box || box.some((side, i) => side !== was.box![i]);
    return withCells(cells, [
      ...(isMoved ? sideCells(box, columns) : []),
      ...(className === was?.className ? [] : [[columns.className, className] as const]),
    ]);
  };
  await pace.loop(origin?.records.length ?? 0, (record) => {
    const was = origin!.records[record]!;
    const row = rowOf.get(record);
    if (was.image && (!isKnown.has(was.image) || (was.box && row === undefined))) return;
    if (was.image) named.add(was.image);
    out.text(csvText([row === undefined ? was.cells : cellsOf(row, was.cells, was)], delimiter));
  });
  await pace.loop(set.images.length, (i) => {
    const image = set.images[i]!;
    const [from, to] = [set.offsets[i]!, set.offsets[i + 1]!];
    for (let row = from; row < to; row++) {
      if (origin && set.records[row]! >= 0) continue;
      named.add(image);
      out.text(csvText([cellsOf(row, blank(image, columns), null)], delimiter));
    }
    if (!named.has(image)) out.text(csvText([blank(image, columns)], delimiter));
  });
  return out.blob('text/csv');
};
