import { type AnnotatedImage, type AnnotationSet, boxOfRow } from './annotation-set.js';
import { BlobParts, TextWindow } from './blob-parts.js';
import { csvText } from './csv-rows.js';
import { withMembers } from './json-scan.js';
import { type FormatOptions, Pace } from './reading.js';
import { metadataKey, type ViaKind, type ViaOrigin } from './via-read.js';

type Facts = Readonly<Record<string, unknown>>;
type Region = { readonly shape_attributes: Facts; readonly region_attributes: Facts };

const shapeOf = ([x, y, width, height]: readonly number[]) => ({ x, y, width, height });
const nameOf = (set: AnnotationSet, row: number): string => set.classes[set.classIds[row]!] ?? '';

const newRegion = (set: AnnotationSet, row: number, attribute: string): Region => ({
  shape_attributes: { name: 'rect', ...shapeOf(boxOfRow(set, row)) },
  region_attributes: nameOf(set, row) === '' ? {} : { [attribute]: nameOf(set, row) },
});

/** What of a region changed: its box, its class. */
const changes = (set: AnnotationSet, row: number, origin: ViaOrigin) => {
  const was = origin.records[set.records[row]!]!;
  return {
    isMoved: boxOfRow(set, row).some((side, i) => side !== was.box[i]),
    isNamed: nameOf(set, row) !== was.className,
  };
};

const changedRegion = (region: Region, set: AnnotationSet, row: number, origin: ViaOrigin): Region => {
  const { isMoved, isNamed } = changes(set, row, origin);
  return {
    ...region,
    ...(isMoved ? { shape_attributes: { ...region.shape_attributes, ...shapeOf(boxOfRow(set, row)) } } : {}),
    ...(isNamed
      ? { region_attributes: { ...region.region_attributes, [origin.classAttribute]: nameOf(set, row) } }
      : {}),
  };
};

const rowsOf = ({ offsets }: AnnotationSet, image: number): number[] =>
  Array.from({ length: offsets[image + 1]! - offsets[image]! }, (_, i) => offsets[image]! + i);

const entryText = (set: AnnotationSet, image: number, attribute: string, asMap: boolean): string => {
  const regions = rowsOf(set, image).map((row) => newRegion(set, row, attribute));
  const { file } = set.images[image]!;
  return JSON.stringify({
    filename: file,
    size: -1,
    regions: asMap ? Object.fromEntries(regions.entries()) : regions,
    file_attributes: {},
  });
};

type Regions = Readonly<Record<string, Region>> | readonly Region[];

/** The regions with the rows of the image; null: they are as they were. Those that are no rectangles stay. */
const changedRegions = (
  regions: Regions,
  set: AnnotationSet,
  rows: readonly number[],
  shown: ReadonlySet<string>,
  origin: ViaOrigin,
): Regions | null => {
  const rowOf = new Map<string, number>();
  for (const row of rows)
    if (set.records[row]! >= 0) rowOf.set(origin.records[set.records[row]!]!.region, row);
  const added = rows.filter((row) => set.records[row]! < 0);
  const isSame = [...rowOf.values()].every((row) => {
    const { isMoved, isNamed } = changes(set, row, origin);
    return !isMoved && !isNamed;
  });
  if (isSame && added.length === 0 && rowOf.size === shown.size) return null;
  const kept = Object.entries(regions).flatMap(([key, region]: [string, Region]) => {
    const row = rowOf.get(key);
    if (row === undefined) return shown.has(key) ? [] : [[key, region] as const];
    return [[key, changedRegion(region, set, row, origin)] as const];
  });
  const news = added.map((row) => newRegion(set, row, origin.classAttribute));
  if (Array.isArray(regions)) return [...kept.map(([, region]) => region), ...news];
  const next = kept.reduce((most, [key]) => Math.max(most, Number(key) + 1 || 0), 0);
  return Object.fromEntries([...kept, ...news.map((region, i) => [`${next + i}`, region] as const)]);
};

const rewrittenJson = async (set: AnnotationSet, origin: ViaOrigin, pace: Pace): Promise<Blob> => {
  const { layout, entries } = origin.json!;
  const section = layout.sections.get(origin.kind === 'project' ? metadataKey : '')!;
  const shown = new Map(origin.images.map((image) => [image, new Set<string>()]));
  for (const { image, region } of origin.records) shown.get(image)!.add(region);
  const window = new TextWindow(origin.source, origin.name, pace);
  const out: string[] = [];
  const keys: string[] = [];
  let isSame = set.images.length === origin.images.length;
  for (const [i, image] of set.images.entries()) {
    const entry = entries.get(image);
    isSame &&= image === origin.images[i];
    let text = '';
    if (entry) {
      text = await window.text(entry.start, entry.end - entry.start);
      const { regions = [] } = JSON.parse(text) as { readonly regions?: Regions };
      const next = changedRegions(regions, set, rowsOf(set, i), shown.get(image)!, origin);
      if (next) text = withMembers(text, { regions: next });
      isSame &&= next === null;
    } else text = entryText(set, i, origin.classAttribute, origin.kind === 'v1');
    keys.push(entry?.key ?? `${image.file}-1`);
    out.push(`${JSON.stringify(keys.at(-1))}:${text}`);
    await pace.breathe();
    pace.progress(i + 1, set.images.length);
  }
  if (isSame && layout.end >= 0) return origin.source;
  const parts = new BlobParts();
  parts.slice(origin.source, 0, section.from);
  parts.text(`\n${out.join(',\n')}\n`);
  if (layout.end >= 0) parts.slice(origin.source, section.to, origin.source.size);
  else parts.text(origin.kind === 'project' ? '}}' : '}');
  const blob = parts.blob('application/json');
  if (origin.kind !== 'project' || keys.length === origin.images.length) return blob;
  return new Blob([withMembers(await blob.text(), { _via_image_id_list: keys })], {
    type: 'application/json',
  });
};

const tableHeader = [
  'filename',
  'file_size',
  'file_attributes',
  'region_count',
  'region_id',
  'region_shape_attributes',
  'region_attributes',
];

const newCells = (
  set: AnnotationSet,
  image: AnnotatedImage,
  row: number | null,
  place: readonly number[],
  attribute: string,
) => {
  const region =
    row === null ? { shape_attributes: {}, region_attributes: {} } : newRegion(set, row, attribute);
  const { shape_attributes, region_attributes } = region;
  const cells = [
    image.file,
    -1,
    '{}',
    ...place,
    JSON.stringify(shape_attributes),
    JSON.stringify(region_attributes),
  ];
  return cells.map(String);
};

/** Rows of one file, with region_count and region_id as they are now. */
const counted = (rows: readonly (readonly string[])[], header: readonly string[]): string[][] => {
  const at = (name: string) => header.findIndex((cell) => cell.trim() === name);
  const [count, id, shape] = [at('region_count'), at('region_id'), at('region_shape_attributes')];
  const total = rows.filter((cells) => cells[shape]?.trim() !== '{}').length;
  return rows.map((cells, i) =>
    cells.map((cell, column) => {
      if (column === count) return `${total}`;
      return column === id ? `${i}` : cell;
    }),
  );
};

const rewrittenTable = (set: AnnotationSet, origin: ViaOrigin): Blob => {
  const { header, rows } = origin.table!;
  const shapeAt = header.findIndex((cell) => cell.trim() === 'region_shape_attributes');
  const attributesAt = header.findIndex((cell) => cell.trim() === 'region_attributes');
  const shown = new Set(origin.records.map(({ region }) => Number(region)));
  const rowOf = new Map<number, number>();
  for (const [row, record] of set.records.entries())
    if (record >= 0) rowOf.set(Number(origin.records[record]!.region), row);
  const byImage = new Map<AnnotatedImage, string[][]>(set.images.map((image) => [image, []]));
  const damaged: (readonly string[])[] = [];
  const isChanged = new Set<AnnotatedImage>();
  for (const [i, { cells, image }] of rows.entries()) {
    const row = rowOf.get(i);
    const list = image && byImage.get(image);
    if (!image) damaged.push(cells);
    if (!list) continue;
    if (row === undefined && shown.has(i)) isChanged.add(image);
    else if (row === undefined) list.push([...cells]);
    else {
      const region = changedRegion(
        {
          shape_attributes: JSON.parse(cells[shapeAt]!),
          region_attributes: JSON.parse(cells[attributesAt]! || '{}'),
        },
        set,
        row,
        origin,
      );
      const { isMoved, isNamed } = changes(set, row, origin);
      list.push(
        cells.map((cell, at) => {
          if (at === shapeAt && isMoved) return JSON.stringify(region.shape_attributes);
          return at === attributesAt && isNamed ? JSON.stringify(region.region_attributes) : cell;
        }),
      );
    }
  }
  const out: (readonly string[])[] = [header];
  for (const [i, image] of set.images.entries()) {
    const kept = byImage.get(image)!;
    const added = rowsOf(set, i).filter((row) => set.records[row]! < 0);
    const news = added.map((row) => newCells(set, image, row, [0, 0], origin.classAttribute));
    const holds = news.length > 0 ? kept.filter((cells) => cells[shapeAt]!.trim() !== '{}') : kept;
    const all = [...holds, ...news];
    if (all.length === 0) out.push(newCells(set, image, null, [0, 0], origin.classAttribute));
    else out.push(...(news.length > 0 || isChanged.has(image) ? counted(all, header) : all));
  }
  return new Blob([csvText([...out, ...damaged])], { type: 'text/csv' });
};

const freshTable = (set: AnnotationSet, attribute: string): Blob => {
  const rows = set.images.flatMap((image, i) => {
    const own = rowsOf(set, i);
    if (own.length === 0) return [newCells(set, image, null, [0, 0], attribute)];
    return own.map((row, id) => newCells(set, image, row, [own.length, id], attribute));
  });
  return new Blob([csvText([tableHeader, ...rows])], { type: 'text/csv' });
};

const projectText = (
  set: AnnotationSet,
  keys: readonly string[],
  entries: string,
  attribute: string,
): string => {
  const options = Object.fromEntries(set.classes.map((name) => [name, '']));
  const region = { [attribute]: { type: 'dropdown', description: '', options, default_options: {} } };
  return `{"_via_settings":{"core":{},"project":{"name":"innotater"}},"${metadataKey}":${entries},"_via_attributes":${JSON.stringify({ region, file: {} })},"_via_data_format_version":"2.0.10","_via_image_id_list":${JSON.stringify(keys)}}\n`;
};

/**
 * Writes a set for the VGG Image Annotator; one that was read from it (and is to be of the same kind) with its other shapes, attributes, settings and
 * keys, entries that did not change as they are. `kind` is that of the file read, else a project. Widths and heights of images, and classes
 * without a box (but in a new project), are lost; a new image has the size −1, in its key too.
 */
export const writeVia = async (
  set: AnnotationSet,
  options: FormatOptions & { readonly kind?: ViaKind; readonly classAttribute?: string } = {},
): Promise<Blob> => {
  const pace = new Pace(options);
  const known = set.origin?.format === 'via' ? set.origin : null;
  const kind = options.kind ?? known?.kind ?? 'project';
  if (known?.kind === kind)
    return kind === 'csv' ? rewrittenTable(set, known) : rewrittenJson(set, known, pace);
  const attribute = options.classAttribute ?? known?.classAttribute ?? 'class';
  if (kind === 'csv') return freshTable(set, attribute);
  const keys = set.images.map(({ file }) => `${file}-1`);
  const texts: string[] = [];
  for (const [i, key] of keys.entries()) {
    texts.push(`${JSON.stringify(key)}:${entryText(set, i, attribute, kind === 'v1')}`);
    await pace.breathe();
  }
  const entries = `{\n${texts.join(',\n')}\n}`;
  const text = kind === 'project' ? projectText(set, keys, entries, attribute) : `${entries}\n`;
  return new Blob([text], { type: 'application/json' });
};
