import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boxField, type Demo, dragOnPicture, openDemo, picture, shown, startDemo } from './support.js';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.close());

const fixture = (name: string) => new URL(`../fixtures/images/${name}`, import.meta.url).pathname;
const fileField = (page: Page) => page.getByRole('textbox', { name: 'File' });
const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80"><rect width="120" height="80" fill="teal"/></svg>';

const choose = async (page: Page, files: Parameters<ReturnType<Page['getByLabel']>['setInputFiles']>[0]) => {
  const before = await fileField(page).inputValue();
  await page.getByLabel('Files', { exact: true }).setInputFiles(files);
  await expect.poll(() => fileField(page).inputValue()).not.toBe(before);
  await shown(page);
};

describe("the demo on a person's own files", () => {
  it('JPEG, PNG, WebP, GIF, AVIF, BMP and SVG are shown in the order of their names and take boxes', async () => {
    const { page, problems } = await openDemo(demo);
    const names = ['smooth.jpg', 'smooth.png', 'noise.webp', 'animated.gif', 'smooth.avif', 'smooth.bmp'];
    const files = names.map((name) => ({ name, mimeType: '', buffer: readFileSync(fixture(name)) }));
    await choose(page, [
      ...files,
      { name: 'drawn.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) },
    ]);
    const seen: string[] = [];
    for (let i = 0; i < 7; i++) {
      seen.push(await fileField(page).inputValue());
      expect(await page.getByRole('alert').allTextContents(), seen.at(-1)).toEqual(['']);
      await dragOnPicture(page, [0.495, 0.495], [0.505, 0.505]);
      await expect.poll(() => boxField(page).inputValue(), { message: seen.at(-1)! }).not.toBe('0, 0, 0, 0');
      if (i < 6) await page.getByRole('button', { name: 'Next >' }).click();
      await shown(page);
    }
    expect(seen).toEqual([...names, 'drawn.svg'].sort());
    expect(problems).toEqual([]);
    await page.close();
  });

  it('a folder, with the folders in it; what is no image is named and left out', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'innotater-'));
    mkdirSync(join(folder, 'inner'));
    copyFileSync(fixture('smooth.jpg'), join(folder, 'a.jpg'));
    copyFileSync(fixture('smooth.png'), join(folder, 'inner', 'b.png'));
    writeFileSync(join(folder, 'notes.txt'), 'not a picture');
    const { page } = await openDemo(demo);
    await page.getByLabel('Folder', { exact: true }).setInputFiles(folder);
    await expect.poll(() => fileField(page).inputValue()).toMatch(/\/a\.jpg$/);
    const status = (await page.locator('#status').textContent())!;
    expect(status).toContain('2 pictures');
    expect(status).toMatch(/Left out.*notes\.txt/);
    await page.getByRole('button', { name: 'Next >' }).click();
    await expect.poll(() => fileField(page).inputValue()).toMatch(/\/inner\/b\.png$/);
    await page.close();
  });

  it('files dropped on the page replace what is shown; boxes that were not saved are there when their pictures come back', async () => {
    const { page } = await openDemo(demo);
    await boxField(page).fill('1, 2, 3, 4');
    await page.evaluate(
      ([fileName, bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(bytes as number[])], fileName as string));
        for (const type of ['dragover', 'drop']) {
          dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
        }
      },
      ['dropped.jpg', [...readFileSync(fixture('smooth.jpg'))]] as const,
    );
    await expect.poll(() => fileField(page).inputValue()).toBe('dropped.jpg');
    expect(await boxField(page).inputValue()).toBe('0, 0, 0, 0');
    await page.reload();
    await page.getByRole('status').filter({ hasText: '1 change from' }).waitFor();
    expect(await boxField(page).inputValue()).toBe('1, 2, 3, 4');
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.reload();
    await expect.poll(() => boxField(page).inputValue()).toBe('1, 2, 3, 4');
    expect(await page.getByRole('button', { name: 'Keep' }).count()).toBe(0);
    await page.close();
  });

  it('a truncated JPEG, a text file named .png and an empty file say what is wrong; the others go on working', async () => {
    const { page } = await openDemo(demo);
    await choose(page, ['empty.png', 'smooth.jpg', 'text.png', 'truncated.jpg'].map(fixture));
    const told = () => page.getByRole('alert').allTextContents();
    await expect.poll(told).toEqual([expect.stringContaining('empty.png')]);
    await page.getByRole('button', { name: 'Next >' }).click();
    await shown(page);
    expect(await told()).toEqual(['']);
    await dragOnPicture(page, [0.495, 0.495], [0.505, 0.505]);
    const drawn = await boxField(page).inputValue();
    expect(drawn).not.toBe('0, 0, 0, 0');
    await page.getByRole('button', { name: 'Next >' }).click();
    await expect.poll(told).toEqual([expect.stringContaining('text.png')]);
    await page.getByRole('button', { name: 'Next >' }).click();
    await expect.poll(told).toEqual([expect.stringMatching(/truncated\.jpg.*truncated/)]);
    await page.getByRole('button', { name: 'Retry Picture' }).waitFor();
    for (let i = 0; i < 2; i++) await page.getByRole('button', { name: '< Previous' }).click();
    await expect.poll(() => boxField(page).inputValue()).toBe(drawn);
    await page.close();
  });

  it('a theme is changed without losing what was drawn or the way back', async () => {
    const { page } = await openDemo(demo);
    await boxField(page).fill('1, 2, 3, 4');
    const light = await picture(page).evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.getByLabel('Theme').selectOption('dark');
    expect(await picture(page).evaluate(() => getComputedStyle(document.body).backgroundColor)).not.toBe(
      light,
    );
    expect(await boxField(page).inputValue()).toBe('1, 2, 3, 4');
    expect(await page.getByRole('button', { name: 'Save' }).isEnabled()).toBe(true);
    await picture(page).focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => boxField(page).inputValue()).toBe('0, 0, 0, 0');
    await page.close();
  });
});
