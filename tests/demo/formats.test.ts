import { readFileSync } from 'node:fs';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boxField, type Demo, openDemo, picture, shown, startDemo } from './support.js';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.close());

const fixtures = new URL('../fixtures/annotations/', import.meta.url);
const path = (name: string) => new URL(name, fixtures).pathname;
const file = (name: string, as = name.split('/').at(-1)!) => ({
  name: as,
  mimeType: '',
  buffer: readFileSync(path(name)),
});
const images = ['images/street.png', 'images/field.png'];
const status = (page: Page) => page.locator('#status');
const fileField = (page: Page) => page.getByRole('textbox', { name: 'File' });

const open = async (): Promise<Page> => {
  const { page, problems } = await openDemo(
    demo,
    { viewport: { width: 1400, height: 1100 } },
    'formats.html',
  );
  expect(problems).toEqual([]);
  return page;
};

const textOf = async (download: Download) => readFileSync((await download.path())!, 'utf8');
const downloaded = async (page: Page): Promise<Download> => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  return download;
};

/** Types a box into the first row of the picture that is shown. */
const typeBox = async (page: Page, text: string) => {
  await boxField(page).first().fill(text);
  await page.keyboard.press('Enter');
};

describe('the page of annotation files', () => {
  it('COCO with its images: shown, edited, downloaded with every field that is unknown', async () => {
    const page = await open();
    await page
      .getByLabel('Files')
      .setInputFiles([file('coco/rich.json'), ...images.map((name) => file(name))]);
    await expect.poll(() => status(page).textContent()).toBe('COCO: 2 boxes of 2 classes on 2 pictures.');
    await shown(page);
    expect(await fileField(page).inputValue()).toBe('street.png');
    expect(await page.getByRole('combobox', { name: 'Class' }).first().textContent()).toBe('car');
    await typeBox(page, '1, 2, 30, 40');
    const after = JSON.parse(await textOf(await downloaded(page)));
    const before = JSON.parse(readFileSync(path('coco/rich.json'), 'utf8'));
    before.annotations[1].bbox = [1, 2, 30, 40];
    expect(after).toEqual(before);
    await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.close();
  });

  it('a folder of YOLO: what was recognised is said, a class is added, a zip comes out, and VOC too', async () => {
    const page = await open();
    await page.getByLabel('Folder', { exact: true }).setInputFiles(path('yolo'));
    await expect.poll(() => status(page).textContent()).toBe('YOLO: 5 boxes of 3 classes on 4 pictures.');
    await page.getByLabel('New class').fill('bicycle');
    await page.getByRole('button', { name: 'Add the class' }).click();
    await shown(page);
    await page.getByRole('button', { name: 'Next >' }).click();
    await shown(page);
    await page.getByRole('combobox', { name: 'Class' }).first().click();
    await page.getByRole('option', { name: 'bicycle' }).click();
    const { unzip } = await import('unzipit');
    const zipped = async () => {
      const { entries } = await unzip(new Blob([readFileSync((await (await downloaded(page)).path())!)]));
      return Object.fromEntries(
        await Promise.all(
          Object.entries(entries).map(async ([name, entry]) => [name, await entry.text()] as const),
        ),
      );
    };
    const yolo = await zipped();
    expect(yolo['yolo/labels/field.txt']).toMatch(/^3 0\.25 /);
    expect(yolo['yolo/labels/street.txt']!.trim()).toBe(
      readFileSync(path('yolo/labels/street.txt'), 'utf8').trim(),
    );
    expect(yolo['yolo/data.yaml']).toMatch(/# made by hand[\s\S]*3: bicycle/);
    await page.locator('#format').selectOption('voc');
    const voc = await zipped();
    expect(voc['Annotations/field.xml']).toContain('<name>bicycle</name>');
    await page.close();
  });

  it('what is left out or wrong is listed; an image that is not there is named', async () => {
    const page = await open();
    const damaged = readFileSync(path('coco/one-line.json'), 'utf8').replace(
      '[0.25,0.5,24.75,69.0]',
      '["x"]',
    );
    await page
      .getByLabel('Files')
      .setInputFiles([
        { name: 'boxes.json', mimeType: '', buffer: Buffer.from(damaged) },
        { name: 'notes.txt', mimeType: '', buffer: Buffer.from('hello') },
        file('images/field.png'),
      ]);
    await expect.poll(() => status(page).textContent()).toContain('1 picture is not among the files');
    await page.getByText('2 things were left out or wrong').click();
    const items = await page.locator('#problems li').allTextContents();
    expect(items[0]).toMatch(/notes\.txt: it is no image/);
    expect(items[1]).toMatch(/boxes\.json, line 1, byte \d+: bbox is \["x"\]/);
    await expect
      .poll(() => page.getByRole('alert').allTextContents())
      .toEqual([expect.stringContaining('street.png is not among the files')]);
    await page.getByLabel('Files').setInputFiles([{ name: 'a.txt', mimeType: '', buffer: Buffer.from('x') }]);
    await expect.poll(() => status(page).textContent()).toMatch(/a\.txt.*COCO, YOLO/);
    await page.close();
  });

  it('of two files of annotations the other can be read instead; a box without a class is told at the download', async () => {
    const page = await open();
    const coco = (bbox: readonly number[]) => {
      const annotations = [{ id: 1, image_id: 1, category_id: null, bbox }];
      const images = [{ id: 1, file_name: 'field.png', width: 90, height: 60 }];
      return Buffer.from(JSON.stringify({ images, categories: [{ id: 1, name: 'a' }], annotations }));
    };
    await page
      .getByLabel('Files')
      .setInputFiles([
        { name: 'train.json', mimeType: '', buffer: coco([1, 2, 3, 4]) },
        { name: 'val.json', mimeType: '', buffer: coco([5, 6, 7, 8]) },
        file('images/field.png'),
      ]);
    const box = page.getByRole('textbox', { name: /box/i }).first();
    await expect.poll(() => box.inputValue()).toBe('1, 2, 3, 4');
    await page.getByText('1 thing was left out or wrong').click();
    await page.getByRole('button', { name: 'Read val.json' }).click();
    await expect.poll(() => box.inputValue()).toBe('5, 6, 7, 8');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('val.json');
    await expect.poll(() => status(page).textContent()).toMatch(/1 box has no class, .* category_id null/);
    await page.close();
  });

  it('a chosen folder is written back into, twice; what is not allowed is said', async () => {
    const page = await open();
    // The browser's own dialog cannot be driven: a folder of the origin's private file system, a handle like any other, stands for the one chosen.
    const contents = ['coco/rich.json', ...images].map(
      (name) => [name, [...readFileSync(path(name))]] as const,
    );
    await page.evaluate(async (given) => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('mine', {
        create: true,
      });
      for (const [name, bytes] of given) {
        const [inner, last] = name.split('/');
        const within = await folder.getDirectoryHandle(inner!, { create: true });
        const writable = await (await within.getFileHandle(last!, { create: true })).createWritable();
        await writable.write(Uint8Array.from(bytes));
        await writable.close();
      }
      Object.assign(globalThis, { showDirectoryPicker: async () => folder, folder });
    }, contents);
    const read = () =>
      page.evaluate(async () => {
        const { folder } = globalThis as unknown as { readonly folder: FileSystemDirectoryHandle };
        const inner = await folder.getDirectoryHandle('coco');
        return (await (await inner.getFileHandle('rich.json')).getFile()).text();
      });
    await page.getByRole('button', { name: 'Open a folder…' }).click();
    await expect.poll(() => status(page).textContent()).toContain('COCO: 2 boxes');
    await shown(page);
    const wanted = JSON.parse(await read());
    for (const x of [3, 4]) {
      await typeBox(page, `${x}, 2, 30, 40`);
      const by = x === 3 ? 'Write into the folder' : 'Save';
      await page.getByRole('button', { name: by }).click();
      wanted.annotations[1].bbox = [x, 2, 30, 40];
      await expect.poll(async () => JSON.parse(await read())).toEqual(wanted);
      expect(await status(page).textContent()).toBe('1 file was written into mine.');
    }
    await page.evaluate(() => {
      Object.assign(FileSystemHandle.prototype, { requestPermission: async () => 'denied' });
    });
    await typeBox(page, '9, 2, 30, 40');
    await page.getByRole('button', { name: 'Write into the folder' }).click();
    await expect.poll(() => status(page).textContent()).toMatch(/not allowed to write into mine.*Download/);
    expect(JSON.parse(await read())).toEqual(wanted);
    expect(await page.getByRole('button', { name: 'Save' }).isEnabled()).toBe(true);
    await page.close();
  });

  it('unsaved boxes are asked about before other files take their place', async () => {
    const page = await open();
    await typeBox(page, '1, 2, 3, 4');
    const asked = page.waitForEvent('dialog');
    void page.getByLabel('Files').setInputFiles([file('images/field.png')]);
    const dialog = await asked;
    expect(dialog.message()).toMatch(/not saved yet/);
    await dialog.dismiss();
    expect(await boxField(page).first().inputValue()).toBe('1, 2, 3, 4');
    await page.close();
  });

  it('what was not saved is there again after a reload, boxes of an added class too', async () => {
    const page = await open();
    page.on('dialog', (dialog) => dialog.accept());
    const files = [file('coco/rich.json'), ...images.map((name) => file(name))];
    const openThem = async () => {
      await page.getByLabel('Files').setInputFiles(files);
      await expect.poll(() => status(page).textContent()).toBe('COCO: 2 boxes of 2 classes on 2 pictures.');
      await shown(page);
    };
    const classField = page.getByRole('combobox', { name: 'Class' }).first();
    await openThem();
    await typeBox(page, '1, 2, 30, 40');
    await page.getByLabel('New class').fill('bicycle');
    await page.getByRole('button', { name: 'Add the class' }).click();
    await shown(page);
    await classField.click();
    await page.getByRole('option', { name: 'bicycle' }).click();
    await shown(page);
    expect([await boxField(page).first().inputValue(), await classField.textContent()]).toEqual([
      '1, 2, 30, 40',
      'bicycle',
    ]);
    await page.waitForTimeout(300);
    await page.reload();
    await shown(page);
    await openThem();
    await page.getByText(/2 changes from .* restored/).waitFor();
    expect([await boxField(page).first().inputValue(), await classField.textContent()]).toEqual([
      '1, 2, 30, 40',
      'bicycle',
    ]);
    const after = JSON.parse(await textOf(await downloaded(page)));
    const added = after.categories.find(({ name }: { readonly name: string }) => name === 'bicycle');
    expect([after.annotations[1].bbox, after.annotations[1].category_id]).toEqual([[1, 2, 30, 40], added.id]);
    await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.reload();
    await shown(page);
    await openThem();
    await expect.poll(() => classField.textContent()).toBe('car');
    await page.close();
  });

  it.each([
    [1280, 800],
    [1600, 1000],
  ])(
    'on a screen of %i × %i fields and control bar are in sight, the picture as large as it can be',
    async (width, height) => {
      const { page } = await openDemo(demo, { viewport: { width, height } }, 'formats.html');
      for (const name of ['Next >', 'Save']) {
        const { y, height: own } = (await page.getByRole('button', { name }).boundingBox())!;
        expect(y + own).toBeLessThanOrEqual(height);
      }
      const [frame, view] = [await picture(page).boundingBox(), await page.locator('#view').boundingBox()];
      expect(frame!.height).toBeGreaterThan(400);
      expect(frame!.width).toBeGreaterThan(0.6 * view!.width);
      await page.close();
    },
  );
});
