import { type AnnotatedImage, type AnnotationSet, boxOfRow } from './annotation-set.js';
import { baseName, folderOf, pathsFor } from './paths.js';
import { type FolderFile, type FormatOptions, Pace, tellUnset } from './reading.js';
import type { VocBase, VocOrigin, VocRecord } from './voc-read.js';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** XML has no place for control characters. */
const escaped = (text: string): string =>
  text
    .replace(/[&<>]/g, (one) => escapes[one]!)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');

const cornersOf = ([x, y, w, h]: readonly number[], base: VocBase): number[] => [
  x! + base,
  y! + base,
  x! + w!,
  y! + h!,
];

const nameOf = (set: AnnotationSet, row: number): string => set.classes[set.classIds[row]!] ?? '';

const objectText = (set: AnnotationSet, row: number, base: VocBase): string => {
  const [xmin, ymin, xmax, ymax] = cornersOf(boxOfRow(set, row), base);
  return `  <object>
    <name>${escaped(nameOf(set, row))}</name>
    <pose>Unspecified</pose>
    <truncated>0</truncated>
    <difficult>0</difficult>
    <bndbox>
      <xmin>${xmin}</xmin>
      <ymin>${ymin}</ymin>
      <xmax>${xmax}</xmax>
      <ymax>${ymax}</ymax>
    </bndbox>
  </object>
`;
};

const fresh = (set: AnnotationSet, image: AnnotatedImage, rows: readonly number[], base: VocBase): string => {
  const folder = folderOf(image.file).replace(/\/$/, '');
  return `<annotation>
  <folder>${escaped(folder)}</folder>
  <filename>${escaped(image.file)}</filename>
  <size>
    <width>${image.width}</width>
    <height>${image.height}</height>
    <depth>3</depth>
  </size>
  <segmented>0</segmented>
${rows.map((row) => objectText(set, row, base)).join('')}</annotation>
`;
};

type Edit = { readonly from: number; readonly to: number; readonly text: string };

const opening = /^<[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*>/;

/** The element at a place of the text with other content, its attributes kept. */
const withContent = (text: string, [from, to]: readonly [number, number], content: string): Edit => {
  const open = opening.exec(text.slice(from, to))![0].replace(/\s*\/>$/, '>');
  const name = /^<([^\s/>]+)/.exec(open)![1]!;
  return { from, to, text: `${open}${content}</${name}>` };
};

const changes = (text: string, record: VocRecord, set: AnnotationSet, row: number, base: VocBase): Edit[] => {
  const edits: Edit[] = [];
  const box = boxOfRow(set, row);
  if (box.some((side, i) => side !== record.box[i])) {
    const corners = cornersOf(box, base);
    for (const [i, range] of record.sides.entries()) edits.push(withContent(text, range, `${corners[i]}`));
  }
  const name = nameOf(set, row);
  if (name === record.className) return edits;
  if (record.name) return [...edits, withContent(text, record.name, escaped(name))];
  const at = record.object[0] + opening.exec(text.slice(...record.object))![0].length;
  return [...edits, { from: at, to: at, text: `<name>${escaped(name)}</name>` }];
};

const removed = (text: string, [from, to]: readonly [number, number]): Edit => {
  const before = /[ \t]*$/.exec(text.slice(0, from))![0].length;
  const isOwnLine = text[to] === '\n';
  return { from: from - before, to: isOwnLine ? to + 1 : to, text: isOwnLine ? '' : ' '.repeat(before) };
};

const spliced = (text: string, edits: readonly Edit[]): string => {
  let result = text;
  for (const { from, to, text: by } of [...edits].sort((a, b) => b.from - a.from)) {
    result = `${result.slice(0, from)}${by}${result.slice(to)}`;
  }
  return result;
};

const rewritten = (
  set: AnnotationSet,
  origin: VocOrigin,
  text: string,
  rows: readonly number[],
  records: readonly number[],
): string => {
  const rowOf = new Map(rows.map((row) => [set.records[row]!, row]));
  const edits = records.flatMap((record) => {
    const row = rowOf.get(record);
    const known = origin.records[record]!;
    return row === undefined ? [removed(text, known.object)] : changes(text, known, set, row, origin.base);
  });
  const added = rows.filter((row) => set.records[row]! < 0).map((row) => objectText(set, row, origin.base));
  const end = text.lastIndexOf('</annotation');
  if (added.length > 0) edits.push({ from: end, to: end, text: added.join('') });
  return spliced(text, edits);
};

/**
 * Writes a set as Pascal VOC, a file `Annotations/NAME.xml` an image; a set that was read from VOC with the names and all else of its files,
 * in which only what changed is replaced. Corners are not rounded; `base` is that of reading, else 0. Width and height are 0 where the set
 * knows none. A class of control characters alone is lost; a box without a class has an empty name; `onProblem`
 * tells how many.
 */
export const writeVoc = async (
  set: AnnotationSet,
  options: FormatOptions & { readonly base?: VocBase } = {},
): Promise<FolderFile[]> => {
  const pace = new Pace(options);
  const origin = set.origin?.format === 'voc' ? set.origin : null;
  const base = origin?.base ?? options.base ?? 0;
  const recordsOf = new Map(set.images.map((image) => [image, [] as number[]]));
  for (const [record, { image }] of origin?.records.entries() ?? []) recordsOf.get(image)?.push(record);
  const paths = pathsFor(
    set.images.map(({ file }) => baseName(file)),
    'Annotations/',
    '.xml',
  );
  tellUnset(set.classIds, 'Annotations', 'an empty <name>; many readers of Pascal VOC refuse that', options);
  const files: FolderFile[] = [];
  for (const [i, image] of set.images.entries()) {
    const rows = Array.from({ length: set.offsets[i + 1]! - set.offsets[i]! }, (_, n) => set.offsets[i]! + n);
    const known = origin?.files.get(image);
    const text = known
      ? rewritten(set, origin!, known.text, rows, recordsOf.get(image) ?? [])
      : fresh(set, image, rows, base);
    files.push({ path: known?.path ?? paths[i]!, blob: new Blob([text], { type: 'application/xml' }) });
    await pace.breathe();
    pace.progress(i + 1, set.images.length);
  }
  return files;
};
