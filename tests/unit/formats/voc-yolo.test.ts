import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FolderFile,
  fromRepeatColumns,
  readVoc,
  readYolo,
  toLayerColumns,
  toRepeatColumns,
  writeVoc,
  writeYolo,
} from '../../../src/formats/index.js';
import { expected, folderOf, listed, listedNear, sizesOf } from './annotation-files.js';
import { setsWith } from './arbitrary-set.js';

const fileOf = (path: string, text: string): FolderFile => ({ path, blob: new Blob([text]) });
const textOf = (files: readonly FolderFile[], ending: string) =>
  files.find(({ path }) => path.endsWith(ending))!.blob.text();
const lxml = () => folderOf('voc-lxml');

/** The written files in place of those of the same paths. */
const over = (files: readonly FolderFile[], written: readonly FolderFile[]): FolderFile[] => [
  ...files.filter(({ path }) => !written.some((other) => other.path === path)),
  ...written,
];

const objectText = (row: number, extra = '') =>
  `  <object>\n    <name>kind ${row % 7} 🦊 &amp; é</name>${extra}\n    <bndbox><xmin>${row}</xmin><ymin>2.5</ymin><xmax>${row + 30}</xmax><ymax>40</ymax></bndbox>\n  </object>\n`;

/** A file that is long enough to be read in pieces; a comment in it has it read whole. */
const largeVoc = (
  count: number,
  { extra = (_row: number): string => '', after = '', between = (_row: number): string => '' } = {},
) => {
  const rows = Array.from({ length: count }, (_, row) => objectText(row, extra(row)) + between(row));
  return `<?xml version="1.0"?>\n<annotation>\n  <filename>large.jpg</filename>\n${rows.join('')}  <size><width>4000</width><height>900</height></size>\n${after}</annotation>\n`;
};

describe('Pascal VOC', () => {
  it('written by globox: images, sizes, boxes and classes', async () => {
    const { set, problems } = await readVoc(folderOf('voc'));
    expect(problems).toEqual([]);
    expect(listed(set)).toEqual(expected.boxes);
    expect(sizesOf(set)).toEqual(expected.sizes);
  });

  it('written by lxml: escapes, empty elements, a part with a box of its own, corners in any order', async () => {
    const { set } = await readVoc(lxml());
    expect(listed(set)).toEqual({
      'street.png': [
        ['cat & <dog>', 10.5, 20, 30.5, 25],
        ['person', 1, 2, 29, 58],
      ],
    });
  });

  it('pixels counted from 1, both ends included, where asked', async () => {
    const { set } = await readVoc(folderOf('voc'), { base: 1 });
    expect(listed(set)['field.png']).toEqual([['person', -1, -1, 26, 71]]);
    expect(await textOf(await writeVoc(set), 'field.xml')).toBe(await textOf(folderOf('voc'), 'field.xml'));
  });

  const cases: Record<string, string> = {
    'objects one after another': largeVoc(600),
    'other elements between, parts within': largeVoc(600, {
      extra: (row) => (row % 5 === 0 ? '<part><object><name>inner</name></object><object/></part>' : ''),
      between: (row) => (row % 50 === 0 ? '<segmented>0</segmented>' : ''),
    }),
    'objects that are none': largeVoc(600, {
      between: (row) => (row % 90 === 0 ? '<object/><object><name>x</name></object>' : ''),
    }),
    'objects in another element': largeVoc(600, { after: `<more>${objectText(7)}</more>` }),
    'text that looks like an object': largeVoc(600, { after: `<![CDATA[${objectText(7)}]]>` }),
    'an attribute with a sign of tags': largeVoc(600, { between: (row) => (row === 9 ? '<a b=">"/>' : '') }),
    'an object that is not closed': largeVoc(600, { between: (row) => (row === 9 ? '<object>' : '') }),
    'a closing tag too many': largeVoc(600, { between: (row) => (row === 9 ? '</object>' : '') }),
    'no XML in an object': largeVoc(600, { extra: (row) => (row === 300 ? '<a></b>' : '') }),
    'cut off': largeVoc(600).slice(0, 60_000),
  };
  it.each(Object.entries(cases))(
    'a large file is read in pieces as it is read whole: %s',
    async (_, text) => {
      const whole = text.replace('</filename>', '</filename><!---->');
      const [pieces, other] = await Promise.all(
        [text, whole].map(async (one) => {
          const { set, ...told } = await readVoc([fileOf('large.xml', one)]);
          const columns = toRepeatColumns(set);
          if (columns.boxes[0]?.[2]) columns.boxes[0][2] = [1, 2, 3, 4];
          const written = await Promise.all(
            (await writeVoc(fromRepeatColumns(set, columns))).map(({ blob }) => blob.text()),
          );
          return { told, boxes: listed(set), sizes: sizesOf(set), written };
        }),
      );
      expect({ ...other!, written: other!.written.map((one) => one.replace('<!---->', '')) }).toEqual(
        pieces!,
      );
    },
  );

  it('a large file leaves the page its turns', async () => {
    const file = fileOf('large.xml', largeVoc(12_000));
    let turns = 0;
    let isOver = false;
    const turn = () => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    const { set } = await readVoc([file]);
    isOver = true;
    expect(listed(set)['large.jpg']).toHaveLength(12_000);
    expect(turns).toBeGreaterThan(6);
  });

  it('written back: the same bytes where nothing changed; else what changed alone', async () => {
    const before = await textOf(lxml(), 'street.xml');
    const { set } = await readVoc(lxml());
    expect(await textOf(await writeVoc(set), 'street.xml')).toBe(before);
    const columns = toRepeatColumns(set);
    columns.boxes[0]![0] = [10.5, 20, 31, 26];
    columns.classIds[0]![1] = 0;
    const text = await textOf(await writeVoc(fromRepeatColumns(set, columns)), 'street.xml');
    const wanted = before
      .replace('<xmax>41</xmax>', '<xmax>41.5</xmax>')
      .replace('<ymax>45</ymax>', '<ymax>46</ymax>')
      .replace('<name>person</name>', '<name>cat &amp; &lt;dog&gt;</name>');
    expect(text).toBe(wanted);
  });

  it('objects that are gone leave, new ones come last', async () => {
    const { set } = await readVoc(lxml());
    const columns = toRepeatColumns(set);
    columns.boxes[0] = [columns.boxes[0]![1]!, [70, 5, 6, 7]];
    columns.classIds[0] = [1, -1];
    const text = await textOf(await writeVoc(fromRepeatColumns(set, columns)), 'street.xml');
    expect(text).toContain('<!--drawn & checked-->');
    expect(text).toContain('<xmin>4</xmin>');
    expect(text).not.toContain('cat &amp;');
    const { set: back } = await readVoc([fileOf('street.xml', text)]);
    expect(listed(back)).toEqual({
      'street.png': [
        ['person', 1, 2, 29, 58],
        [null, 70, 5, 6, 7],
      ],
    });
  });

  it('bad objects and files are told with file and line, the rest is read', async () => {
    const object = (xmin: string) =>
      `<object><name>a</name><bndbox><xmin>${xmin}</xmin><ymin>1</ymin><xmax>9</xmax><ymax>9</ymax></bndbox></object>`;
    const { set, problems } = await readVoc([
      fileOf(
        'a.xml',
        `<annotation>\n${object('one')}\n${object('2')}\n${object('')}\n<object/></annotation>`,
      ),
      fileOf('b.xml', '<annotation>\n<object>\n</annotation>'),
      fileOf('c.xml', '<html/>'),
    ]);
    expect(toRepeatColumns(set).boxes).toEqual([[[2, 1, 7, 8]]]);
    expect(problems.map(({ file, line }) => [file, line])).toEqual([
      ['a.xml', 2],
      ['a.xml', 4],
      ['a.xml', 5],
      ['b.xml', 3],
      ['c.xml', 1],
    ]);
    expect(problems[0]!.message).toMatch(/xmin.*"one", not a number/);
  });
});

describe('YOLO', () => {
  it('written by globox, names as a map: images, sizes (one turned by EXIF), boxes and classes', async () => {
    const { set, problems } = await readYolo(folderOf('yolo'));
    expect(problems).toEqual([]);
    expect(listedNear(set)).toEqual(expected.boxes);
    expect(sizesOf(set)).toEqual(expected.sizes);
  });

  it('darknet, written by globox', async () => {
    const { set, problems } = await readYolo(folderOf('darknet'));
    expect(problems).toEqual([]);
    expect(listedNear(set)).toEqual(expected.boxes);
  });

  for (const folder of ['yolo', 'darknet']) {
    it(`${folder}: written back, what did not change is the same bytes`, async () => {
      const files = folderOf(folder);
      const { set } = await readYolo(files);
      toLayerColumns(set).classIds[1]![0] = 0;
      for (const { path, blob } of await writeYolo(set)) {
        const before = await files.find((file) => file.path === path)!.blob.text();
        const after = await blob.text();
        if (path.endsWith('field.txt')) expect(after).toBe(`${before.trim().replace(/^2/, '0')}\n`);
        else expect(after.trim()).toBe(before.trim());
      }
    });
  }

  it('polygons are moved and scaled with their boxes, confidences stay, a new class goes into the YAML', async () => {
    const files = [
      ...folderOf('yolo').filter(({ path }) => path.startsWith('images/street') || path === 'data.yaml'),
      fileOf('labels/street.txt', '0 0.25 0.25 0.75 0.25 0.5 0.75\n1 0.5 0.5 0.25 0.25 0.87\n'),
    ];
    const { set } = await readYolo(files);
    expect(listed(set)['street.png']).toEqual([
      ['car', 24, 16, 48, 32],
      ['traffic light', 36, 24, 24, 16],
    ]);
    const columns = toRepeatColumns(set);
    columns.boxes[0] = [
      [0, 0, 96, 64],
      [0, 0, 48, 32],
    ];
    const next = { ...fromRepeatColumns(set, columns), classes: [...set.classes, 'dog'] };
    next.classIds[1] = 3;
    const written = await writeYolo(next);
    expect(await textOf(written, 'street.txt')).toBe('0 0 0 1 0 0.5 1\n3 0.25 0.25 0.5 0.5 0.87\n');
    const yaml = await textOf(written, 'data.yaml');
    expect(yaml).toMatch(/# made by hand[\s\S]*path: \.\.\/datasets\/street[\s\S]*3: dog/);
    expect(listed((await readYolo(over(files, written))).set)).toEqual(listed(next));
  });

  it('bad lines are told with file and line and stay in their file', async () => {
    const [street] = folderOf('yolo').filter(({ path }) => path === 'images/street.png');
    const text = '9 0.5 0.5 0.1 0.1\n0 0.5 0.5 0.5 0.5\n0 0.5 x 0.1 0.1\n0 0.5\n0 0.5 0.5 -0.1 0.1\n';
    const files = [
      street!,
      fileOf('labels/street.txt', text),
      fileOf('labels/lost.txt', '0 0.5 0.5 0.1 0.1'),
      fileOf('data.yaml', 'names: [a, b]'),
    ];
    const { set, problems } = await readYolo(files);
    expect(toRepeatColumns(set).boxes).toEqual([[[24, 16, 48, 32]]]);
    expect(problems.map(({ file, line }) => [file, line])).toEqual([
      ['labels/street.txt', 1],
      ['labels/street.txt', 3],
      ['labels/street.txt', 4],
      ['labels/street.txt', 5],
      ['labels/lost.txt', undefined],
    ]);
    expect(problems[0]!.message).toMatch(/class 9 is none of the 2/);
    expect(await textOf(await writeYolo(set), 'street.txt')).toBe(text);
  });

  it('an image of unknown size is named when it has boxes', async () => {
    const { set } = await readVoc([
      fileOf(
        'a.xml',
        '<annotation><filename>a.jpg</filename><object><name>x</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></object></annotation>',
      ),
    ]);
    await expect(writeYolo(set)).rejects.toMatchObject({ code: 'format', message: /size of a\.jpg/ });
  });
});

const word = fc
  .stringMatching(/^[a-zA-Zäñ你&<>"' 0-9]{0,6}[a-zA-Z你&<]$/)
  .filter((text) => text.trim() === text);

describe('sets of any content, from one format to another', () => {
  it('VOC: what is read is what was written (seed 29)', async () => {
    await fc.assert(
      fc.asyncProperty(setsWith(word, fc.integer({ min: 0, max: 90 })), async (set) => {
        const { set: back, problemCount } = await readVoc(await writeVoc(set));
        expect(problemCount).toBe(0);
        expect(listed(back)).toEqual(listed(set));
        expect(sizesOf(back)).toEqual(sizesOf(set));
      }),
      { seed: 29, numRuns: 60 },
    );
  });

  for (const kind of ['ultralytics', 'darknet'] as const) {
    it(`YOLO (${kind}): what is read is what was written, to a millionth of a pixel (seed 31)`, async () => {
      await fc.assert(
        fc.asyncProperty(
          setsWith(
            word.filter((w) => !/[<>"&]/.test(w)),
            undefined,
            false,
          ),
          async (set) => {
            const written = await writeYolo(set, { kind });
            const root = kind === 'darknet' ? 'data/' : 'images/';
            const images = set.images.map(({ file }) => fileOf(`${root}${file}`, ''));
            const sizeOf = async ({ path }: FolderFile) =>
              set.images.find(({ file }) => path === `${root}${file}`) ?? null;
            const { set: back, problems } = await readYolo([...images, ...written], { sizeOf });
            expect(problems).toEqual([]);
            expect(listedNear(back)).toEqual(listedNear(set));
          },
        ),
        { seed: 31, numRuns: 60 },
      );
    });
  }
});
