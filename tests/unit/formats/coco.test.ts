import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AnnotationSet,
  annotationSet,
  fromRepeatColumns,
  fromSingleColumns,
  readCoco,
  toLayerColumns,
  toRepeatColumns,
  toSingleColumns,
  writeCoco,
} from '../../../src/formats/index.js';
import { blobOf, expected, listed, sizesOf } from './annotation-files.js';
import { someSet } from './arbitrary-set.js';

const read = (content: string | Blob) => {
  const blob = typeof content === 'string' ? new Blob([content]) : content;
  return readCoco(blob, 'boxes.json');
};
const rich = blobOf('coco/rich.json');
const edited = (set: AnnotationSet, edit: (columns: ReturnType<typeof toRepeatColumns>) => void) => {
  const columns = toRepeatColumns(set);
  edit(columns);
  return fromRepeatColumns(set, columns);
};

describe('COCO files written by other programs (tests/fixtures/annotations/make.py)', () => {
  it('globox: images, sizes, boxes and classes', async () => {
    const { set, problemCount } = await readCoco(blobOf('coco/globox.json'), 'globox.json');
    expect(listed(set)).toEqual(expected.boxes);
    expect(sizesOf(set)).toEqual(expected.sizes);
    expect(problemCount).toBe(0);
  });

  it('pycocotools: an RLE with its box, in a file that is indented or on one line', async () => {
    for (const file of ['coco/rich.json', 'coco/one-line.json']) {
      const { set, problems } = await readCoco(blobOf(file), file);
      expect(problems).toEqual([]);
      expect(listed(set)).toEqual({
        'street.png': [['car', 10, 20, 31, 25]],
        'field.png': [['person', 0.25, 0.5, 24.75, 69]],
      });
    }
  });
});

describe('COCO, written back', () => {
  it('is the same bytes where nothing changed', async () => {
    const { set } = await read(rich);
    expect(await (await writeCoco(set)).text()).toBe(await rich.text());
  });

  it('replaces what changed and keeps every field that is unknown, ids beyond 2^53 with them', async () => {
    const { set } = await read(rich);
    const next = edited(set, ({ boxes, classIds }) => {
      boxes[1]![0] = [1, 2, 3, 4];
      classIds[1]![0] = 1;
      boxes[0]![0]![2] = 30;
      boxes[0]!.push([5, 6, 7, 8]);
      classIds[0]!.push(0);
    });
    const text = await (await writeCoco(next)).text();
    expect(text).toContain('"id": 12345678901234567890');
    const before = JSON.parse(await rich.text());
    before.annotations[0] = { ...before.annotations[0], bbox: [1, 2, 3, 4], category_id: 3 };
    before.annotations[1].bbox[2] = 30;
    const after = JSON.parse(text);
    const added = after.annotations.pop();
    expect(after).toEqual(before);
    expect(added).toMatchObject({
      image_id: 900100581904,
      category_id: 18,
      bbox: [5, 6, 7, 8],
      area: 56,
      iscrowd: 0,
    });
    expect(listed((await read(text)).set)).toEqual(listed(next));
  });

  it('leaves out rows and images that are gone, and adds images and classes', async () => {
    const { set } = await read(blobOf('coco/globox.json'));
    const without = edited(set, ({ boxes }) => {
      boxes[0]![1] = [0, 0, 0, 0];
      boxes[1] = [];
    });
    const [street, ...others] = without.images;
    const next = {
      ...without,
      classes: [...without.classes, 'new'],
      images: [street!, { file: 'more.png', width: 5, height: 6 }, ...others.slice(1)],
    };
    const text = await (await writeCoco(next)).text();
    const back = await read(text);
    expect(back.problems).toEqual([]);
    expect(listed(back.set)).toEqual({ ...listed(without), 'field.png': undefined, 'more.png': [] });
    expect(back.set.classes).toEqual([...set.classes, 'new']);
    expect(new Set(JSON.parse(text).images.map(({ id }: { id: number }) => id)).size).toBe(4);
  });

  it('a box that had no class gets one that is new', async () => {
    const { set } = await read(
      '{"images":[{"id":1,"file_name":"a"}],"annotations":[{"image_id":1,"bbox":[0,0,2,2]}]}',
    );
    const next = { ...set, classes: ['new'], classIds: Int32Array.of(0) };
    expect(listed((await read(await writeCoco(next))).set)).toEqual({ a: [['new', 0, 0, 2, 2]] });
  });

  it('area follows a box without a shape, and stays with a segmentation', async () => {
    const { set } = await read(
      '{"images":[{"id":1,"file_name":"a"}],"annotations":[{"image_id":1,"bbox":[0,0,2,2],"area":4},{"image_id":1,"bbox":[5,5,2,2],"area":3,"segmentation":[[5,5,7,5,7,7]]}]}',
    );
    toLayerColumns(set).boxes[0]!.set([0, 0, 3, 3]);
    toLayerColumns(set).boxes[0]!.set([5, 5, 4, 4], 4);
    const { annotations } = JSON.parse(await (await writeCoco(set)).text());
    expect(annotations.map(({ area }: { area: number }) => area)).toEqual([9, 3]);
  });
});

describe('COCO, read with bad records', () => {
  const file = (annotations: string) =>
    `{"images":[{"id":1,"file_name":"a.png"}],\n"categories":[{"id":1,"name":"cat"}],\n"annotations":[\n${annotations}\n]}`;
  const good = (x: number) => `{"id":${x},"image_id":1,"category_id":1,"bbox":[${x},0,1,1]}`;
  const xs = (set: AnnotationSet) => toRepeatColumns(set).boxes[0]!.map(([x]) => x);

  for (const [what, bad, why] of [
    ['not JSON', '{"id":2,"bbox":[1,NaN,3,4]}', /not JSON/],
    ['a bracket too few', '{"id":2,"bbox":[1,2,3,4}', /not JSON/],
    ['a brace too few', '{"id":2,"bbox":[1,2,3,4]', /not closed/],
    ['a string without an end', '{"id":2,"file":"abc}', /not closed/],
    ['a number', '17', /not an object/],
    ['no box', '{"id":2,"image_id":1,"caption":"a cat"}', /bbox is missing/],
    ['a negative width', '{"id":2,"image_id":1,"bbox":[1,1,-1,1]}', /negative/],
    ['an unknown image', '{"id":2,"image_id":9,"bbox":[1,1,1,1]}', /image_id 9/],
    ['an unknown category', '{"id":2,"image_id":1,"category_id":9,"bbox":[1,1,1,1]}', /category_id 9/],
  ] as const) {
    it(`${what}: told with its line, the rest is read and written`, async () => {
      const text = file([good(1), bad, good(3), good(4)].join(',\n'));
      const { set, problems } = await read(text);
      expect(xs(set)).toEqual([1, 3, 4]);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatchObject({ file: 'boxes.json', line: 5, byte: text.indexOf(bad) });
      expect(problems[0]!.message).toMatch(why);
      toLayerColumns(set).boxes[0]![0] = 9;
      const back = JSON.parse(await (await writeCoco(set)).text());
      expect(xs((await read(JSON.stringify(back))).set)).toEqual([9, 3, 4]);
    });
  }

  it('a file that ends early gives what was before, and is written whole', async () => {
    const text = file([good(1), good(2), good(3)].join(','));
    const { set, problems } = await read(text.slice(0, text.indexOf(good(3)) + 12));
    expect(xs(set)).toEqual([1, 2]);
    expect(problems.at(-1)!.message).toMatch(/ends early/);
    expect(xs((await read(await writeCoco(set))).set)).toEqual([1, 2]);
  });

  it('a category that the file ends within is none once it is written, and neither is its box', async () => {
    const text = `{"images":[{"id":1,"file_name":"a.png"}],"annotations":[{"id":1,"image_id":1,"category_id":2,"bbox":[1,2,3,4]}],"categories":[{"id":1,"name":"cat"}, {"id":2,"name":"dog","more":[`;
    const { set } = await read(text);
    expect([set.classes, set.classIds.length]).toEqual([['cat'], 0]);
    const written = await (await writeCoco(set)).text();
    expect(JSON.parse(written).categories).toEqual([{ id: 1, name: 'cat' }]);
    const { set: back } = await read(written);
    expect([back.classes, back.classIds.length]).toEqual([['cat'], 0]);
  });

  it('what is no COCO file is refused by name', async () => {
    for (const content of ['', '[]', 'hello', '{"a":1}', new Blob([Uint8Array.of(255, 254)])]) {
      await expect(read(content)).rejects.toMatchObject({ code: 'format', message: /boxes\.json/ });
    }
  });
});

describe('sets of any content (seed 17)', () => {
  it('COCO: what is read is what was written, of any size of pieces', async () => {
    await fc.assert(
      fc.asyncProperty(someSet, async (set) => {
        const { set: back, problemCount } = await read(await writeCoco(set));
        expect([back.classes, back.images, problemCount]).toEqual([set.classes, set.images, 0]);
        expect(toRepeatColumns(back)).toEqual(toRepeatColumns(set));
      }),
      { seed: 17, numRuns: 60 },
    );
  });

  it('columns come back as they were edited, and records stay with their rows', async () => {
    await fc.assert(
      fc.asyncProperty(someSet, fc.nat(), async (set, which) => {
        const { set: known } = await read(await writeCoco(set));
        const columns = toRepeatColumns(known);
        const image = columns.boxes.findIndex((list) => list.length > 0);
        if (image < 0) return;
        const gone = which % columns.boxes[image]!.length;
        columns.boxes[image]!.splice(gone, 1);
        columns.classIds[image]!.splice(gone, 1);
        const next = fromRepeatColumns(known, columns);
        expect(toRepeatColumns(next)).toEqual(columns);
        expect(new Set(next.records).size).toBe(known.records.length - 1);
      }),
      { seed: 18, numRuns: 60 },
    );
  });

  it('one box a sample: the first row is edited, others stay', () => {
    const set = annotationSet({
      classes: ['a', 'b'],
      images: [
        { file: 'x', width: 9, height: 9 },
        { file: 'y', width: 9, height: 9 },
      ],
      boxes: [
        [
          [1, 1, 2, 2],
          [3, 3, 2, 2],
        ],
        [],
      ],
      classIds: [[0, 1], []],
    });
    const columns = toSingleColumns(set);
    expect(columns).toEqual({
      boxes: [
        [1, 1, 2, 2],
        [0, 0, 0, 0],
      ],
      classIds: [0, -1],
    });
    columns.boxes[0] = [0, 0, 0, 0];
    columns.boxes[1] = [4, 4, 4, 4];
    columns.classIds[1] = 1;
    expect(toRepeatColumns(fromSingleColumns(set, columns))).toEqual({
      boxes: [[[3, 3, 2, 2]], [[4, 4, 4, 4]]],
      classIds: [[1], [1]],
    });
  });
});

describe('a large COCO file (200,000 annotations)', () => {
  const build = (count: number): Blob => {
    const parts = ['{"images":['];
    for (let i = 1; i <= 1000; i++)
      parts.push(`${i > 1 ? ',' : ''}{"id":${i},"file_name":"${i}.jpg","width":640,"height":480}`);
    parts.push('],"categories":[{"id":1,"name":"cat"},{"id":2,"name":"dog"}],"annotations":[');
    for (let i = 0; i < count; i++) {
      parts.push(
        `${i > 0 ? ',' : ''}{"id":${i + 1},"image_id":${1 + ((i * 7919) % 1000)},"category_id":${1 + (i % 2)},"bbox":[${i % 600},${i % 400}.5,20,30],"area":600,"iscrowd":0,"segmentation":[[1,2,3,4,5,6]]}`,
      );
    }
    return new Blob([parts.join(''), ']}']);
  };

  it('streams in, other tasks between its pieces, tells progress, and stops when it is aborted', async () => {
    const blob = build(200_000);
    const told: number[] = [];
    let most = 0;
    let seen = 0;
    let isOver = false;
    const otherTask = () => {
      most = Math.max(most, (told.at(-1) ?? 0) - seen);
      seen = told.at(-1) ?? 0;
      if (!isOver) setImmediate(otherTask);
    };
    setImmediate(otherTask);
    const { set } = await readCoco(blob, 'large.json', { onProgress: (done) => told.push(done) });
    isOver = true;
    expect([set.classIds.length, set.images.length, set.offsets[1000]]).toEqual([200_000, 1000, 200_000]);
    expect(blob.size / most).toBeGreaterThan(25);
    expect(told.length).toBeGreaterThan(10);
    expect(told.at(-1)).toBe(blob.size);
    set.boxes[0] = 599.25;
    const { set: back } = await readCoco(await writeCoco(set), 'large.json');
    expect(back.boxes).toEqual(set.boxes);

    const stop = new AbortController();
    const reading = readCoco(blob, 'large.json', { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});
