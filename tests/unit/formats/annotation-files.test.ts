import { describe, expect, it } from 'vitest';
import {
  type AnnotationFormat,
  type AnnotationSet,
  annotationSet,
  type FolderFile,
  type FormatProblem,
  matchImages,
  problemText,
  readAnnotations,
  readYolo,
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
      { path: 'c.csv', why: expect.stringMatching(/since b\.json was read/), format: 'csv' },
      { path: 'd.json', why: expect.stringMatching(/no image/) },
    ]);
    await expect(readAnnotations([fileOf('a.txt', 'hello')])).rejects.toMatchObject({
      code: 'format',
      message: /a\.txt/,
    });
  });

  it('files of an input as they are; what are no files is named', async () => {
    const list = [new File(['{"images":[{"id":1,"file_name":"a.jpg"}],"annotations":[]}'], 'boxes.json')];
    const { set, recognised } = await readAnnotations({ ...list, length: 1 });
    expect([recognised.format, recognised.annotations[0]!.path, set.images[0]!.file]).toEqual([
      'coco',
      'boxes.json',
      'a.jpg',
    ]);
    for (const [given, message] of [
      ['foo', /must be a list of Files, .* this is "foo"/],
      [list[0], /this is one; write \[file\]/],
      [null, /this is null/],
      [[{ path: 'a.json' }], /entry 0 is \{"path":"a.json"\}/],
      [[null], /entry 0 is null/],
    ] as const) {
      await expect(readAnnotations(given as never)).rejects.toMatchObject({ code: 'data', message });
    }
    await expect(readAnnotations([])).rejects.toMatchObject({
      code: 'format',
      message: /^No files were given/,
    });
  });

  it('of JSON that is not known it is said what it lacks', async () => {
    const refused = (path: string, text: string) =>
      expect(readAnnotations([fileOf(path, text)])).rejects.toMatchObject;
    await refused(
      'package.json',
      '{"name":"x"}',
    )({
      message: /^package\.json: it is no image, and JSON without the keys of COCO \("images".*are read$/,
    });
    await refused(
      'results.json',
      '[{"image_id":1,"bbox":[1,2,3,4],"score":0.5}]',
    )({ message: /list of COCO results/ });
    await refused('a.xml', '<a/>')({ message: /XML without <annotation>/ });
  });

  it('of several files of annotations one can be chosen', async () => {
    const coco = (file: string) => JSON.stringify({ images: [{ id: 1, file_name: file }], annotations: [] });
    const files = [
      fileOf('train.json', coco('t.jpg')),
      fileOf('val.json', coco('v.jpg')),
      fileOf('x.csv', 'file,x,y,w,h\n'),
    ];
    const first = await readAnnotations(files);
    expect([first.set.images[0]!.file, first.recognised.skipped]).toEqual([
      't.jpg',
      [
        { path: 'val.json', format: 'coco', why: expect.stringMatching(/since train\.json was read/) },
        { path: 'x.csv', format: 'csv', why: expect.stringMatching(/since train\.json was read/) },
      ],
    ]);
    expect((await readAnnotations(files, { annotations: 'val.json' })).set.images[0]!.file).toBe('v.jpg');
    expect((await readAnnotations(files, { annotations: 'x.csv' })).recognised.format).toBe('csv');
    await expect(readAnnotations(files, { annotations: 'test.json' })).rejects.toMatchObject({
      code: 'data',
      message: /not test\.json; there are train\.json, val\.json, x\.csv/,
    });
  });

  it('a format that is none is refused, not taken for another', async () => {
    const { set } = await readAnnotations(folders.coco!());
    for (const format of ['cocoo', 'COCO', 'darknet', 'via-csv', undefined]) {
      await expect(writeAnnotations(set, format as never)).rejects.toMatchObject({
        name: 'InnotaterError',
        message: `The format must be one of 'coco', 'yolo', 'voc', 'via' and 'csv', not ${JSON.stringify(format)}`,
      });
    }
  });

  it('boxes without a class are told by the writer, with what stands in their place', async () => {
    const { set } = await readAnnotations(folders.coco!());
    const classIds = set.classIds.slice().fill(-1, 0, 2);
    const told = async (format: AnnotationFormat, written: AnnotationSet = { ...set, classIds }) => {
      const problems: string[] = [];
      await writeAnnotations(written, format, {
        onProblem: (problem) => problems.push(problemText(problem)),
      });
      return problems;
    };
    expect(await told('coco')).toEqual([
      expect.stringMatching(/boxes\.json: 2 boxes have no class, .* category_id null/),
    ]);
    expect(await told('voc')).toEqual([expect.stringMatching(/2 boxes have no class, .* empty <name>/)]);
    expect(await told('yolo')).toEqual([expect.stringMatching(/2 boxes have no class, .* “unlabelled”/)]);
    for (const format of ['coco', 'voc', 'yolo', 'via', 'csv'] as const)
      expect(await told(format, set)).toEqual([]);
  });

  it('YOLO: two images of one name but for the ending, written and read, are told', async () => {
    const image = (file: string) => ({ file, width: 100, height: 100 });
    const set = annotationSet({
      classes: ['a'],
      images: [image('a/x.jpg'), image('a/x.png')],
      boxes: [[[10, 10, 20, 20]], [[30, 30, 20, 20]]],
      classIds: [[0], [0]],
    });
    const problems: string[] = [];
    const onProblem = (problem: FormatProblem) => problems.push(problemText(problem));
    const written = await writeAnnotations(set, 'yolo', { onProblem });
    expect(written.map(({ path }) => path)).toEqual(['labels/a/x.txt', 'labels/a/x.png.txt', 'data.yaml']);
    expect(problems).toEqual([
      expect.stringMatching(/^a\/x\.png: its boxes are in labels\/a\/x\.png\.txt, which YOLO does not read/),
    ]);

    const folder = [
      fileOf('images/x.jpg', 'j'),
      fileOf('images/x.png', 'p'),
      fileOf('labels/x.txt', '0 0.5 0.5 0.2 0.2\n'),
    ];
    const sizeOf = async () => ({ width: 100, height: 100 });
    const read = await readYolo(folder, { sizeOf });
    expect(read.problems.map(problemText)).toEqual([
      expect.stringMatching(/^images\/x\.png: it has the boxes of labels\/x\.txt like images\/x\.jpg/),
    ]);
    problems.length = 0;
    const same = await writeAnnotations(read.set, 'yolo', { onProblem });
    expect([same.map(({ path }) => path), problems]).toEqual([['labels/x.txt', 'data.yaml'], []]);
    const boxes = read.set.boxes.slice();
    boxes[0] = 0;
    const edited = await writeAnnotations({ ...read.set, boxes }, 'yolo', { onProblem });
    expect(edited.map(({ path }) => path)).toEqual(['labels/x.txt', 'labels/x.png.txt', 'data.yaml']);
    expect(problems).toHaveLength(1);
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
