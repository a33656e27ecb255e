import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boxField, type Demo, openDemo, startDemo, violations } from './support.js';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.close());

/** The accessible name of what has focus, through shadow roots. */
const focused = (page: Page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
  });

const files = [
  'texts.html',
  'breeds.html',
  'pairs.html',
  'formats.html',
  'hooks.html',
  'large.html',
  'tensors.html',
  'many.html',
  'gallery.html',
  'grid.html',
  'bench.html',
];

describe('the demo without a mouse', () => {
  for (const file of files) {
    it(`axe-core finds nothing in ${file}, wide and light, narrow and dark`, async () => {
      for (const [width, colorScheme] of [
        [1440, 'light'],
        [380, 'dark'],
      ] as const) {
        const { page, problems } = await openDemo(
          demo,
          { viewport: { width, height: 900 }, colorScheme },
          file,
        );
        expect(await violations(page)).toEqual([]);
        expect(problems).toEqual([]);
        await page.close();
      }
    });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`axe-core finds nothing, ${colorScheme}, with boxes and with the sheet of shortcuts`, async () => {
      const { page } = await openDemo(demo, { viewport: { width: 1280, height: 900 }, colorScheme });
      expect(await violations(page)).toEqual([]);
      await boxField(page).fill('10, 20, 30, 40');
      await page.getByRole('button', { name: 'Next >' }).focus();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.close();
    });
  }

  it('Tab walks the widget in reading order and leaves it; a box is drawn, sized, saved and stepped on from by keys alone', async () => {
    const { page } = await openDemo(demo);
    const tabTo = async (name: string) => {
      for (let i = 0; i < 30 && (await focused(page)) !== name; i++) await page.keyboard.press('Tab');
      expect(await focused(page)).toBe(name);
    };
    await tabTo('Picture');
    const order = [];
    for (let i = 0; i < 6; i++) {
      order.push(await focused(page));
      await page.keyboard.press('Tab');
    }
    expect(order).toEqual(['Picture', 'File', 'Box', 'Sample', 'Sample number', 'Next >']);
    expect(['File', 'Box', 'Sample', 'Next >']).not.toContain(await focused(page));

    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await tabTo('Picture');
    await page.keyboard.press('Enter');
    const drawn = (await boxField(page).inputValue()).split(', ').map(Number);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Alt+ArrowDown');
    const [x, y, w, h] = drawn;
    expect(await boxField(page).inputValue()).toBe([x! + 1, y, w, h! + 1].join(', '));
    await page.keyboard.press('s');
    await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.keyboard.press('n');
    await expect.poll(() => page.getByRole('slider', { name: 'Sample' }).inputValue()).toBe('1');
    expect(await focused(page)).toBe('Picture');
    await page.close();
  });
});
