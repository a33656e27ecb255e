import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import {
  readAnnotations,
  readCoco,
  toLayerColumns,
  writeAnnotations,
  writeCoco,
} from '../../src/formats/index.js';
import { annotations, blobOf, expected, folderOf } from '../unit/formats/annotation-files.js';

/** A Python with globox, pycocotools, numpy, pandas and pillow. */
const python = process.env.PYTHON ?? 'python3';
const hasReaders = (() => {
  try {
    execFileSync(python, ['-c', 'import globox, pycocotools, numpy, pandas, PIL'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const folder = mkdtempSync(join(tmpdir(), 'innotater-annotations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = async (path: string, blob: Blob) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), new Uint8Array(await blob.arrayBuffer()));
};

it.skipIf(!hasReaders)(
  'pycocotools, globox and pandas read what Innotater writes, and an RLE that it kept',
  async () => {
    const images = folderOf('images');
    const { set } = await readAnnotations([...folderOf('voc'), ...images]);
    for (const format of ['coco', 'voc', 'yolo', 'csv'] as const) {
      for (const { path, blob } of await writeAnnotations({ ...set, origin: null }, format)) {
        await write(`${format}/${path}`, blob);
      }
    }
    cpSync(new URL('images', annotations), join(folder, 'images'), { recursive: true });
    writeFileSync(join(folder, 'names.json'), JSON.stringify(set.classes));
    const { set: rich } = await readCoco(blobOf('coco/rich.json'), 'rich.json');
    toLayerColumns(rich).boxes[1]!.set([1, 2, 3, 4]);
    await write('kept.json', await writeCoco(rich));
    const script = fileURLToPath(new URL('annotation-files.py', import.meta.url));
    const read = JSON.parse(execFileSync(python, [script, folder], { encoding: 'utf8' }));
    expect(read.coco).toEqual(expected.boxes);
    expect(read.globox).toEqual(expected.boxes);
    expect(read.voc).toEqual(expected.boxes);
    expect(read.csv).toEqual(expected.boxes);
    const stems = ([file, rows]: readonly [string, unknown]) => [file.replace(/\.\w+$/, ''), rows];
    expect(Object.fromEntries(Object.entries(read.yolo as object).map(stems))).toEqual(
      Object.fromEntries(Object.entries(expected.boxes).map(stems)),
    );
    expect(read.rle).toEqual({ pixels: 31 * 25, area: 31 * 25, bbox: [10, 20, 31, 25] });
  },
);
