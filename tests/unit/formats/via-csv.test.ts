import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromRepeatColumns,
  readCsv,
  readVia,
  toLayerColumns,
  toRepeatColumns,
  type ViaKind,
  writeCsv,
  writeVia,
} from '../../../src/formats/index.js';
import { blobOf, expected, listed, sizesOf } from './annotation-files.js';
import { setsWith, someSet } from './arbitrary-set.js';

const via = (content: unknown) =>
  readVia(new Blob([typeof content === 'string' ? content : JSON.stringify(content, null, 1)]), 'via.json');
const csv = (text: string) => readCsv(new Blob([text]), 'boxes.csv');

/** As VIA 2 saves it (its own documentation), with all that Innotater does not show. */
const project = {
  _via_settings: { core: { buffer_size: 18, default_filepath: './images/' }, project: { name: 'cats' } },
  _via_img_metadata: {
    'a.jpg120': {
      filename: 'a.jpg',
      size: 120,
      regions: [
        { shape_attributes: { name: 'circle', cx: 5, cy: 6, r: 2 }, region_attributes: { kind: 'nose' } },
        {
          shape_attributes: { name: 'rect', x: 1, y: 2, width: 3, height: 4 },
          region_attributes: { kind: 'cat', quality: { blur: true } },
        },
        {
          shape_attributes: { name: 'rect', x: 7, y: 8, width: 9, height: 1 },
          region_attributes: { kind: '' },
        },
      ],
      file_attributes: { caption: 'a "cat"' },
    },
    'b.jpg9': { filename: 'b.jpg', size: 9, regions: [], file_attributes: {} },
  },
  _via_attributes: { region: { kind: { type: 'dropdown' } }, file: {} },
  _via_data_format_version: '2.0.10',
  _via_image_id_list: ['a.jpg120', 'b.jpg9'],
};

describe('VIA', () => {
  it('written by globox: boxes and classes', async () => {
    const { set, problems } = await readVia(blobOf('via/globox.json'), 'globox.json');
    expect(problems).toEqual([]);
    expect(listed(set)).toEqual(expected.boxes);
  });

  it('a project: rectangles are shown, other shapes told, all is written back', async () => {
    const { set, problems } = await via(project);
    expect(listed(set)).toEqual({
      'a.jpg': [
        ['cat', 1, 2, 3, 4],
        [null, 7, 8, 9, 1],
      ],
      'b.jpg': [],
    });
    expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(/a\.jpg.*circle.*kept/)]);
    expect(await (await writeVia(set)).text()).toBe(JSON.stringify(project, null, 1));
    const columns = toRepeatColumns(set);
    columns.boxes[0]![0] = [1, 2, 30, 4];
    columns.boxes[0]![1] = [0, 0, 0, 0];
    columns.boxes[1]!.push([5, 5, 5, 5]);
    columns.classIds[1]!.push(0);
    const back = JSON.parse(await (await writeVia(fromRepeatColumns(set, columns))).text());
    const wanted = structuredClone(project);
    const [a, b] = Object.values(wanted._via_img_metadata) as { regions: unknown[] }[];
    (a!.regions[1] as { shape_attributes: { width: number } }).shape_attributes.width = 30;
    a!.regions.pop();
    b!.regions.push({
      shape_attributes: { name: 'rect', x: 5, y: 5, width: 5, height: 5 },
      region_attributes: { kind: 'cat' },
    });
    expect(back).toEqual(wanted);
  });

  it('VIA 1: regions by number; an image that is new gets an entry', async () => {
    const region = (x: number) => ({
      shape_attributes: { name: 'rect', x, y: 1, width: 2, height: 2 },
      region_attributes: { name: 'dog' },
    });
    const { set } = await via({
      'a.jpg5': {
        fileref: '',
        size: 5,
        filename: 'a.jpg',
        base64_img_data: '',
        file_attributes: {},
        regions: { 0: region(1), 3: region(2) },
      },
    });
    const columns = toRepeatColumns(set);
    columns.boxes[0]![0] = [0, 0, 0, 0];
    columns.boxes[0]!.push([9, 9, 1, 1]);
    columns.classIds[0]!.push(-1);
    const next = fromRepeatColumns(set, columns);
    const more = { ...next, images: [...next.images, { file: 'n.jpg', width: 0, height: 0 }] };
    const offsets = Uint32Array.from([...next.offsets, next.offsets.at(-1)!]);
    const back = JSON.parse(await (await writeVia({ ...more, offsets })).text());
    expect(Object.keys(back['a.jpg5'].regions)).toEqual(['3', '4']);
    expect(back['a.jpg5']).toMatchObject({ fileref: '', base64_img_data: '' });
    expect(back['n.jpg-1']).toEqual({ filename: 'n.jpg', size: -1, regions: {}, file_attributes: {} });
  });

  it('CSV of VIA 1 and 2, with JSON in its cells', async () => {
    const lines = [
      '#filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes',
      'a.jpg,5,"{""caption"":""x, y""}",2,0,"{""name"":""rect"",""x"":1,""y"":2,""width"":3,""height"":4}","{""name"":""cat""}"',
      'a.jpg,5,"{}",2,1,"{""name"":""point"",""cx"":1,""cy"":2}","{}"',
      'b.jpg,6,"{}",0,0,"{}","{}"',
      'c.jpg,6,"{}",1,0,"{""name"":""rect"",""x"":""1""}","{}"',
    ];
    const { set, problems } = await via(`${lines.join('\n')}\n`);
    expect(listed(set)).toEqual({ 'a.jpg': [['cat', 1, 2, 3, 4]], 'b.jpg': [], 'c.jpg': [] });
    expect(problems[0]).toMatchObject({ line: 5, record: 4, message: expect.stringMatching(/x is "1"/) });
    toLayerColumns(set).boxes[0]![2] = 30;
    const again = await via(await (await writeVia(set)).text());
    expect(listed(again.set)).toEqual(listed(set));
    const text = await (await writeVia(set)).text();
    expect(text).toContain('""caption"":""x, y""');
    expect(text).toContain('""name"":""point""');
  });

  it('bad regions and entries are told with their line; no VIA file is refused by name', async () => {
    const bad = structuredClone(project) as {
      _via_img_metadata: Record<string, { filename?: string; regions: unknown[] }>;
    };
    bad._via_img_metadata['a.jpg120']!.regions[1] = {
      shape_attributes: { name: 'rect', x: null },
      region_attributes: {},
    };
    delete bad._via_img_metadata['b.jpg9']!.filename;
    const { problems } = await via(bad);
    expect(problems.map(({ line }) => line).slice(0, 2)).toEqual([12, expect.any(Number)]);
    expect(problems[0]!.message).toMatch(/region 1 of a\.jpg: its x is null/);
    for (const content of ['[1]', 'x', '{"a":{"b":1}}', 'filename,b\n1,2\n']) {
      await expect(via(content)).rejects.toMatchObject({ code: 'format', message: /via\.json/ });
    }
  });

  for (const kind of ['project', 'annotations', 'v1', 'csv'] as const satisfies ViaKind[]) {
    it(`${kind}: what is read is what was written (seed 37)`, async () => {
      await fc.assert(
        fc.asyncProperty(someSet, async (given) => {
          const { set, problemCount } = await readVia(await writeVia(given, { kind }), 'via');
          expect(problemCount).toBe(0);
          expect(listed(set)).toEqual(listed(given));
          const again = await readVia(await writeVia(set), 'via');
          expect(listed(again.set)).toEqual(listed(given));
        }),
        { seed: 37, numRuns: 40 },
      );
    });
  }
});

describe('CSV of boxes with classes', () => {
  it('written by pandas: corners, classes, sizes of images; other columns stay', async () => {
    const blob = blobOf('csv/pandas.csv');
    const { set, problems } = await readCsv(blob, 'pandas.csv');
    const { 'empty.png': _, ...boxes } = expected.boxes;
    expect(problems).toEqual([]);
    expect(listed(set)).toEqual(boxes);
    expect(sizesOf(set)['street.png']).toEqual([96, 64]);
    expect(await (await writeCsv(set)).text()).toBe(await blob.text());
    toLayerColumns(set).boxes[0]![2] = 30;
    expect(await (await writeCsv(set)).text()).toBe((await blob.text()).replace('10,20,41', '10,20,40'));
  });

  it('semicolons, a byte order mark, Windows lines, an image without boxes', async () => {
    const { set } = await csv('\uFEFFLabel;h;w;y;x;File\r\ncat;4;3;2;1;a.png\r\n;;;;;b.png\r\n');
    expect(listed(set)).toEqual({ 'a.png': [['cat', 1, 2, 3, 4]], 'b.png': [] });
  });

  it('bad records are told with record and line, the rest is read', async () => {
    const { set, problems } = await csv(
      'file,x,y,w,h,note\na,1,2,3,4,"two\nlines"\nb,1,two,3,4,\n\n,1,2,3,4,\nc,1,2,-3,4,\nd,5,6,7,8,\n',
    );
    expect(Object.keys(listed(set))).toEqual(['a', 'd']);
    expect(problems.map(({ record, line, message }) => [record, line, message])).toEqual([
      [2, 4, 'y is "two", not a number'],
      [3, 6, 'file is empty'],
      [4, 7, 'w and h must not be negative'],
    ]);
    await expect(csv('file,x,y\n')).rejects.toMatchObject({ code: 'format', message: /boxes\.csv/ });
  });

  it('what is read is what was written, rows gone and added too (seed 41)', async () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 6 })
      .filter((text) => text.trim() === text && text !== '');
    await fc.assert(
      fc.asyncProperty(setsWith(name, fc.integer({ min: 0, max: 90 })), async (given) => {
        const { set, problems } = await readCsv(await writeCsv(given), 'w.csv');
        expect(problems).toEqual([]);
        expect(listed(set)).toEqual(listed(given));
        const columns = toRepeatColumns(set);
        columns.boxes[0]!.unshift([1, 2, 3, 4]);
        columns.classIds[0]!.unshift(0);
        if (set.classes.length === 0) return;
        const next = fromRepeatColumns(set, columns);
        const again = await readCsv(await writeCsv(next), 'w.csv');
        for (const [file, rows] of Object.entries(listed(next))) {
          expect(listed(again.set)[file]!.map(String).sort()).toEqual(rows.map(String).sort());
        }
      }),
      { seed: 41, numRuns: 60 },
    );
  });
});

describe('lines of a CSV file', () => {
  it.each([
    ['of every kind', 'file,x,y,w,h\r\na.png,1,2,3,4\nb.png,1,2,3,4\r\nc.png,1,2,3,4\rd.png,1,2,3,4'],
    ['mostly of one kind', 'file,x,y,w,h\na.png,1,2,3,4\nb.png,1,2,3,4\nc.png,1,2,3,4\r\nd.png,1,2,3,4\n'],
  ])('ends %s make as many records', async (_, text) => {
    const { set, problems } = await readCsv(new Blob([text]), 'boxes.csv');
    expect(set.images.map(({ file }) => file)).toEqual(['a.png', 'b.png', 'c.png', 'd.png']);
    expect(problems).toEqual([]);
  });

  it('an end that is cut by the pieces in which a file is read is one', async () => {
    const row = 'a.png,1,2,3,4\r\n';
    for (const shift of [0, 1, 2]) {
      const head = `file,x,y,w,h${' '.repeat(shift)}\r\n`;
      const text = head + row.repeat(Math.ceil(2 ** 17 / row.length));
      const { set, problems } = await readCsv(new Blob([text]), 'boxes.csv');
      expect([set.boxes.length / 4, problems]).toEqual([Math.ceil(2 ** 17 / row.length), []]);
    }
  });
});
