import { describe, expect, it } from 'vitest';
import {
  type AnnotationFormat,
  type FolderFile,
  matchImages,
  readAnnotations,
  recogniseFiles,
  toLayerColumns,
  toLayerSources,
  writeAnnotations,
  zipBlob,
} from '../../../src/formats/index.js';
import { blobOf, expected, folderOf, listed, listedNear, sizesOf } from './annotation-files.js';

const images = () => folderOf('images').map(({ path, blob }) => ({ path: `set/images/${path}`, blob }));
const fileOf = (path: string, content: string | Blob): FolderFile => ({ path, blob: new Blob([content]) });

const folders: Readonly<Record<string, () => FolderFile[]>> = {
  coco: () => [fileOf('set/boxes.json', blobOf('coco/globox.json')), ...images()],
  yolo: () => folderOf('yolo'),
  voc: () => [...folderOf('voc'), ...images()],
  via: () => [fileOf('set/via.json', blobOf('via/globox.json')), ...images()],
  csv: () => [fileOf('set/pandas.csv', blobOf('csv/pandas.csv')), ...images()],
};

describe('files of a folder, whatever they hold', () => {
  for (const [format, files] of Object.entries(folders)) {
    it(`${format}: found out, read with sizes of the images and those without boxes`, async () => {
      const { set, recognised, files: found, problems } = await readAnnotations(files());
      expect([recognised.format, recognised.skipped, problems]).toEqual([format, [], []]);
      expect(listedNear(set)).toEqual(expected.boxes);
      expect(sizesOf(set)).toEqual(expected.sizes);
      expect(found.map((file) => file?.path.split('/').at(-1))).toEqual(
        set.images.map(({ file }) => file.split('/').at(-1)),
      );
    });
  }

  for (const from of Object.keys(folders)) {
    for (const to of Object.keys(folders) as AnnotationFormat[]) {
      if (from === to) continue;
      it(`${from} to ${to}: every box arrives`, async () => {
        const { set } = await readAnnotations(folders[from]!());
        const written = await writeAnnotations(set, to);
        const { set: back, problems } = await readAnnotations([...written, ...images()]);
        expect(problems).toEqual([]);
        expect(listedNear(back)).toEqual(expected.boxes);
      });
    }
  }

  it('what is left out is told with its reason; nothing that is known is refused by name', async () => {
    const { format, skipped } = await recogniseFiles([
      fileOf('a.txt', 'hello'),
      fileOf('b.json', '{"images":[]}'),
      fileOf('c.csv', 'file,x,y,w,h\n'),
      fileOf('d.json', '{"version":1}'),
    ]);
    expect(format).toBe('coco');
    expect(skipped).toEqual([
      { path: 'a.txt', why: expect.stringMatching(/no image/) },
      { path: 'c.csv', why: expect.stringMatching(/since b\.json was read/) },
      { path: 'd.json', why: expect.stringMatching(/no image/) },
    ]);
    await expect(readAnnotations([fileOf('a.txt', 'hello')])).rejects.toMatchObject({
      code: 'format',
      message: /a\.txt/,
    });
  });

  it('images are found by path, name, and name with another ending; of several none', () => {
    const files = ['train/1.jpg', 'val/1.jpg', 'x/2.JPG', 'x/3.png'].map((path) => fileOf(path, ''));
    const of = (file: string) => matchImages([{ file, width: 0, height: 0 }], files)[0]?.path;
    expect(['val/1.jpg', 'C:\\data\\val\\1.jpg', '1.jpg', '2.jpg', '3.jpg', '4.jpg'].map(of)).toEqual([
      'val/1.jpg',
      undefined,
      undefined,
      'x/2.JPG',
      'x/3.png',
      undefined,
    ]);
    expect(of('any/x/2.jpg')).toBe('x/2.JPG');
  });

  it('columns of a layer are the memory of the set', async () => {
    const { set } = await readAnnotations(folders.coco!());
    const sources = toLayerSources(set);
    (await sources.boxes.get(0))[0] = 11;
    (await sources.classIds.get(0))[0] = set.classes.indexOf('traffic light');
    expect(listed(set)['street.png']![0]).toEqual(['traffic light', 11, 20, 31, 25]);
    expect(toLayerColumns(set).boxes[0]![0]).toBe(11);
  });

  it('a zip of them is read back, stored and compressed', async () => {
    const { unzip } = await import('unzipit');
    const { set } = await readAnnotations(folders.yolo!());
    const written = await writeAnnotations(set, 'yolo');
    for (const compress of [false, true]) {
      const { entries } = await unzip(await zipBlob(written, { compress }));
      const inside = await Promise.all(
        Object.values(entries).map(async (entry) => [entry.name, await entry.text()]),
      );
      expect(inside).toEqual(
        await Promise.all(written.map(async ({ path, blob }) => [path, await blob.text()])),
      );
    }
  });
});
