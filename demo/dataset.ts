import type { ImageEntry } from 'innotater';
import { displayedSize, type NpyFile, type NpyReading, npyImages, openNpy, openNpz } from 'innotater/formats';

/** What is annotated: a name and a picture a sample, and one box a sample that the view edits in place. */
export type Dataset = {
  /** Under this key saved boxes are kept in the browser. */
  readonly key: string;
  readonly names: readonly string[];
  readonly boxes: [number, number, number, number][];
  readonly images: {
    readonly length: number;
    get(uindex: number, options: { readonly signal: AbortSignal }): Promise<ImageEntry>;
  };
  /** The files are arrays: channel order, mean and std can be set. */
  readonly isTensor: boolean;
};

type Item = { readonly name: string; load(signal: AbortSignal): Promise<ImageEntry> };

const dataset = (key: string, items: readonly Item[], isTensor: boolean): Dataset => ({
  key,
  names: items.map(({ name }) => name),
  boxes: items.map(() => [0, 0, 0, 0]),
  images: { length: items.length, get: (uindex, { signal }) => items[uindex]!.load(signal) },
  isTensor,
});

const photos = import.meta.glob<string>('./photos/*.{jpg,png,webp}', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** The photographs that come with the demo. */
export const samplePhotos = (): Dataset =>
  dataset(
    'samples',
    Object.entries(photos).map(([path, url]) => ({
      name: path.slice(path.lastIndexOf('/') + 1),
      load: async () => new URL(url, document.baseURI),
    })),
    false,
  );

const imageName = /\.(jpe?g|jfif|png|webp|gif|avif|bmp|svg)$/i;
export const isNpy = (file: File): boolean => /\.np[yz]$/i.test(file.name);
export const isCsv = (file: File): boolean => /\.csv$/i.test(file.name);
export const isImage = (file: File): boolean => imageName.test(file.name) || file.type.startsWith('image/');

/** The path inside the chosen folder where there is one: two files of one name in two folders stay apart. */
export const nameOf = (file: File): string => file.webkitRelativePath || file.name;

const byName = (a: File, b: File) => nameOf(a).localeCompare(nameOf(b), undefined, { numeric: true });

const keyOf = (files: readonly File[]) =>
  `files:${files.length}:${files
    .slice(0, 3)
    .map((file) => `${nameOf(file)},${file.size}`)
    .join(';')}`;

/** Images of the caller's own, in the natural order of their names. */
export const imageFiles = (files: readonly File[]): Dataset => {
  const sorted = [...files].sort(byName);
  return dataset(
    keyOf(sorted),
    sorted.map((file) => ({ name: nameOf(file), load: async () => file })),
    false,
  );
};

/** The array of a `.npy` file, or those of a `.npz` file. */
const arraysIn = async (file: File): Promise<readonly NpyFile[]> => {
  if (!/\.npz$/i.test(file.name)) return [await openNpy(file, nameOf(file))];
  const entries = await openNpz(file, nameOf(file));
  return Promise.all(entries.map((entry) => entry.open()));
};

/** Every image of every array file; a file that cannot be read is told and left out. */
export const npyFiles = async (
  files: readonly File[],
  reading: NpyReading,
  report: (message: string) => void,
): Promise<Dataset> => {
  const items: Item[] = [];
  const sorted = [...files].sort(byName);
  for (const file of sorted) {
    try {
      for (const array of await arraysIn(file)) {
        const images = npyImages(array, reading);
        for (let i = 0; i < images.length; i++) {
          const name = images.length === 1 ? array.name : `${array.name}[${i}]`;
          items.push({ name, load: (signal) => images.get(i, { signal }) });
        }
      }
    } catch (error) {
      report((error as Error).message);
    }
  }
  return dataset(keyOf(sorted), items, true);
};

/** Width and height of a picture from its header, which is all that is read of a file; null where they cannot be told, as of arrays. */
export const pictureSize = async (
  { images }: Dataset,
  uindex: number,
): Promise<{ readonly width: number; readonly height: number } | null> => {
  try {
    const entry = await images.get(uindex, { signal: new AbortController().signal });
    if (entry instanceof Blob) return await displayedSize(entry);
    return entry instanceof URL ? await displayedSize(await (await fetch(entry)).blob()) : null;
  } catch {
    return null;
  }
};
