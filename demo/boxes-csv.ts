import { readBoxCsv, writeBoxCsv } from 'innotater/formats';
import type { Dataset } from './dataset.js';

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

/** Writes the boxes of a CSV into the dataset and says what became of each record. Throws when it is no such CSV. */
export const loadBoxes = (text: string, name: string, dataset: Dataset): string => {
  const { records, problems } = readBoxCsv(text, name);
  const find = finder(dataset.names);
  const loaded = new Set<number>();
  const unknown: string[] = [];
  const further: string[] = [];
  for (const { file, box } of records) {
    const at = find(file);
    if (at < 0) unknown.push(file);
    else if (loaded.has(at)) further.push(file);
    else {
      loaded.add(at);
      box.forEach((value, i) => {
        dataset.boxes[at]![i] = value;
      });
    }
  }
  return [
    `${loaded.size} ${loaded.size === 1 ? 'box' : 'boxes'} loaded from ${name}.`,
    ...(unknown.length > 0 ? [`Not among these pictures: ${some(unknown)}.`] : []),
    ...(further.length > 0 ? [`A second box for ${some(further)} was left out.`] : []),
    ...problems.slice(0, 3).map(({ record, message }) => `Record ${record} was skipped: ${message}.`),
    ...(problems.length > 3 ? [`${problems.length - 3} more records were skipped.`] : []),
  ].join('\n');
};
