import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boxField, type Demo, dragOnPicture, openDemo, picture, startDemo } from './support.js';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.close());

const numbers = (text: string) => text.split(', ').map(Number);

describe('the demo on its sample photographs', () => {
  it('a person draws a box, edits it as text, steps on and back, saves, exports and loads it again', async () => {
    const { page, problems } = await openDemo(demo);
    const sample = page.getByRole('slider', { name: 'Sample' });
    const save = page.getByRole('button', { name: 'Save' });
    expect(await sample.getAttribute('aria-valuetext')).toMatch(/^1 of \d\d$/);
    expect(await save.isDisabled()).toBe(true);

    // The first photograph, astronaut.jpg, is 512 × 512 and is shown 1:1 in the middle of its frame.
    const frame = (await picture(page).boundingBox())!;
    await dragOnPicture(page, [0.4, 0.3], [0.6, 0.7]);
    const drawn = numbers(await boxField(page).inputValue());
    const expected = [
      256 - 0.1 * frame.width,
      256 - 0.2 * frame.height,
      0.2 * frame.width,
      0.4 * frame.height,
    ];
    drawn.forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(1.5);
    });
    await picture(page)
      .getByRole('button', { name: `Box, 1: ${drawn.join(', ')}` })
      .waitFor();
    expect(await save.isEnabled()).toBe(true);

    await boxField(page).fill('10, 20, 200, 100');
    await boxField(page).press('Enter');
    await picture(page).getByRole('button', { name: 'Box, 1: 10, 20, 200, 100' }).waitFor();

    await page.getByRole('button', { name: 'Next >' }).click();
    expect(await sample.inputValue()).toBe('1');
    expect(await boxField(page).inputValue()).toBe('0, 0, 0, 0');
    await page.getByRole('button', { name: '< Previous' }).click();
    expect(await boxField(page).inputValue()).toBe('10, 20, 200, 100');

    await save.click();
    await expect.poll(() => save.isDisabled()).toBe(true);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const path = await (await download).path();
    expect(readFileSync(path, 'utf8')).toBe('file,x,y,w,h\nastronaut.jpg,10,20,200,100\n');

    await page.getByLabel('CSV').setInputFiles({
      name: 'boxes.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('file,x,y,w,h\nastronaut.jpg,1,2,3,4\nabsent.jpg,1,2,3,4\ncat.webp,1,x,3,4\n'),
    });
    await expect.poll(() => boxField(page).inputValue()).toBe('1, 2, 3, 4');
    const status = await page.locator('#status').textContent();
    expect(status).toContain('1 box loaded from boxes.csv');
    expect(status).toContain('Not among these pictures: absent.jpg');
    expect(status).toContain('Record 3 was skipped: y is "x", not a number');
    await page.getByLabel('CSV').setInputFiles({
      name: 'wide.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('file,x,y,w,h\nastronaut.jpg,5,6,99999,8\ncat.webp,-1,2,3,4\n'),
    });
    await expect.poll(() => page.locator('#status').textContent()).toContain('0 boxes loaded from wide.csv');
    const off = await page.locator('#status').textContent();
    expect(off).toMatch(/The box 5, 6, 99999, 8 was skipped: .* astronaut\.jpg, which has \d+ × \d+ px/);
    expect(off).toMatch(/The box -1, 2, 3, 4 was skipped: .* cat\.webp, which has/);
    expect(await boxField(page).inputValue()).toBe('1, 2, 3, 4');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('boxes of a CSV over one that is not saved are there after a reload; undo brings that one back', async () => {
    const { page } = await openDemo(demo);
    await boxField(page).fill('1, 2, 3, 4');
    await page.getByLabel('CSV').setInputFiles({
      name: 'boxes.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('file,x,y,w,h\nastronaut.jpg,100,100,50,60\ncat.webp,5,6,7,8\n'),
    });
    await expect.poll(() => boxField(page).inputValue()).toBe('100, 100, 50, 60');
    await page.reload();
    await page.getByRole('status').filter({ hasText: '2 changes from' }).waitFor();
    expect(await boxField(page).inputValue()).toBe('100, 100, 50, 60');
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => boxField(page).inputValue()).toBe('1, 2, 3, 4');
    await page.close();
  });

  it('what was saved is there after a reload', async () => {
    const { page } = await openDemo(demo);
    await dragOnPicture(page, [0.4, 0.3], [0.6, 0.7]);
    const drawn = await boxField(page).inputValue();
    await page.keyboard.press('s');
    await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.reload();
    await expect.poll(() => boxField(page).inputValue()).toBe(drawn);
    await page.close();
  });

  it('picture, box field and control bar are seen at once in a window of a laptop, the fields beside the picture', async () => {
    for (const [width, height] of [
      [1280, 800],
      [1440, 900],
    ] as const) {
      const { page } = await openDemo(demo, { viewport: { width, height } });
      const [image, field, save] = await Promise.all(
        [picture(page), boxField(page), page.getByRole('button', { name: 'Save' })].map(
          async (part) => (await part.boundingBox())!,
        ),
      );
      expect(field!.x).toBeGreaterThan(image!.x + image!.width);
      expect(image!.height).toBeGreaterThan(height / 2);
      expect(save!.y).toBeGreaterThan(image!.y + image!.height);
      expect(save!.y + save!.height).toBeLessThan(height);
      await page.close();
    }
  });

  it('keys n and p step, and undo takes a box back', async () => {
    const { page } = await openDemo(demo);
    await dragOnPicture(page, [0.4, 0.3], [0.6, 0.7]);
    await page.keyboard.press('n');
    const sample = page.getByRole('slider', { name: 'Sample' });
    await expect.poll(() => sample.inputValue()).toBe('1');
    await page.keyboard.press('Control+z');
    await expect.poll(() => sample.inputValue()).toBe('0');
    expect(await boxField(page).inputValue()).toBe('0, 0, 0, 0');
    await page.keyboard.press('Control+Shift+z');
    expect(await boxField(page).inputValue()).not.toBe('0, 0, 0, 0');
    await page.keyboard.press('n');
    await page.keyboard.press('p');
    await expect.poll(() => sample.inputValue()).toBe('0');
    await page.close();
  });
});
