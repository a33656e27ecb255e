import { readBoxCsv, writeBoxCsv } from 'innotater/formats';
import { type Dataset, pictureSize } from './dataset.js';

const isBlank = ([, , w, h]: readonly number[]) => w === 0 || h === 0;

/** The annotated samples alone. */
export const boxesAsCsv = ({ names, boxes }: Dataset): string =>
  writeBoxCsv(names.flatMap((file, i) => (isBlank(boxes[i]!) ? [] : [{ file, box: boxes[i]! }])));

const some = (names: readonly string[]) =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');

const baseName = (name: string) => name.slice(name.lastIndexOf('/') + 1);

/** Where a file of the CSV is in the dataset: by its whole name, else by its last part where only one has it. */
const finder = (names: readonly string[]) => {
  const whole = new Map(names.map((name, i) => [name, i]));
  const last = new Map<string, number>();
  names.forEach((name, i) => {
    last.set(baseName(name), last.has(baseName(name)) ? -1 : i);
  });
  return (file: string): number => whole.get(file) ?? last.get(baseName(file)) ?? -1;
};

/** A box of a CSV and the picture it is for. */
export type LoadedBox = { readonly at: number; readonly box: readonly number[] };

/** The boxes of a CSV for these pictures, and what became of the other records. Throws when it is no such CSV. */
export const boxesOfCsv = (
  text: string,
  name: string,
  names: readonly string[],
): { readonly loaded: readonly LoadedBox[]; readonly told: readonly string[] } => {
  const { records, problems } = readBoxCsv(text, name);
  const find = finder(names);
  const loaded = new Map<number, LoadedBox>();
  const unknown: string[] = [];
  const further: string[] = [];
  for (const { file, box } of records) {
    const at = find(file);
    if (at < 0) unknown.push(file);
    else if (loaded.has(at)) further.push(file);
    else loaded.set(at, { at, box });
  }
  const told = [
    ...(unknown.length > 0 ? [`Not among these pictures: ${some(unknown)}.`] : []),
    ...(further.length > 0 ? [`A second box for ${some(further)} was left out.`] : []),
    ...problems.slice(0, 3).map(({ record, message }) => `Record ${record} was skipped: ${message}.`),
    ...(problems.length > 3 ? [`${problems.length - 3} more records were skipped.`] : []),
  ];
  return { loaded: [...loaded.values()], told };
};

/** Sides that were computed may end so far beyond their picture, px. */
const tolerance = 0.5;

type Size = Awaited<ReturnType<typeof pictureSize>>;

/** What is wrong with a box on a picture of this size; null where it lies on it, or where that cannot be told. */
const wrongOn = ([x, y, w, h]: readonly number[], size: Size): string | null => {
  const isBefore = x! < -tolerance || y! < -tolerance;
  const isBeyond = size && (x! + w! > size.width + tolerance || y! + h! > size.height + tolerance);
  if (!isBefore && !isBeyond) return null;
  return size ? `which has ${size.width} × ${size.height} px` : 'which begins at 0, 0';
};

/** The boxes that lie on their pictures, whose sizes come from their headers, and what is said of the others. */
export const boxesOnPictures = async (
  loaded: readonly LoadedBox[],
  dataset: Dataset,
): Promise<{ readonly fitting: readonly LoadedBox[]; readonly told: readonly string[] }> => {
  const sizes = await Promise.all(loaded.map(({ at }) => pictureSize(dataset, at)));
  const wrongs = loaded.map(({ box }, i) => wrongOn(box, sizes[i]!));
  const off = loaded.flatMap(({ at, box }, i) => {
    const wrong = wrongs[i];
    return wrong
      ? [`The box ${box.join(', ')} was skipped: it does not lie on ${dataset.names[at]}, ${wrong}.`]
      : [];
  });
  const more = off.length > 3 ? [`${off.length - 3} more boxes do not lie on their pictures.`] : [];
  return { fitting: loaded.filter((_, i) => !wrongs[i]), told: [...off.slice(0, 3), ...more] };
};
