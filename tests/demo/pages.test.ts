import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, openDemo, settled, shown, startDemo } from './support.js';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.close());

const source = (path: string) => readFileSync(new URL(`../../demo/${path}`, import.meta.url), 'utf8');
const files = readdirSync(new URL('../../demo/', import.meta.url)).filter((file) => file.endsWith('.html'));
/** Pages that are more than one example. */
const mainFiles: Record<string, string> = {
  'index.html': 'main.ts',
  'bench.html': 'bench/main.ts',
  'formats.html': 'formats/main.ts',
};
const wide = { viewport: { width: 1440, height: 900 } };

const open = async (file: string): Promise<Page> => {
  const { page, problems } = await openDemo(demo, wide, file);
  expect(problems).toEqual([]);
  return page;
};

const slider = (page: Page) => page.getByRole('slider', { name: 'Sample' });
const lastChange = async (page: Page) => JSON.parse((await page.locator('.change code').textContent())!);

/** Drags on a picture between two points given as fractions of it. */
const drag = async (page: Page, name: string, from: readonly number[], to: readonly number[]) => {
  const box = (await page.getByRole('group', { name, exact: true }).boundingBox())!;
  const at = ([x, y]: readonly number[]) => [box.x + x! * box.width, box.y + y! * box.height] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 4 });
  await page.mouse.up();
};

/** A uint8 array of one value in numpy's format, version 1.0. */
const npyOf = (width: number, height: number): Buffer => {
  const facts = `{'descr': '|u1', 'fortran_order': False, 'shape': (${height}, ${width}), }`;
  const header = Buffer.from(`${facts.padEnd(117)}\n`, 'latin1');
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length & 255, header.length >> 8]);
  return Buffer.concat([start, header, Buffer.alloc(width * height, 128)]);
};

describe('every page', () => {
  it('is in the menu of every page, which marks the one that is open', async () => {
    const page = await open('index.html');
    const menu = page.getByRole('navigation', { name: 'Pages' });
    // And the guide, whose pages are tested by themselves.
    expect(await menu.getByRole('link').count()).toBe(files.length + 1);
    for (const file of files) {
      await menu.locator(`a[href$="${file}"]`).click();
      await shown(page);
      const current = menu.locator('[aria-current="page"]');
      expect([await current.count(), await current.getAttribute('href')]).toEqual([1, `./${file}`]);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    }
    await page.close();
  });

  for (const file of files) {
    it(`${file} shows its own source, which can be copied`, async () => {
      const page = await open(file);
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      const path = mainFiles[file] ?? `examples/${file.replace('.html', '.ts')}`;
      const panel = page.getByRole('region', { name: `demo/${path}`, exact: true });
      expect(await panel.textContent()).toBe(source(path));
      await page.getByRole('button', { name: 'Copy', exact: true }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(source(path));
      await page.close();
    });

    it(`${file} fits a narrow screen without scrolling sideways, and remembers the theme`, async () => {
      const { page } = await openDemo(demo, { viewport: { width: 360, height: 800 } }, file);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      await page.getByLabel('Theme').selectOption('dark');
      await page.reload();
      await shown(page);
      expect(await page.getByLabel('Theme').inputValue()).toBe('dark');
      expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
        'rgb(14, 16, 20)',
      );
      await page.close();
    });
  }
});

describe('what the pages are for', () => {
  it('texts: a digit and n, with focus left in the list', async () => {
    const page = await open('texts.html');
    await page.getByRole('listbox', { name: 'Kind' }).click({ position: { x: 20, y: 12 } });
    for (const digit of ['2', '0', '3']) {
      await page.keyboard.press(digit);
      await page.keyboard.press('n');
    }
    expect(await lastChange(page)).toMatchObject({ uindex: 2, value: 3 });
    expect(await slider(page).inputValue()).toBe('3');
    await page.keyboard.press('p');
    await page.keyboard.press('p');
    expect(await page.getByRole('listbox').getByRole('option', { selected: true }).textContent()).toBe(
      '0 - Praise',
    );
    await page.close();
  });

  it('several boxes: two rows, each with a box, a breed from the dropdown and a flag', async () => {
    const page = await open('breeds.html');
    await drag(page, 'Picture', [0.1, 0.6], [0.3, 0.9]);
    await page.getByRole('combobox', { name: 'Breed' }).click();
    await page.getByRole('option', { name: 'Snow Terrier' }).click();
    await page.getByRole('button', { name: 'Add' }).click();
    await drag(page, 'Picture', [0.5, 0.4], [0.7, 0.7]);
    const second = page.getByRole('group', { name: 'Dog 2' });
    await second.getByRole('combobox', { name: 'Breed' }).click();
    await page.getByRole('option', { name: 'Straw Hound' }).click();
    await second.getByRole('checkbox', { name: 'Exclude' }).click();
    expect(await lastChange(page)).toMatchObject({ name: 'exclude_1', repeatIndex: 1, value: true });
    const boxes = page.getByRole('button', { name: /^Box, \d: / });
    expect(await boxes.count()).toBe(2);
    await page.getByRole('button', { name: 'Next >' }).click();
    await settled(page);
    expect(await boxes.count()).toBe(0);
    await page.keyboard.press('p');
    await settled(page);
    expect(await boxes.count()).toBe(2);
    expect(await second.getByRole('combobox').textContent()).toBe('Straw Hound');
    await page.close();
  });

  it('very many boxes: one of 100,000 is chosen, moved and given another kind; kinds and scores sieve them', async () => {
    const page = await open('boxes.html');
    const boxes = page.getByRole('button', { name: /^Cells, \d+: / });
    await boxes.first().click();
    // A worker says which box lies there; until it does, arrow keys move the view.
    await page.getByRole('button', { name: /^Cells, \d+: /, pressed: true }).waitFor();
    await page.keyboard.press('ArrowRight');
    expect(await lastChange(page)).toMatchObject({ uindex: 0, name: 'cells' });
    const row = (await lastChange(page)).repeatIndex;
    await page.keyboard.press('5');
    const changed = await lastChange(page);
    expect([changed.name, changed.repeatIndex]).toEqual(
      changed.name === 'cells' ? ['cells', row] : ['cells.class', row],
    );
    await page.getByRole('checkbox', { name: 'Round' }).click();
    await page.getByText(/^Cells: [\d,]+ of 100,000 boxes$/).waitFor();
    await page.close();
  });

  it('pairs: a grid of four pictures, and one checkbox', async () => {
    const page = await open('pairs.html');
    for (const name of ['Left', 'Right', 'Left, close', 'Right, close']) {
      await page.getByRole('group', { name, exact: true }).waitFor();
    }
    const [left, right, close] = await Promise.all(
      ['Left', 'Right', 'Left, close'].map((name) =>
        page.getByRole('group', { name, exact: true }).boundingBox(),
      ),
    );
    expect(right!.x).toBeGreaterThan(left!.x + left!.width - 1);
    expect(close!.y).toBeGreaterThan(left!.y + left!.height - 1);
    await page.getByRole('checkbox', { name: 'Are Equal' }).click();
    expect(await lastChange(page)).toMatchObject({ uindex: 0, name: 'equal', value: true });
    await page.close();
  });

  it('hooks: Clear blanks a row, Reset All every row, Save hands over what changed, a refusal loses nothing', async () => {
    const page = await open('hooks.html');
    const log = page.getByRole('log', { name: 'Calls' });
    const fields = page.getByRole('textbox', { name: 'Box' });
    expect(await fields.count()).toBe(3);
    await page
      .getByRole('group', { name: 'Thing 1' })
      .getByRole('button', { name: 'Clear', exact: true })
      .click();
    await expect.poll(() => fields.first().inputValue()).toBe('0, 0, 0, 0');
    expect(await log.textContent()).toContain('onClick(0, 0,');
    await page.getByRole('button', { name: 'Reset All' }).click();
    await expect.poll(() => log.textContent()).toContain('onClick(0, -1,');
    await page.getByLabel('The server refuses').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').filter({ hasText: 'The server said no' }).waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isEnabled()).toBe(true);
    await page.getByLabel('The server refuses').uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => log.textContent()).toContain('saved [[[0,0,0,0]');
    await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.close();
  });

  it('large: 108 megapixels in 16 bits, brighter by the white point, closer by a button; a file takes their place', async () => {
    const page = await open('large.html');
    const brightness = async () => {
      const box = (await page.getByRole('group', { name: 'Image', exact: true }).boundingBox())!;
      const shot = await page.screenshot({ clip: { ...box, height: box.height / 2 } });
      return page.evaluate(
        async (bytes) => {
          const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
          context.drawImage(bitmap, 0, 0);
          const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
          return data.reduce((sum, value) => sum + value, 0) / data.length;
        },
        [...shot],
      );
    };
    const white = page.getByRole('slider', { name: 'White point' });
    await expect.poll(() => white.getAttribute('aria-valuetext')).toBe('3000');
    const before = await brightness();
    const field = page.getByRole('textbox', { name: 'White point value' });
    await field.fill('1500');
    await expect.poll(brightness).toBeGreaterThan(before + 10);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.getByText(/^Minimap: shows [\d,]+ × [\d,]+ pixels from/).waitFor();
    await page.getByLabel('File', { exact: true }).setInputFiles({
      name: 'grey.npy',
      mimeType: '',
      buffer: npyOf(40, 30),
    });
    await expect.poll(() => page.getByRole('slider', { name: 'White point' }).count()).toBe(0);
    await page.close();
  });

  it('tensors: six layouts of one photograph show the same picture, the grey one its lightness', async () => {
    const page = await open('tensors.html');
    const shot = async (name: string) => {
      const box = (await page.getByRole('group', { name: `Picture, ${name}`, exact: true }).boundingBox())!;
      return page.screenshot({ clip: { ...box, x: Math.round(box.x), y: Math.round(box.y) } });
    };
    const bgr = await shot('uint8, BGR');
    for (const name of ['uint8, RGB', 'uint8, channel-first', 'float32, 0 to 1', 'float32, normalised']) {
      expect((await shot(name)).equals(bgr), name).toBe(true);
    }
    expect((await shot('uint8, grey')).equals(bgr)).toBe(false);
    await page.close();
  });

  it('many: the last of 100,000 samples and back, one key each', async () => {
    const page = await open('many.html');
    const number = page.getByRole('spinbutton', { name: 'Sample number' });
    await number.fill('99999');
    await number.press('Enter');
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Caption' }).inputValue())
      .toBe('Drawn from seed 99,999');
    await page.getByRole('option', { name: '4', exact: true }).click();
    expect(await lastChange(page)).toMatchObject({ uindex: 99999, value: 4 });
    await slider(page).focus();
    await page.keyboard.press('Home');
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Caption' }).inputValue())
      .toBe('Drawn from seed 0');
    await page.close();
  });
});
