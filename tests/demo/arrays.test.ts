import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  boxField,
  type Demo,
  openDemo,
  picture,
  screenPixels,
  settled,
  shown,
  startDemo,
} from './support.js';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.close());

const folder = new URL('../fixtures/npy/', import.meta.url);
const path = (name: string) => new URL(name, folder).pathname;
/** Written by numpy 2.4.6 together with the files (tests/fixtures/npy/make.py): 5 images of 4 × 4 fields of one colour, RGB. */
const centres: number[][][][] = JSON.parse(readFileSync(path('expected.json'), 'utf8'))['stack_rgb_u8.npy']
  .centres;
const [height, width] = [48, 64];

/** The middles of the sixteen fields as they are on screen; the small image stands 1:1 in the middle of its frame. */
const fieldsOnScreen = async (page: Page) => {
  const frame = (await picture(page).boundingBox())!;
  const pixel = await screenPixels(page);
  const left = frame.x + (frame.width - width) / 2;
  const top = frame.y + (frame.height - height) / 2;
  return [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => pixel(left + 8 + 16 * j, top + 6 + 12 * i)));
};

/** A picture is open before its pixels are on screen: a worker reads them from the file, later where the machine has other work. */
const expectFields = (page: Page, expected: number[][][], tolerance: number) => {
  const values = expected.flat(2);
  const worst = async () => {
    const seen = (await fieldsOnScreen(page)).flat(2);
    return Math.max(...seen.map((value, i) => Math.abs(value - values[i]!)));
  };
  return expect.poll(worst, { timeout: 15_000 }).toBeLessThanOrEqual(tolerance);
};

const choose = async (page: Page, name: string) => {
  await page.getByLabel('Files', { exact: true }).setInputFiles(path(name));
  await expect.poll(() => page.getByRole('textbox', { name: 'File' }).inputValue()).toContain(name);
  await shown(page);
};

const show = async (page: Page) => {
  await page.getByRole('button', { name: 'Show' }).click();
  await shown(page);
};

describe('the demo on .npy files written by numpy', () => {
  it('a stack (n,H,W,3) of uint8: every pixel value on screen is the one numpy wrote', async () => {
    const { page, problems } = await openDemo(demo);
    await choose(page, 'stack_rgb_u8.npy');
    expect(await page.getByRole('slider', { name: 'Sample' }).getAttribute('aria-valuetext')).toBe('1 of 5');
    await expectFields(page, centres[0]!, 0);
    await page.getByRole('button', { name: 'Next >' }).click();
    await shown(page);
    await expectFields(page, centres[1]!, 0);
    await boxField(page).fill('1, 2, 3, 4');
    expect(await page.getByRole('textbox', { name: 'File' }).inputValue()).toBe('stack_rgb_u8.npy[1]');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('a BGR image is right once BGR is set on the page', async () => {
    const { page } = await openDemo(demo);
    await choose(page, 'image_bgr_u8.npy');
    await expectFields(
      page,
      centres[0]!.map((row) => row.map((rgb) => [...rgb].reverse())),
      0,
    );
    await page.getByLabel('Channels').selectOption('BGR');
    await show(page);
    await expectFields(page, centres[0]!, 0);
    await page.close();
  });

  it('a normalised float32 stack (n,3,H,W) is right once mean and std are set on the page', async () => {
    const { page } = await openDemo(demo);
    await choose(page, 'stack_normalised_f32.npy');
    await page.getByLabel('Mean').fill('0.485, 0.456, 0.406');
    await page.getByLabel('Std').fill('0.229 0.224 0.225');
    await show(page);
    // Half a level of rounding where numpy's float32 lies just beside a whole number.
    await expectFields(page, centres[0]!, 1);
    await page.close();
  });

  it('grey stacks (n,H,W) and grey floats', async () => {
    const { page } = await openDemo(demo);
    const grey = centres[0]!.map((row) => row.map(([r]) => [r!, r!, r!]));
    await choose(page, 'stack_grey_u8.npy');
    await expectFields(page, grey, 0);
    await choose(page, 'image_grey_f32.npy');
    await expectFields(page, grey, 0);
    await page.close();
  });

  it('files with a wrong header, cut short, or no arrays are named; what was shown stays', async () => {
    const { page } = await openDemo(demo);
    await choose(page, 'stack_rgb_u8.npy');
    await boxField(page).fill('16, 12, 1, 1');
    page.on('dialog', (dialog) => void dialog.accept());
    await page
      .getByLabel('Files', { exact: true })
      .setInputFiles(['wrong_header.npy', 'truncated.npy', 'not_npy.npy', 'objects.npy'].map(path));
    await expect.poll(() => page.locator('#status').textContent()).toContain('truncated.npy ends early');
    const status = (await page.locator('#status').textContent())!;
    for (const name of ['wrong_header.npy', 'not_npy.npy', 'objects.npy']) expect(status).toContain(name);
    expect(await boxField(page).inputValue()).toBe('16, 12, 1, 1');
    await settled(page);
    await expectFields(page, centres[0]!, 0);
    await page.close();
  });
});
