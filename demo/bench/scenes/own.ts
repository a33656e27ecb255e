import { readBoxCsv } from 'innotater/formats';
import { isCsv, isImage, isNpy, nameOf } from '../../dataset.js';
import { alternate, leftOut, type Turn } from '../alternate.js';
import type { Boxes } from '../data/boxes.js';
import type { Row, Scene, SceneContext } from '../model.js';
import { mountImages, type OpenedImages, watchOpening } from '../opened.js';
import { raceOn } from './boxes.js';
import { readSlices } from './npy.js';
import { bitmapOpens, bytesOf, openSeadragonOpens, type Sized } from './opening.js';

const name = 'own-files';

const innotaterTurn = (context: SceneContext, file: File): Turn => ({
  name: `Innotater on ${nameOf(file)}`,
  run: async () => {
    let opened: OpenedImages | undefined;
    try {
      const { sharpMs, longestTaskMs } = await watchOpening(async () => {
        opened = mountImages(context, [file]);
        await opened.sharp();
        return opened.view.canvas!;
      }, null);
      return { sharpMs, longestTaskMs, ...bytesOf(opened!.view) };
    } finally {
      opened?.dispose();
    }
  },
});

const sizeOf = async (file: File): Promise<Sized> => {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  bitmap.close();
  return { width, height };
};

const imageTurns = async (context: SceneContext, file: File): Promise<readonly Turn[]> => {
  const size = await sizeOf(file);
  const named = (turn: Turn): Turn => ({ ...turn, name: `${turn.name} on ${nameOf(file)}` });
  return [
    innotaterTurn(context, file),
    named(bitmapOpens(context, () => file, size)),
    named(openSeadragonOpens(context, () => file, size, null)),
  ];
};

const arrayTurns = (context: SceneContext, file: File): readonly Turn[] => [
  innotaterTurn(context, file),
  {
    name: `reading ${nameOf(file)} in slices of 16 MiB`,
    run: async () => {
      const start = performance.now();
      await readSlices(file, 0, file.size, context.signal);
      return { readMs: performance.now() - start };
    },
  },
];

const asBoxes = (rows: readonly (readonly number[])[]): Boxes => ({
  rows: Float32Array.from(rows.flat()),
  classes: new Uint8Array(rows.length),
  count: rows.length,
});

/** The boxes of the CSV that name the picture, or all where none does, panned and zoomed by everyone. */
const raceOnBoxes = async (context: SceneContext, csv: File, picture: File): Promise<readonly Row[]> => {
  const { records } = readBoxCsv(await csv.text(), csv.name);
  const base = nameOf(picture).split('/').at(-1);
  const named = records.filter(({ file }) => file.split('/').at(-1) === base);
  const boxes = asBoxes((named.length > 0 ? named : records).map(({ box }) => box));
  if (boxes.count === 0) return [leftOut(name, `the boxes of ${csv.name}`, 'there are none')];
  return raceOn(name, context, { picture, ...(await sizeOf(picture)), isLabelled: false }, boxes);
};

const mostFiles = 20;

export const own: Scene = {
  name,
  title: 'Your own files',
  about: `Opens each picture and .npy file that you chose (the first ${mostFiles} of them), and with a CSV of file,x,y,w,h pans and zooms over its boxes on the first picture.`,
  needsFiles: true,
  run: async (context) => {
    const files = context.files
      .filter((file) => isNpy(file) || (isImage(file) && !isCsv(file)))
      .slice(0, mostFiles);
    const rows: Row[] = [];
    for (const [i, file] of files.entries()) {
      const say: SceneContext['say'] = (part, text) => context.say((i + part) / (files.length + 1), text);
      const within = { ...context, say };
      try {
        const turns = isNpy(file) ? arrayTurns(within, file) : await imageTurns(within, file);
        rows.push(...(await alternate(name, turns, context.quick ? 1 : 5, within)));
      } catch (error) {
        context.signal.throwIfAborted();
        rows.push(leftOut(name, nameOf(file), `failed: ${(error as Error).message}`));
      }
    }
    const csv = context.files.find(isCsv);
    const picture = files.find((file) => !isNpy(file));
    if (csv && picture) rows.push(...(await raceOnBoxes(context, csv, picture)));
    if (rows.length === 0)
      rows.push(leftOut(name, 'Innotater', 'none of the files is a picture or a .npy file'));
    return rows;
  },
};
