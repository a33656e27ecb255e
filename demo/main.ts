import {
  BoundingBoxInnotation,
  ImageInnotation,
  type ImageInnotationOptions,
  Innotater,
  TextInnotation,
  Transforms,
} from 'innotater';
import type { NpyReading } from 'innotater/formats';
import { boxesAsCsv, boxesOfCsv, boxesOnPictures } from './boxes-csv.js';
import {
  type Dataset,
  imageFiles,
  isCsv,
  isImage,
  isNpy,
  nameOf,
  npyFiles,
  samplePhotos,
} from './dataset.js';
import { onDrop } from './dropped.js';
import { framePage } from './frame/frame.js';
import { sourcePanel } from './frame/source-panel.js';
import source from './main.ts?raw';
import { restoreBoxes, saveBoxes } from './saved.js';

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const say = (message: string): void => {
  element('status').textContent = message;
};

let dataset: Dataset;
let view: Innotater | null = null;
let arrays: readonly File[] = [];

const numbers = (id: string): number[] | null => {
  const text = element<HTMLInputElement>(id).value.trim();
  if (text === '') return null;
  const values = text.split(/[\s,]+/).map(Number);
  if (values.every(Number.isFinite) && [1, 3, 4].includes(values.length)) return values;
  throw new Error(`“${text}” is not one number, or one for each channel, such as 0.485, 0.456, 0.406`);
};

const tensorOptions = (): ImageInnotationOptions => {
  const mean = numbers('mean');
  const std = numbers('std');
  return {
    colorspace: element<HTMLSelectElement>('colorspace').value as 'RGB' | 'BGR',
    ...(mean || std ? { transform: Transforms.denormalize({ mean: mean ?? 0, std: std ?? 1 }) } : {}),
  };
};

let theme = framePage((chosen) => {
  theme = chosen;
  if (view) view.theme = chosen;
});

/** Greatest size of a picture, CSS px: where there is room beside it for the fields, they and the control bar are seen without scrolling. */
const pictureSize = (): { readonly width: number; readonly height: number } => {
  const { width, top } = element('view').getBoundingClientRect();
  if (width < 700) return { width: 820, height: 560 };
  const below = innerHeight - (top + scrollY) - 110;
  return { width: Math.min(820, width - 310), height: Math.min(560, Math.max(240, below)) };
};

/** Shows the dataset from the sample on; what was shown before goes. */
const show = (index = 0): void => {
  const options = dataset.isTensor ? tensorOptions() : {};
  view?.dispose();
  view = null;
  element('tensor').hidden = !dataset.isTensor;
  element('empty').hidden = dataset.names.length > 0;
  if (dataset.names.length === 0) return;
  view = new Innotater(
    new ImageInnotation(dataset.images, {
      name: 'image',
      desc: 'Picture',
      ...pictureSize(),
      ...options,
    }),
    [
      new TextInnotation([...dataset.names], {
        name: 'file',
        desc: 'File',
        multiline: false,
        disabled: true,
      }),
      new BoundingBoxInnotation(dataset.boxes, { name: 'box', desc: 'Box' }),
    ],
    { theme, saveHook: save, journal: dataset.key },
  );
  view.mount(element('view'));
  view.index = Math.min(index, dataset.names.length - 1);
};

const save = (): boolean => {
  saveBoxes(dataset);
  return true;
};

const open = (next: Dataset): void => {
  dataset = next;
  const restored = restoreBoxes(next);
  show();
  const saved =
    restored > 0 ? ` ${restored} saved ${restored === 1 ? 'box was' : 'boxes were'} restored.` : '';
  say(`${next.names.length} ${next.names.length === 1 ? 'picture' : 'pictures'}.${saved}`);
};

const openArrays = async (files: readonly File[]): Promise<void> => {
  arrays = files;
  const problems: string[] = [];
  const reading = element<HTMLSelectElement>('reading').value as NpyReading;
  const next = await npyFiles(files, reading, (message) => problems.push(message));
  if (next.names.length > 0) open(next);
  if (problems.length > 0) say(problems.join('\n'));
};

/** With other settings; boxes stay with the pictures of the same name. */
const showArraysAnew = async (): Promise<void> => {
  if (view?.isDirty) saveBoxes(dataset);
  const index = view?.index ?? 0;
  const boxes = new Map(dataset.names.map((name, i) => [name, dataset.boxes[i]!]));
  await openArrays(arrays);
  for (const [i, name] of dataset.names.entries()) dataset.boxes[i] = boxes.get(name) ?? dataset.boxes[i]!;
  show(index);
};

/** An edit like one by hand: to be saved, in the journal, one step to undo. */
const loadCsv = async (file: File): Promise<void> => {
  const shown = dataset;
  const { loaded, told } = boxesOfCsv(await file.text(), file.name, shown.names);
  const { fitting, told: off } = await boxesOnPictures(loaded, shown);
  if (shown !== dataset) return;
  view?.setValues(fitting.map(({ at, box }) => ({ uindex: at, name: 'box', value: box })));
  const count = `${fitting.length} ${fitting.length === 1 ? 'box' : 'boxes'} loaded from ${file.name}.`;
  say([count, ...told, ...off].join('\n'));
};

const leftOut = (files: readonly File[]): string =>
  files.length === 0
    ? ''
    : `\nLeft out, not an image, .npy or .csv: ${files.slice(0, 3).map(nameOf).join(', ')}${files.length > 3 ? ` and ${files.length - 3} more` : ''}.`;

/** Whatever was chosen or dropped: arrays, else images, else a CSV for what is shown. */
const take = async (files: readonly File[]): Promise<void> => {
  try {
    const npy = files.filter(isNpy);
    const images = files.filter((file) => !isNpy(file) && isImage(file));
    const csv = files.find(isCsv);
    if (npy.length + images.length > 0) {
      if (npy.length > 0) await openArrays(npy);
      else open(imageFiles(images));
    }
    if (csv) await loadCsv(csv);
    const rest = files.filter((file) => !isNpy(file) && !isImage(file) && !isCsv(file));
    if (rest.length > 0) say(`${element('status').textContent}${leftOut(rest)}`);
  } catch (error) {
    say((error as Error).message);
  }
};

const exportCsv = (): void => {
  const url = URL.createObjectURL(new Blob([boxesAsCsv(dataset)], { type: 'text/csv' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: 'boxes.csv' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};

const wirePicker = (buttonId: string, inputId: string): void => {
  const input = element<HTMLInputElement>(inputId);
  element(buttonId).addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    input.value = '';
    void take(files);
  });
};

wirePicker('choose-files', 'files');
wirePicker('choose-folder', 'folder');
wirePicker('load-csv', 'csv');
onDrop(element('drop'), (files) => void take(files));
element('samples').addEventListener('click', () => {
  open(samplePhotos());
});
element('export-csv').addEventListener('click', exportCsv);
element('tensor').addEventListener('submit', (event) => {
  event.preventDefault();
  showArraysAnew().catch((error: Error) => say(error.message));
});

element('content').append(sourcePanel('demo/main.ts', source));
open(samplePhotos());
