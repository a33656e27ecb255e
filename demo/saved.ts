import { boxesAsCsv, boxesOfCsv } from './boxes-csv.js';
import type { Dataset } from './dataset.js';

const storageKey = ({ key }: Dataset) => `innotater-demo/${key}`;

/** Keeps the boxes in this browser. Throws with advice when the browser refuses. */
export const saveBoxes = (dataset: Dataset): void => {
  try {
    localStorage.setItem(storageKey(dataset), boxesAsCsv(dataset));
  } catch (error) {
    throw new Error('This browser keeps nothing for this page. Export the CSV to keep your boxes.', {
      cause: error,
    });
  }
};

/** Puts boxes that were saved earlier into the dataset; how many there were. */
export const restoreBoxes = (dataset: Dataset): number => {
  try {
    const text = localStorage.getItem(storageKey(dataset));
    if (text === null) return 0;
    for (const { at, box } of boxesOfCsv(text, 'what was saved', dataset.names).loaded) {
      Object.assign(dataset.boxes[at]!, box);
    }
  } catch {
    return 0;
  }
  return dataset.boxes.filter(([, , w, h]) => w > 0 && h > 0).length;
};
