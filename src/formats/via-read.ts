import { type AnnotatedImage, type ReadAnnotations, type RowRecord, setOfRows } from './annotation-set.js';
import { readCsvRows } from './csv-rows.js';
import { type JsonLayout, type JsonRecord, scanJson, withLines } from './json-scan.js';
import { bytesOf, type FormatOptions, formatError, Pace, Problems } from './reading.js';

/** `project`: what VIA 2 saves; `annotations`: its JSON export; `v1`: regions by number, as VIA 1 has them; `csv`: the CSV of either. */
export type ViaKind = 'project' | 'annotations' | 'v1' | 'csv';

export type ViaRecord = {
  readonly image: AnnotatedImage;
  /** Position or key in the image's regions; the row of a CSV file. */
  readonly region: string;
  readonly box: readonly number[];
  readonly className: string;
};

/** An entry of a JSON file: its key, and where it lies. */
export type ViaEntry = { readonly key: string; readonly start: number; readonly end: number };

export type ViaOrigin = {
  readonly format: 'via';
  readonly kind: ViaKind;
  readonly source: Blob;
  readonly name: string;
  /** The region attribute that holds the class. */
  readonly classAttribute: string;
  readonly records: readonly ViaRecord[];
  readonly images: readonly AnnotatedImage[];
  /** Of JSON files. */
  readonly json: {
    readonly layout: JsonLayout;
    readonly entries: ReadonlyMap<AnnotatedImage, ViaEntry>;
  } | null;
  /** Of CSV files. */
  readonly table: {
    readonly header: readonly string[];
    readonly rows: readonly { readonly cells: readonly string[]; readonly image: AnnotatedImage | null }[];
  } | null;
};

type Facts = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Region = {
  readonly image: AnnotatedImage;
  readonly region: string;
  readonly box: readonly number[];
  readonly attributes: Facts;
};

export const metadataKey = '_via_img_metadata';
const sideNames = ['x', 'y', 'width', 'height'] as const;
const commonNames = ['class', 'label', 'name', 'category', 'type'];

/** The box of a rectangle; null: another shape. Throws what is wrong. */
const boxOf = (shape: unknown): number[] | null => {
  if (!isObject(shape)) throw new Error('its shape_attributes are not an object');
  if (shape.name !== 'rect') return null;
  const box = sideNames.map((name) => {
    const value = shape[name];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw new Error(`its ${name} is ${JSON.stringify(value) ?? 'missing'}, not a number`);
  });
  if (box[2]! < 0 || box[3]! < 0) throw new Error('its width and height must not be negative');
  return box;
};

class ViaContent {
  readonly problems = new Problems();
  readonly images: AnnotatedImage[] = [];
  readonly regions: Region[] = [];
  /** Entries, and those of regions by number. */
  entryCount = 0;
  mapCount = 0;
  readonly #name: string;
  readonly #others = new Map<AnnotatedImage, Set<string>>();

  constructor(name: string) {
    this.#name = name;
  }

  image(file: string): AnnotatedImage {
    const image = { file, width: 0, height: 0 };
    this.images.push(image);
    return image;
  }

  region(
    image: AnnotatedImage,
    region: string,
    shape: unknown,
    attributes: unknown,
    place: { readonly byte?: number; readonly line?: number; readonly record?: number },
  ): void {
    try {
      const box = boxOf(shape);
      if (box) this.regions.push({ image, region, box, attributes: isObject(attributes) ? attributes : {} });
      else this.#other(image, String((shape as Facts).name));
    } catch (error) {
      const message = `region ${region} of ${image.file}: ${(error as Error).message}`;
      this.problems.add({ file: this.#name, ...place, message });
    }
  }

  #other(image: AnnotatedImage, shape: string): void {
    const shapes = this.#others.get(image) ?? new Set();
    if (shape !== 'undefined') this.#others.set(image, shapes.add(shape));
  }

  /** Shapes that are kept and not shown. */
  tellOthers(): void {
    for (const [{ file }, shapes] of this.#others) {
      const message = `${file} has shapes that are no rectangles (${[...shapes].join(', ')}): they are kept, and not shown`;
      this.problems.add({ file: this.#name, message });
    }
  }

  entry(value: unknown, record: JsonRecord): AnnotatedImage | null {
    if (!isObject(value) || typeof value.filename !== 'string') {
      const message = `the entry ${JSON.stringify(record.key)} has no filename`;
      this.problems.add({ file: this.#name, byte: record.start, message });
      return null;
    }
    const image = this.image(value.filename);
    const { regions } = value;
    this.entryCount += 1;
    if (isObject(regions)) this.mapCount += 1;
    for (const [region, facts] of Object.entries((regions ?? {}) as object)) {
      const { shape_attributes, region_attributes } = isObject(facts) ? facts : ({} as Facts);
      this.region(image, region, shape_attributes, region_attributes, { byte: record.start });
    }
    return image;
  }

  /** The attribute that most regions have as a text; of several one whose name says so. */
  classAttribute(): string {
    const counts = new Map<string, number>();
    for (const { attributes } of this.regions) {
      for (const [key, value] of Object.entries(attributes)) {
        if (typeof value === 'string') counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    const most = Math.max(0, ...counts.values());
    const best = [...counts.keys()].filter((key) => counts.get(key) === most);
    const named = best.find((key) => commonNames.some((name) => key.toLowerCase().startsWith(name)));
    return named ?? best[0] ?? 'class';
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const result = (
  content: ViaContent,
  given: string | undefined,
  rest: Pick<ViaOrigin, 'kind' | 'source' | 'name' | 'json' | 'table'>,
): ReadAnnotations['set'] => {
  const classAttribute = given ?? content.classAttribute();
  const records = content.regions.map(({ image, region, box, attributes }): ViaRecord => {
    const own = Object.hasOwn(attributes, classAttribute) ? attributes[classAttribute] : '';
    return { image, region, box, className: textOf(own) };
  });
  const classes = [...new Set(records.map(({ className }) => className))].filter((name) => name !== '');
  const classAt = new Map(classes.map((name, i) => [name, i]));
  const rows = new Map(content.images.map((image) => [image, [] as RowRecord[]]));
  for (const [record, { image, box, className }] of records.entries()) {
    rows.get(image)!.push({ box, classId: classAt.get(className) ?? -1, record });
  }
  const images = content.images;
  return setOfRows(classes, images, [...rows.values()], {
    format: 'via',
    classAttribute,
    records,
    images,
    ...rest,
  });
};

const readJson = async (source: Blob, name: string, content: ViaContent, pace: Pace) => {
  const entries = new Map<AnnotatedImage, ViaEntry>();
  const scan = (section: string) =>
    scanJson(
      source,
      name,
      {
        wants: (key) => key === section,
        record: (_, value, record) => {
          const image = content.entry(value, record);
          if (image) entries.set(image, { key: record.key, start: record.start, end: record.end });
        },
        problem: (_, message, byte) =>
          content.problems.add({ file: name, byte, message: `an entry was skipped: ${message}` }),
      },
      pace,
    );
  let layout = await scan(metadataKey);
  const isProject = layout.sections.has(metadataKey);
  if (!isProject) layout = await scan('');
  if (content.images.length === 0 && !isProject && layout.hasMembers) {
    throw formatError(name, 'has no entry with a filename and regions, so it is no file of VIA');
  }
  const isV1 = content.entryCount > 0 && content.mapCount === content.entryCount;
  const kind: ViaKind = isProject ? 'project' : isV1 ? 'v1' : 'annotations';
  return { kind, json: { layout, entries }, table: null };
};

const columns = ['filename', 'region_shape_attributes', 'region_attributes'] as const;

const parsed = (text: string, what: string): unknown => {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${what} is not JSON: ${text.slice(0, 60)}`);
  }
};

const readTable = async (source: Blob, name: string, content: ViaContent, pace: Pace) => {
  let header: readonly string[] = [];
  const at: Record<string, number> = {};
  const rows: { cells: readonly string[]; image: AnnotatedImage | null }[] = [];
  const known = new Map<string, AnnotatedImage>();
  await readCsvRows(source, name, pace, {
    header: (cells) => {
      header = cells;
      for (const column of columns)
        at[column] = cells.findIndex((cell) => cell.trim().replace(/^#/, '') === column);
      const missing = columns.filter((column) => at[column]! < 0);
      if (missing.length > 0)
        throw formatError(name, `its first line lacks ${missing.join(', ')}, so it is no CSV of VIA`);
    },
    row: ({ cells, record, line }) => {
      const file = cells[at.filename!] ?? '';
      const region = `${rows.length}`;
      try {
        if (file === '') throw new Error('filename is empty');
        const image = known.get(file) ?? content.image(file);
        known.set(file, image);
        rows.push({ cells, image });
        const shape = parsed(cells[at.region_shape_attributes!] ?? '', 'region_shape_attributes');
        const attributes = parsed(cells[at.region_attributes!] ?? '', 'region_attributes');
        if (isObject(shape) && Object.keys(shape).length === 0) return;
        content.region(image, region, shape, attributes, { record, line });
      } catch (error) {
        if (rows.length === Number(region)) rows.push({ cells, image: null });
        content.problems.add({ file: name, record, line, message: (error as Error).message });
      }
    },
    problem: (problem) => content.problems.add(problem),
  });
  return { kind: 'csv' as const, json: null, table: { header, rows } };
};

/**
 * Reads a file of the VGG Image Annotator: a project or an export of VIA 2, JSON of VIA 1, CSV of either. Rectangles become boxes, in pixels; the
 * class is a region attribute of texts: `classAttribute`, else the one that most regions have. Sizes of images are not told in such
 * files. Other shapes, attributes, settings and keys are kept and written back. A bad region or record is told and kept.
 */
export const readVia = async (
  source: Blob,
  name: string,
  options: FormatOptions & { readonly classAttribute?: string } = {},
): Promise<ReadAnnotations> => {
  const pace = new Pace(options);
  const content = new ViaContent(name);
  const head = new TextDecoder().decode(await pace.wait(bytesOf(source, 0, 64, name)));
  const isCsv = /^\s*"?#?filename"?,/.test(head);
  const rest = isCsv
    ? await readTable(source, name, content, pace)
    : await readJson(source, name, content, pace);
  content.tellOthers();
  const { told } = content.problems;
  const problems = isCsv ? told.problems : await withLines(source, told.problems, name, pace);
  return { set: result(content, options.classAttribute, { source, name, ...rest }), ...told, problems };
};
