import { readdirSync, readFileSync, statSync } from 'node:fs';
import { type AnnotationSet, type FolderFile, toRepeatColumns } from '../../../src/formats/index.js';

export const annotations = new URL('../../fixtures/annotations/', import.meta.url);
export const blobOf = (path: string): Blob => new Blob([readFileSync(new URL(path, annotations))]);

export const folderOf = (path: string): FolderFile[] => {
  const root = new URL(`${path}/`, annotations);
  return readdirSync(root, { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => statSync(new URL(name, root)).isFile())
    .sort()
    .map((name) => ({ path: name, blob: blobOf(`${path}/${name}`) }));
};

type Expected = {
  readonly sizes: Readonly<Record<string, readonly [number, number]>>;
  readonly boxes: Readonly<Record<string, readonly (readonly [string, number, number, number, number])[]>>;
  readonly arrays: Readonly<Record<string, { readonly shape: number[]; readonly values: number[] }>>;
};
export const expected: Expected = JSON.parse(readFileSync(new URL('expected.json', annotations), 'utf8'));

const baseName = (file: string) => file.slice(file.lastIndexOf('/') + 1);

/** [class, x, y, w, h] by image, as expected.json has it. */
export const listed = (set: AnnotationSet): Record<string, (string | number | null)[][]> => {
  const { boxes, classIds } = toRepeatColumns(set);
  return Object.fromEntries(
    set.images.map(({ file }, i) => [
      baseName(file),
      boxes[i]!.map((box, row) => [set.classes[classIds[i]![row]!] ?? null, ...box]),
    ]),
  );
};

/** The same without what YOLO's fractions round. */
export const listedNear = (set: AnnotationSet) =>
  Object.fromEntries(
    Object.entries(listed(set)).map(([file, rows]) => [
      file,
      rows.map((row) => row.map((v) => (typeof v === 'number' ? Math.round(v * 1e6) / 1e6 : v))),
    ]),
  );

export const sizesOf = ({ images }: AnnotationSet) =>
  Object.fromEntries(images.map(({ file, width, height }) => [baseName(file), [width, height]]));
